import pytest

from tests.lessons.kinds.examples import make, read
from tests.lessons.kinds.page import Page


def test_the_text_is_kept_as_written():
    assert read(make("text"), "mine=+one%0D%0A%0D%0Atwo+") == " one\n\ntwo "


def test_a_line_break_at_the_start_stays():
    assert Page(make("text").form("\nx")).root.words == "x"
    assert "\n\nx</textarea>" in make("text").form("\nx")


@pytest.mark.parametrize(("size", "rows"), [("short", "2"), (None, "5")])
def test_size(size, rows):
    [area] = Page(make("text", size=size).form("")).fields()
    assert (area.get("rows"), area.get("maxlength")) == (rows, "20000")


def test_it_is_shown_in_paragraphs():
    assert make("text").show("a\nb\n\n<c>\n") == "<p>a<br>b</p>\n\n<p>&lt;c&gt;</p>"
    assert make("text").show(" \n") == ""


def test_help_is_tied_to_the_field():
    [area] = Page(make("text", help="A hint.").form("")).fields()
    assert area.get("aria-describedby") == make("text", help="A hint.").described_by
