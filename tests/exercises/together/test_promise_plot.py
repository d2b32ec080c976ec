"""Promises over time: every mark as a pair, nothing added up, and a table that says it all."""

import uuid
from datetime import date, timedelta

import pytest

from exercises.access import Promised, Said
from exercises.models.promise import State, Wording
from exercises.together.promise_plot import Plot, plot

TODAY = date(2026, 5, 6)
"""A Wednesday."""


def promised(due=None, mine=None, theirs=None, on=TODAY, what="Call"):
    said = [Said(by_me, state, on) for by_me, state in ((True, mine), (False, theirs)) if state]
    return Promised(uuid.uuid4(), Wording(what, "", due), True, True, TODAY, tuple(said))


def plotted(promises: list[Promised]) -> Plot:
    """The picture, of which there is one."""
    drawn = plot(promises, TODAY)
    assert drawn is not None
    return drawn


def test_there_is_none_before_a_promise_has_a_day():
    assert plot([], TODAY) is None
    assert plot([promised()], TODAY) is None


def test_one_promise_is_one_pair_as_far_from_the_line_on_both_sides():
    drawn = plotted([promised(due=TODAY, mine=State.KEPT)])
    assert [(mark.x, mark.state) for mark in drawn.marks] == [
        ("8.333%", "kept"),
        ("8.333%", "open"),
    ]
    mine, theirs = (float(mark.y.removesuffix("em")) for mark in drawn.marks)
    middle = float(drawn.middle.removesuffix("em"))
    assert middle - mine == pytest.approx(theirs - middle)
    assert float(drawn.height.removesuffix("em")) == 2 * middle
    assert (drawn.first, drawn.last) == ("week of 4 May 2026", "week of 8 June 2026")
    assert drawn.told == "6 May 2026: you, kept; your partner, still open."
    assert drawn.states == [State.OPEN, State.KEPT]


def test_every_pair_is_as_far_apart_on_both_sides():
    states = list(State)
    promises = [
        promised(TODAY + timedelta(days=number % 9), states[number % 5], states[number % 3])
        for number in range(20)
    ]
    drawn = plotted(promises)
    middle = float(drawn.middle.removesuffix("em"))
    above = [
        (mark.x, round(middle - float(mark.y.removesuffix("em")), 1)) for mark in drawn.marks[::2]
    ]
    below = [
        (mark.x, round(float(mark.y.removesuffix("em")) - middle, 1)) for mark in drawn.marks[1::2]
    ]
    assert above == below
    assert len(set(above)) == 20


def test_a_promise_without_a_day_stands_where_something_was_said_last():
    early, late = date(2026, 4, 28), date(2026, 5, 5)
    said = (Said(True, State.KEPT, early), Said(False, State.NOT_KEPT, late))
    one = Promised(uuid.uuid4(), Wording("Call", "", None), True, True, TODAY, said)
    drawn = plotted([one])
    assert [(row.day, row.due) for row in drawn.rows] == [(late, False)]
    assert [mark.state for mark in drawn.marks] == ["kept", "not-kept"]


def test_twelve_weeks_are_weeks_and_a_day_more_makes_months():
    first = date(2026, 2, 2)
    twelve = plotted([promised(first), promised(first + timedelta(weeks=12, days=-1))])
    more = plotted([promised(first), promised(first + timedelta(weeks=12))])
    assert (twelve.step, twelve.marks[-1].x, len(twelve.edges)) == ("week", "95.833%", 13)
    assert (more.step, more.first, more.last) == ("month", "February 2026", "July 2026")


def test_what_is_too_far_away_is_in_the_table_only():
    days = [date(2020, 1, 1), date(2025, 8, 31), date(2026, 7, 31), date(2041, 1, 1)]
    drawn = plotted([promised(day) for day in days])
    assert (drawn.first, drawn.last) == ("August 2025", "July 2026")
    assert [row.shown for row in drawn.rows] == [False, True, True, False]
    assert (len(drawn.marks), drawn.elsewhere) == (4, True)


def test_all_of_it_in_a_far_future():
    drawn = plotted([promised(date(2040, 1, 1)), promised(date(2060, 1, 1))])
    assert (drawn.first, drawn.last) == ("January 2040", "June 2040")
    assert [row.shown for row in drawn.rows] == [True, False]


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2199, 12, 31)])
def test_the_ends_of_time(day):
    assert len(plotted([promised(day)]).marks) == 2


def test_nothing_sticks_out_however_many_there_are():
    drawn = plotted([promised(TODAY) for _ in range(400)])
    heights = [float(mark.y.removesuffix("em")) for mark in drawn.marks]
    assert min(heights) > 0
    assert max(heights) < float(drawn.height.removesuffix("em"))
    assert drawn.size == ".5em"


def test_the_words_add_nothing_up():
    promises = [promised(TODAY, State.KEPT), promised(TODAY + timedelta(days=40), State.NOT_KEPT)]
    assert plotted(promises).told == (
        "From the week of 4 May 2026 to the week of 15 June 2026. "
        "The table has what each of you says of each promise."
    )
