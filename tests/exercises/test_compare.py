"""Two versions of a text, word by word."""

import re
import time

import pytest

from exercises.compare import MOST_PIECES, differences


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("a b", "a b", "a b"),
        ("", "a", "<ins>a</ins>"),
        ("a", "", "<del>a</del>"),
        ("a b c", "a d c", "a<del> b</del><ins> d</ins> c"),
        ("a b", "a b c d", "a b<ins> c d</ins>"),
        ("a b c", "d e f", "<del>a b c</del><ins>d e f</ins>"),
        ("a", "a\nb", "a<ins>\nb</ins>"),
        ("a", "a \n", "a<ins> \n</ins>"),
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


@pytest.mark.parametrize("piece", ["a b ", "word\n", "x", " a", "a\n"])
@pytest.mark.parametrize("pieces", [MOST_PIECES, 20_000])
def test_the_longest_texts_are_compared_in_time(piece, pieces):
    """The worst for the algorithm: all pieces alike."""
    begun = time.process_time()
    differences(piece * (pieces - 1), piece * (pieces - 2) + "y")
    assert time.process_time() - begun < 5
