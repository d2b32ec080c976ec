import pytest
from django.http import QueryDict

from lessons.kinds import Fields, Refused
from lessons.kinds.fields import clean_text


def fields(query: str) -> Fields:
    return Fields(QueryDict(query), "a")


def test_line_ends_become_one():
    assert clean_text("one\r\ntwo\rthree\n") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [("a\x00b", "Remove"), ("\ud83d", "Remove it"), ("x" * 20_001, "Shorten it")],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(text, says):
    with pytest.raises(Refused, match=says):
        clean_text(text)


def test_20000_characters_are_kept():
    assert len(clean_text("😀" * 20_000)) == 20_000


def test_a_refused_part_is_named():
    with pytest.raises(Refused, match="“When…”: The text contains"):
        fields("a.when=%00").texts({"then": "Then", "when": "When…"})


def test_rows_come_in_the_order_of_their_numbers_without_blank_ones():
    query = "a.10.line=ten&a.2.line=two&a.3.line=+&a.1.line=&b.1.line=other&a.11.column=no"
    assert fields(query).rows(["line"]) == [{"line": "two"}, {"line": "ten"}]


def test_a_number_written_otherwise_is_no_row():
    query = "a.01.line=x&a.-1.line=x&a.%C2%B2.line=x&a.12345.line=x&a.x.line=x&a..line=x"
    assert fields(query).rows(["line"]) == []


def test_200_rows_are_kept_and_blank_ones_do_not_count():
    rows = "&".join(f"a.{n}.line=x" for n in range(1, 201)) + "&a.201.line=++"
    assert len(fields(rows).rows(["line"])) == 200
    with pytest.raises(Refused, match=r"There are 201 rows; 200 can be kept\. Join"):
        fields(rows + "&a.202.line=x").rows(["line"])


def test_a_cell_holds_2000_characters_and_a_longer_one_is_named():
    assert fields(f"a.7.line={'x' * 2000}").rows(["line"]) == [{"line": "x" * 2000}]
    with pytest.raises(Refused, match="Row 7: This is 2,001 characters long; 2,000 can be kept"):
        fields(f"a.7.line={'x' * 2001}").rows(["line"])


def test_choices_come_in_the_order_offered():
    assert fields("a=two&a=&a=one").chosen({"one": "", "two": "", "three": ""}) == ["one", "two"]


@pytest.mark.parametrize("query", ["a=four", "a=one&a=One", "a=%00", "a=one&a=one"])
def test_other_choices_are_refused(query):
    with pytest.raises(Refused, match="choose again"):
        fields(query).chosen({"one": "", "two": ""})


@pytest.mark.parametrize("text", ["0", "8", "07", "+7", " 7", "7.0", "٧", "x", "-1", "9" * 5000])
def test_other_numbers_are_refused(text):
    post = QueryDict(mutable=True)
    post["a"] = text
    with pytest.raises(Refused, match="Choose a number from 1 to 7, or “No answer”"):
        Fields(post, "a").number(7)
