import pytest

from tests.lessons.kinds.examples import faults_of, make, read
from tests.lessons.kinds.page import Page


def lines(html: str) -> list[str]:
    return [area.get("name") for area in Page(html).all("textarea")]


def test_blank_lines_are_left_out():
    query = "mine.1.line=one&mine.2.line=+&mine.3.line=&mine.4.line=+four%0D%0Amore"
    assert read(make("list"), query) == ["one", " four\nmore"]


@pytest.mark.parametrize(
    ("filled", "extra", "rows", "shown"),
    [
        (0, 0, None, 3),
        (1, 0, None, 3),
        (2, 0, None, 4),
        (9, 0, None, 10),
        (10, 0, None, 10),
        (0, 1, None, 4),
        (5, 1, None, 8),
        (9, 1, None, 10),
        (12, 1, None, 12),
        (0, 1, 1, 1),
    ],
)
def test_how_many_rows_are_shown(filled, extra, rows, shown):
    html = make("list", rows=rows).form(["x"] * filled, extra)
    assert lines(html) == [f"mine.{n}.line" for n in range(1, shown + 1)]


def test_the_button_asks_for_a_row_without_script():
    [button] = Page(make("list").form([])).all("button")
    assert (button.get("type"), button.get("name"), button.get("value")) == (
        "submit",
        "more",
        "mine",
    )
    assert "formnovalidate" in button.attributes
    assert "hidden" not in button.attributes


def test_there_is_no_button_when_all_rows_are_there():
    [button] = Page(make("list", rows=3).form([])).all("button")
    assert "hidden" in button.attributes


def test_a_script_finds_a_row_to_add():
    page = Page(make("list").form(["x"]))
    [template] = [e for e in page.root.all if e.tag == "template"]
    [area] = [e for e in template.all if e.tag == "textarea"]
    assert "data-row" in template.attributes
    assert area.get("name") == "mine.__row__.line"
    assert area.get("aria-label") == "Line __row__"
    assert area.words == ""
    [group] = [e for e in page.root.all if "data-rows" in e.attributes]
    assert group.get("data-most") == "10"


def test_it_reads_as_a_list():
    prompt = make("list")
    assert prompt.show(["a", "<b>\nc"]) == (
        '<ol class="answer-lines"><li>a</li><li>&lt;b&gt;<br>c</li></ol>'
    )
    assert prompt.as_text(["a", "b"]) == "a\nb"


@pytest.mark.parametrize("rows", [0, 201, "10", True])
def test_one_to_200_rows(rows):
    assert faults_of("list", rows=rows) == ["rows"]
