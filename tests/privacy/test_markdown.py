"""Markdown: whatever is typed reads as it was typed, in every viewer."""

import re
from datetime import UTC, date, datetime
from html import unescape

import markdown as renderer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustbook.lib.export import Chapter, Curve, Entry
from trustbook.privacy import markdown

NOW = datetime(2026, 5, 3, 10, 5, tzinfo=UTC)
TYPED = st.text(
    st.sampled_from("ab1 \\`*_[](){}#+-.!|~$<>&=:'\"/@^\n\téש日")
    | st.characters(exclude_categories=["C"]),
    max_size=60,
)


def read(text: str) -> str:
    """The words that a viewer shows, lines and all; ours escapes by CommonMark."""
    viewer = renderer.Markdown()
    viewer.ESCAPED_CHARS = [*viewer.ESCAPED_CHARS, *"|~$=:"]
    shown = re.sub(r"<br ?/?>\n?", "\n", viewer.convert(text))
    return unescape(re.sub(r"<[^>]*>", "", shown))


def words(text: str) -> str:
    """Without blanks: how wide they are is the viewer's business."""
    return re.sub(r"\s", "", text)


@settings(deadline=None)
@given(TYPED)
def test_what_was_typed_is_what_is_read(typed):
    shown = read(markdown.quoted(typed))
    assert words(shown) == words(typed)


HOSTILE = [
    "# no heading", "- no item", "1. no number", "1) none", "* * *", "---", "===", "> no quotation",
    "    no code", "```\nno code\n```", "~~~", "[no](link)", "![no](picture)",
    "<script>no</script>",
    "*no* _stress_ **at** __all__", "snake_case_word", "a | b\n--|--\n1 | 2", "&amp; &lt; &#65;",
    "http://example.org/a_b_c", "<http://example.org>", "[x]: http://example.org", "$x^2$", ": no",
    "a  \nb", "\\*", "\\\\", "+ no", "line\n\n\nline", "[^1]", "<!-- no -->", "`", "``a`",
    "\tno code",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_signs_of_markdown_are_only_signs(typed):
    shown = renderer.markdown(markdown.quoted(typed))
    assert set(re.findall(r"<(\w+)", shown)) <= {"blockquote", "p", "br"}
    assert words(read(markdown.quoted(typed))) == words(typed)


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_question_stays_in_its_heading(typed):
    entry = Entry(typed, "Said.", NOW)
    text = "".join(markdown.chapter(Chapter("x", typed, typed, entries=(entry,))))
    kinds = re.findall(r"<(\w+)", renderer.markdown(text))
    assert [kind for kind in kinds if kind != "br"] == ["h1", "p", "h2", "p", "blockquote", "p"]


def test_paragraphs_lines_and_indents_stay():
    typed = "One\n  two\n\n\tthree"
    space = "\N{NO-BREAK SPACE}"
    assert markdown.quoted(typed) == (f"> One  \n> {space * 2}two  \n>\n> {space * 4}three  ")


def test_a_chapter_whole():
    chapter = Chapter(
        name="x",
        title="Promises",
        about="Trust, lesson 6 of 16 · opened 3 May 2026",
        entries=(Entry("Which was kept?", "The small one.", NOW), Entry("And now?", " ", NOW)),
    )
    assert "".join(markdown.chapter(chapter)) == (
        "# Promises\n\nTrust, lesson 6 of 16 · opened 3 May 2026\n\n"
        "## Which was kept?\n\nSaved 3 May 2026, 10:05\n\n> The small one.  \n\n"
        "## And now?\n\nSaved 3 May 2026, 10:05\n\n(emptied)\n\n"
    )


def test_earlier_versions_say_why_they_are_here():
    entries = [Entry("Which?", "A.", NOW, "Replaced later")]
    assert "".join(markdown.earlier(Chapter("x", "Promises"), entries)) == (
        "# Promises: earlier versions\n\n"
        "## Which?\n\nSaved 3 May 2026, 10:05 · Replaced later\n\n> A.  \n\n"
    )


def test_numbers_are_a_table():
    days = (date(2026, 5, 4), date(2026, 5, 11))
    curves = tuple(
        Curve(name, f"I was {name}.", 7, tuple(zip(days, numbers, strict=True)))
        for name, numbers in (("open", (5, None)), ("calm", (1, 7)))
    )
    assert "".join(markdown.chapter(Chapter("weeks", "Your weeks", curves=curves))) == (
        "# Your weeks\n\n| | open | calm |\n|---|---|---|\n"
        "| 4 May 2026 | 5 | 1 |\n| 11 May 2026 | – | 7 |\n"
        "\n- **open**: I was open.\n- **calm**: I was calm.\n\n"
    )
