from datetime import date, timedelta

import pytest
from django.utils.safestring import SafeString

from exercises.past import Week
from exercises.plot import HEIGHT, STEP, plots
from lessons.kinds.pulse import NAMES, STATEMENTS

FIRST = date(2026, 3, 2)


def week(after: int, number: int | None = None, *, note: str = "", said: str = "") -> Week:
    """The week ``after`` so many, with a number for openness; only noted where ``note`` is."""
    statements = {} if note else STATEMENTS | ({"openness": said} if said else {})
    numbers = {} if note else dict.fromkeys(STATEMENTS) | {"openness": number}
    return Week(FIRST + timedelta(weeks=after), numbers, statements, SafeString(note))


def openness(*weeks: Week):
    return plots(weeks)[0]


def test_one_plot_a_statement_in_the_order_asked():
    drawn = plots([week(0, 4)])
    assert [(plot.name, plot.asked) for plot in drawn] == [
        (NAMES[statement], STATEMENTS[statement]) for statement in STATEMENTS
    ]


@pytest.mark.parametrize("weeks", [[], [week(0, note="only a note")]])
def test_no_number_no_plot(weeks):
    assert plots(weeks) == []


def test_a_single_week_is_a_point():
    plot = openness(week(0, 4))
    assert (plot.width, plot.height) == (STEP, HEIGHT)
    assert (plot.line, plot.dots, plot.last) == ("", "M10 30h0", "M10 30h0")
    assert plot.told == "4 of 7 in the week of 2 March 2026."


def test_completely_is_above_not_at_all():
    assert openness(week(0, 1), week(1, 7)).line == f"M10 {HEIGHT}L30 0"


def test_a_line_a_step_a_week():
    plot = openness(week(0, 4), week(1, 4), week(2, 6))
    assert (plot.line, plot.dots, plot.last) == ("M10 30L30 30L50 10", "", "M50 10h0")
    assert plot.width == 3 * STEP
    assert plot.told == (
        "4 of 7 in the week of 2 March 2026, 6 of 7 in the week of 16 March 2026. "
        "The table has the number of each week."
    )


def test_a_week_left_out_is_a_gap_and_takes_its_room():
    plot = openness(week(0, 4), week(1, 5), week(3, 5), week(4, 6))
    assert (plot.line, plot.dots) == ("M10 30L30 20M70 20L90 10", "")
    assert plot.width == 5 * STEP


def test_a_number_left_out_is_a_gap_in_this_line_alone():
    numbers: dict[str, int | None] = dict.fromkeys(STATEMENTS, 4)
    second = Week(
        FIRST + timedelta(weeks=1), numbers | {"openness": None}, STATEMENTS, SafeString()
    )
    others = [
        Week(FIRST + timedelta(weeks=after), numbers, STATEMENTS, SafeString()) for after in (0, 2)
    ]
    drawn = plots([others[0], second, others[1]])
    assert (drawn[0].line, drawn[0].dots) == ("", "M10 30h0M50 30h0")
    assert {plot.line for plot in drawn[1:]} == {"M10 30L30 30L50 30"}


def test_a_week_with_only_a_note_is_a_gap():
    plot = openness(week(0, 4), week(1, note="away"), week(2, 4))
    assert (plot.line, plot.dots) == ("", "M10 30h0M50 30h0")


def test_a_statement_that_was_always_skipped():
    plot = openness(week(0), week(1))
    assert (plot.line, plot.dots, plot.last) == ("", "", "")
    assert plot.told == "No number in these weeks."


def test_the_newest_wording_stands_above_and_the_earlier_ones_are_told():
    plot = openness(week(0, 4, said="I was frank."), week(1, 4), week(2, note="away"))
    assert (plot.asked, plot.before) == (STATEMENTS["openness"], ["I was frank."])
    assert openness(week(0, 4), week(1, 4)).before == []


def test_two_years_are_as_wide_as_their_weeks():
    plot = openness(*[week(after, after % 7 + 1) for after in range(104)])
    assert plot.width == 104 * STEP
    assert plot.line.count("L") == 103
