"""The words of a rendered text."""

from lessons.faults import Code, Faults
from lessons.plain_text import blocks
from lessons.rendering import render_body


def test_blocks_are_kept_apart_and_notes_lose_their_numbers(tmp_path):
    text = (
        "## What *helps*\n\nA claim.[^1] “So   it\nis” & more.\n\n- one\n- two\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n[^1]: Somebody 2006, *A journal*.\n"
    )
    html = render_body(text, Faults(tmp_path / "x.md", Code.BODY)).html
    assert blocks(html) == [
        *("What helps", "A claim. “So it is” & more.", "one", "two", "a", "b", "c", "d"),
        "Somebody 2006, A journal.",
    ]


def test_nothing():
    assert blocks("") == []
