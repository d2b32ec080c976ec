"""Reading what was pasted."""

import pytest

from exercises.care.pasted import EMPTY, HEADING, MORE, QUOTES, TOO_LONG, TooManyLines, read
from exercises.clientfiles import NOT_KEPT

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
TWO = [("J. L.", "jl@example.org"), ("Tuesday, 10:00", "")]


def said(text):
    return [(line.label, line.email) for line in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        'J. L.,jl@example.org\n"Tuesday, 10:00"',
        'J. L., jl@example.org \r\n"Tuesday, 10:00",\r\n\r\n',
        "J. L.;jl@example.org\nTuesday, 10:00;\n",
        '"J. L.";"jl@example.org"\r"Tuesday, 10:00";""\r',
        "J. L.\tjl@example.org\nTuesday, 10:00\t",
        BOM + '"J. L.","jl@example.org"\r\n"Tuesday, 10:00"\r\n',
        f'{BOM}"J. L."\t"jl@example.org"\r\n"Tuesday, 10:00"\t\t\r\n',
    ],
)
def test_lists_and_tables_of_every_program(text):
    assert [(line.label, line.email, line.wrong) for line in read(text)] == [
        (*both, "") for both in TWO
    ]


def test_a_quote_inside_of_quotes():
    assert said('"J. ""Jo"" L.",jl@example.org') == [('J. "Jo" L.', "jl@example.org")]


@pytest.mark.parametrize("heading", ["Label,E-mail", "client,email", "Name", "name,E-mail address"])
def test_a_heading_is_left_out(heading):
    first, second = read(f"{heading}\nJ. L.,jl@example.org")
    assert (first.left_out, first.wrong) == (HEADING, "")
    assert second.left_out == ""


def test_a_heading_is_the_first_line_only():
    assert [line.left_out for line in read("J. L.\nClient")] == ["", ""]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",jl@example.org", "Write a label: whatever tells you who this is."),
        ("J. L.,jl.example.org", "“jl.example.org” is no whole e-mail address."),
        ("J. L.,jl@example", "“jl@example” is no whole e-mail address."),
        ("J. L.,jl@example.org,more", MORE),
        ('"J. L.,jl@example.org', QUOTES),
        ('"J." L.,jl@example.org', QUOTES),
        ("a" * 101, "This label is longer than 100 characters."),
        ("a" * 1_001, TOO_LONG),
        ("a\0b,jl@example.org", NOT_KEPT),
        ("a\ud800b,jl@example.org", NOT_KEPT),
        ("a\N{REPLACEMENT CHARACTER}b", NOT_KEPT),
        ("before,x@example.org", "The same label as in line 1."),
        ("BEFORE", "The same label as in line 1."),
        ("other,Before@example.org", "The same address as in line 1."),
    ],
)
def test_each_line_says_what_is_wrong_with_it(line, told):
    """And spoils neither the line before nor the one after."""
    before, wrong, after = read(f"before,before@example.org\n{line}\nafter,after@example.org")
    assert (before.wrong, wrong.wrong, after.wrong) == ("", told, "")
    assert wrong.text == line


def test_two_without_an_address_have_not_the_same():
    assert [line.wrong for line in read("a\nb")] == ["", ""]


def test_empty_lines_are_told_between_others_and_not_at_the_end():
    assert [line.left_out for line in read("a\n \nb\n\n\n")] == ["", EMPTY, ""]
    assert [line.number for line in read("a\n\nb")] == [1, 2, 3]


def test_a_formula_is_a_label_as_any_other():
    """What it is in a table is said there."""
    assert said('=1+1;\n"=HYPERLINK(""https://evil.test"")";') == [
        ("=1+1", ""),
        ('=HYPERLINK("https://evil.test")', ""),
    ]


def test_as_many_lines_as_can_be_invited_at_a_time():
    assert len(read("\n".join(map(str, range(200))))) == 200
    with pytest.raises(TooManyLines) as found:
        read("\n".join(map(str, range(201))))
    assert found.value.lines == 201
