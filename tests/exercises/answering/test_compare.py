"""Two versions of a text, word by word."""

import re
import time

import pytest

from exercises.answering.compare import differences


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("a b", "a b", "a b"),
        ("", "a", "<ins>a</ins>"),
        ("a", "", "<del>a</del>"),
        ("a b c", "a d c", "a <del>b</del><ins>d</ins> c"),
        ("a", "a\nb", "a<ins>\nb</ins>"),
        ("<b>", "&", "<del>&lt;b&gt;</del><ins>&amp;</ins>"),
        ("</del><script>", "</del><script>", "&lt;/del&gt;&lt;script&gt;"),
    ],
)
def test_what_changed(old, new, shown):
    assert differences(old, new) == shown


def test_both_texts_can_be_read_out_of_it():
    old, new = "one two  three\nfour", "one 2  three\n\nfour five"
    shown = differences(old, new)
    assert re.sub(r"<ins>.*?</ins>|</?del>", "", shown, flags=re.DOTALL) == old
    assert re.sub(r"<del>.*?</del>|</?ins>", "", shown, flags=re.DOTALL) == new


@pytest.mark.parametrize("piece", ["a b ", "word\n", "x"])
def test_the_longest_texts_are_compared_in_time(piece):
    """The worst for the algorithm: all pieces alike."""
    begun = time.perf_counter()
    differences(piece * (20_000 // len(piece)), piece * (19_000 // len(piece)) + "y")
    assert time.perf_counter() - begun < 5
