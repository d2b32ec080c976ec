import pytest

from lessons.kinds import Refused
from tests.lessons.kinds.examples import ANSWERS, faults_of, make, read
from tests.lessons.kinds.page import Page, name_of


def test_rows_in_which_anything_is_written_are_kept():
    query = "mine.1.said=six&mine.2.said=+&mine.3.next=call&mine.3.other=x"
    assert read(make("table"), query) == [
        {"said": "six", "did": "", "next": ""},
        {"said": "", "did": "", "next": "call"},
    ]


def test_a_cell_that_is_too_long_is_named():
    with pytest.raises(Refused, match=r"Row 2: .* Shorten it"):
        read(make("table"), f"mine.2.did={'x' * 2001}")


def test_it_is_a_table_with_headings():
    page = Page(make("table").form([]))
    assert [(th.get("scope"), th.words) for th in page.all("th")] == [
        ("col", "I said"),
        ("col", "I did"),
        ("col", "Next time"),
    ]
    assert len(page.all("td")) == 9


def test_each_cell_says_its_column_and_row():
    page = Page(make("table").form([]))
    names = [name_of(area, page) for area in page.all("textarea")]
    assert names[:4] == ["I said, row 1", "I did, row 1", "Next time, row 1", "I said, row 2"]
    assert [td.get("data-label") for td in page.all("td")[:3]] == ["I said", "I did", "Next time"]


def test_columns_that_changed_do_not_fit():
    value = ANSWERS["table"]
    assert not make("table", columns={"said": "I said", "did": "I did"}).fits(value)
    assert make("table", columns={"next": "3", "did": "2", "said": "1"}).fits(value)


def test_any_column_id_will_do():
    prompt = make("table", columns={"row": "Row", "id": "Id", "0": "Nought"})
    value = [{"row": "a", "id": "b", "0": "c"}]
    assert [area.words for area in Page(prompt.form(value)).all("textarea")[:3]] == ["a", "b", "c"]


def test_it_reads_as_a_table():
    prompt = make("table", columns={"a": "A & A", "b": "B"})
    assert prompt.show([{"a": "<x>", "b": ""}]) == (
        '<table class="cells answer"><thead><tr><th scope="col">A &amp; A</th>'
        '<th scope="col">B</th></tr></thead><tbody><tr><td data-label="A &amp; A">&lt;x&gt;</td>'
        '<td data-label="B"></td></tr></tbody></table>'
    )
    assert (
        prompt.as_text([{"a": "x", "b": ""}, {"a": "y", "b": "z"}]) == "A & A: x\n\nA & A: y\nB: z"
    )


@pytest.mark.parametrize("number", [0, 1, 7])
def test_two_to_six_columns(number):
    assert faults_of("table", columns={f"c{n}": "x" for n in range(number)}) == ["columns"]


def test_a_column_may_hold_promises():
    prompt = make("table", promise="next")
    value = [
        {"said": "six", "did": "", "next": " call \n"},
        {"said": "", "did": "x", "next": " "},
        {"said": "seven", "did": "", "next": "call"},
    ]
    assert prompt.gives
    assert [tuple(given) for given in prompt.given(value)] == [("call", "call", "", "")]
    assert (make("table").gives, make("table").given(value)) == (False, [])


def test_promises_stand_in_a_column_that_there_is():
    assert faults_of("table", promise="nowhere") == [""]


def test_an_answer_from_before_its_column_held_promises_is_one_to_the_same_question():
    assert make("table", promise="next").question == make("table").question
