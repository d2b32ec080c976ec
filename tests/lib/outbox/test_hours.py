"""Hours on clocks that leap: ten zones, two years, no week lost and none doubled."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustbook.lib.outbox.hours import moment, next_evening, next_weekly

ZONES = [
    "Europe/Dublin",  # winter is what is special there
    "America/New_York",
    "America/St_Johns",  # half an hour off
    "America/Santiago",  # leaps at midnight, in the south
    "America/Havana",  # from midnight to one
    "Africa/Cairo",  # on Fridays
    "Africa/Casablanca",  # for Ramadan
    "Asia/Beirut",
    "Australia/Lord_Howe",  # by half an hour
    "Antarctica/Troll",  # by two hours
    "Asia/Kathmandu",  # never
]
BEGIN, END = date(2026, 1, 1), date(2028, 1, 1)
QUARTER = timedelta(minutes=15)
TIMES = [
    *(time(0), time(0, 15), time(0, 45), time(1), time(1, 30), time(2), time(2, 15), time(2, 30)),
    *(time(3), time(12), time(18), time(23), time(23, 45)),
]


@cache
def walls(zone):
    """Every quarter of an hour of the two years, and the latest that a clock has shown by then."""
    first = datetime.combine(BEGIN, time(), UTC) - timedelta(days=2)
    count = (END - BEGIN + timedelta(days=4)) // QUARTER
    quarters = [first + n * QUARTER for n in range(count)]
    shown = (when.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for when in quarters)
    return quarters, list(accumulate(shown, max))


def watched(day, at, zone):
    """When somebody who watches a clock first sees it show ``at`` or later on ``day``."""
    quarters, latest = walls(zone)
    return quarters[bisect_left(latest, datetime.combine(day, at))]


def days(weekday):
    """Every such day of the two years."""
    first = BEGIN + timedelta(days=(weekday - BEGIN.weekday()) % 7)
    return [first + timedelta(weeks=n) for n in range((END - first + timedelta(6)).days // 7)]


@pytest.mark.parametrize("zone", ZONES)
def test_one_reminder_for_each_week_of_two_years(zone):
    for weekday in range(7):
        expected = days(weekday)
        assert len(expected) in (104, 105)
        for at in TIMES:
            now, last = watched(expected[0], time(), zone) - QUARTER, BEGIN - timedelta(days=1)
            found = []
            for _ in expected:
                now, last = next_weekly(weekday, at, ZoneInfo(zone), now, last)
                found.append((now, last))
            assert found == [(watched(day, at, zone), day) for day in expected]


@pytest.mark.parametrize("zone", ZONES)
def test_one_evening_a_day(zone):
    now = watched(BEGIN, time(), zone)
    found = []
    for _ in range((END - BEGIN).days):
        now = next_evening(ZoneInfo(zone), now)
        found.append(now)
    every = [BEGIN + timedelta(days=n) for n in range((END - BEGIN).days)]
    assert found == [watched(day, time(18), zone) for day in every]


@given(
    zone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    at=st.times(),
    minutes=st.integers(0, 700 * 24 * 60),
)
def test_whenever_it_is_asked_the_next_one_is_the_next(zone, weekday, at, minutes):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    at = at.replace(second=0, microsecond=0)
    found, day = next_weekly(weekday, at, ZoneInfo(zone), now, None)
    assert now < found <= now + timedelta(days=7, hours=2)
    assert day.weekday() == weekday
    assert found == moment(day, at, ZoneInfo(zone))
    assert moment(day - timedelta(weeks=1), at, ZoneInfo(zone)) <= now


def test_a_time_that_is_leapt_over_is_the_first_after_the_leap():
    assert moment(date(2026, 3, 29), time(1, 30), ZoneInfo("Europe/Dublin")) == datetime(
        2026, 3, 29, 1, 0, tzinfo=UTC
    )
    assert moment(date(2026, 10, 4), time(2, 10), ZoneInfo("Australia/Lord_Howe")) == datetime(
        2026, 10, 3, 15, 30, tzinfo=UTC
    )


def test_a_time_that_comes_twice_is_the_first():
    assert moment(date(2026, 10, 25), time(1, 30), ZoneInfo("Europe/Dublin")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_day_that_was_left_out():
    """Samoa had no Friday, 30 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    saturday = datetime(2011, 12, 30, 10, 0, tzinfo=UTC)
    assert moment(date(2011, 12, 30), time(18), apia) == saturday
    before = datetime(2011, 12, 28, tzinfo=UTC)
    first, day = next_weekly(4, time(18), apia, before, None)
    assert (first, day) == (saturday, date(2011, 12, 30))
    assert next_weekly(4, time(18), apia, first, day)[1] == date(2012, 1, 6)


def test_who_moves_is_not_reminded_twice_for_one_day():
    """Sunday evening in Auckland; in Honolulu it is Saturday still."""
    sunday = moment(date(2026, 11, 22), time(18), ZoneInfo("Pacific/Auckland"))
    again, day = next_weekly(6, time(18), ZoneInfo("Pacific/Honolulu"), sunday, date(2026, 11, 22))
    assert day == date(2026, 11, 29)
    assert again == datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
