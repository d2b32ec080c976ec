"""Promises over time: every mark as a pair, nothing added up, and a table that says it all."""

import uuid
from datetime import date, timedelta

import pytest

from exercises.access import Promised, Said
from exercises.models.promise import State, Wording
from exercises.together.promise_plot import plot

TODAY = date(2026, 5, 6)
"""A Wednesday."""


def promised(due=None, mine=None, theirs=None, on=TODAY, what="Call"):
    said = [Said(by_me, state, on) for by_me, state in ((True, mine), (False, theirs)) if state]
    return Promised(uuid.uuid4(), Wording(what, "", due), True, True, TODAY, tuple(said))


def pictured(promises, today):
    """The picture that there is."""
    picture = plot(promises, today)
    assert picture is not None
    return picture


def test_there_is_none_before_a_promise_has_a_day():
    assert plot([], TODAY) is None
    assert plot([promised()], TODAY) is None


def test_one_promise_is_one_pair_as_far_from_the_line_on_both_sides():
    picture = pictured([promised(due=TODAY, mine=State.KEPT)], TODAY)
    assert [(mark.x, mark.state) for mark in picture.marks] == [
        ("8.333%", "kept"),
        ("8.333%", "open"),
    ]
    mine, theirs = (float(mark.y.removesuffix("em")) for mark in picture.marks)
    middle = float(picture.middle.removesuffix("em"))
    assert middle - mine == pytest.approx(theirs - middle)
    assert float(picture.height.removesuffix("em")) == 2 * middle
    assert (picture.first, picture.last) == ("week of 4 May 2026", "week of 8 June 2026")
    assert picture.told == "6 May 2026: you, kept; your partner, still open."
    assert picture.states == [State.OPEN, State.KEPT]


def test_every_pair_is_as_far_apart_on_both_sides():
    states = list(State)
    promises = [
        promised(TODAY + timedelta(days=number % 9), states[number % 5], states[number % 3])
        for number in range(20)
    ]
    picture = pictured(promises, TODAY)
    middle = float(picture.middle.removesuffix("em"))
    above = [
        (mark.x, round(middle - float(mark.y.removesuffix("em")), 1)) for mark in picture.marks[::2]
    ]
    below = [
        (mark.x, round(float(mark.y.removesuffix("em")) - middle, 1))
        for mark in picture.marks[1::2]
    ]
    assert above == below
    assert len(set(above)) == 20


def test_a_promise_without_a_day_stands_where_something_was_said_last():
    early, late = date(2026, 4, 28), date(2026, 5, 5)
    said = (Said(True, State.KEPT, early), Said(False, State.NOT_KEPT, late))
    one = Promised(uuid.uuid4(), Wording("Call", "", None), True, True, TODAY, said)
    picture = pictured([one], TODAY)
    assert [(row.day, row.due) for row in picture.rows] == [(late, False)]
    assert [mark.state for mark in picture.marks] == ["kept", "not-kept"]


def test_twelve_weeks_are_weeks_and_a_day_more_makes_months():
    first = date(2026, 2, 2)
    twelve = pictured([promised(first), promised(first + timedelta(weeks=12, days=-1))], TODAY)
    more = pictured([promised(first), promised(first + timedelta(weeks=12))], TODAY)
    assert (twelve.step, twelve.marks[-1].x, len(twelve.edges)) == ("week", "95.833%", 13)
    assert (more.step, more.first, more.last) == ("month", "February 2026", "July 2026")


def test_what_is_too_far_away_is_in_the_table_only():
    days = [date(2020, 1, 1), date(2025, 8, 31), date(2026, 7, 31), date(2041, 1, 1)]
    picture = pictured([promised(day) for day in days], TODAY)
    assert (picture.first, picture.last) == ("August 2025", "July 2026")
    assert [row.shown for row in picture.rows] == [False, True, True, False]
    assert (len(picture.marks), picture.elsewhere) == (4, True)


def test_all_of_it_in_a_far_future():
    picture = pictured([promised(date(2040, 1, 1)), promised(date(2060, 1, 1))], TODAY)
    assert (picture.first, picture.last) == ("January 2040", "June 2040")
    assert [row.shown for row in picture.rows] == [True, False]


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2199, 12, 31)])
def test_the_ends_of_time(day):
    assert len(pictured([promised(day)], TODAY).marks) == 2


def test_nothing_sticks_out_however_many_there_are():
    picture = pictured([promised(TODAY) for _ in range(400)], TODAY)
    heights = [float(mark.y.removesuffix("em")) for mark in picture.marks]
    assert min(heights) > 0
    assert max(heights) < float(picture.height.removesuffix("em"))
    assert picture.size == ".5em"


def test_the_words_add_nothing_up():
    promises = [promised(TODAY, State.KEPT), promised(TODAY + timedelta(days=40), State.NOT_KEPT)]
    assert pictured(promises, TODAY).told == (
        "From the week of 4 May 2026 to the week of 15 June 2026. "
        "The table has what each of you says of each promise."
    )
