"""ISO weeks as people live them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exercises.models import Pulse
from exercises.weeks import week_of
from trustbook.accounts.models import User


@pytest.mark.parametrize(
    ("zone", "moment", "monday"),
    [
        ("UTC", "2026-03-02 00:00", "2026-03-02"),
        ("UTC", "2026-03-01 23:59", "2026-02-23"),
        ("Pacific/Kiritimati", "2026-03-01 10:00", "2026-03-02"),  # UTC+14: Monday already
        ("Pacific/Kiritimati", "2026-03-01 09:59", "2026-02-23"),
        ("Pacific/Honolulu", "2026-03-02 09:59", "2026-02-23"),  # UTC-10: Sunday still
        ("Pacific/Honolulu", "2026-03-02 10:00", "2026-03-02"),
        ("Europe/Dublin", "2026-03-29 22:59", "2026-03-23"),  # the clocks went forward today
        ("Europe/Dublin", "2026-03-29 23:00", "2026-03-30"),
        ("UTC", "2027-01-01 12:00", "2026-12-28"),  # a Friday in week 53 of the year before
        ("UTC", "2024-12-31 12:00", "2024-12-30"),  # a Tuesday in week 1 of the year after
        ("Nowhere/Lost", "2026-03-02 00:00", "2026-03-02"),  # UTC where a zone is unknown
    ],
)
def test_the_monday_of_a_moment(zone, moment, monday):
    asked = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert week_of(User(time_zone=zone), asked) == date.fromisoformat(monday)


SUNDAY_NIGHT = datetime(2026, 3, 1, 23, 58, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(SUNDAY_NIGHT, tick=False) as clock:
        yield clock


def weeks():
    return [str(week) for week in Pulse.objects.order_by("week").values_list("week", flat=True)]


def test_a_page_of_sunday_night_still_speaks_of_the_old_week(page, clock):
    clock.shift(timedelta(minutes=5))
    page.saved("week", {"safety": "1"}, week="2026-02-23")
    assert weeks() == ["2026-02-23"]


def test_each_week_has_a_row_of_its_own(page, clock):
    page.saved("week", {"safety": "1"})
    clock.shift(timedelta(minutes=5))
    page.saved("week", {"safety": "2"})
    assert weeks() == ["2026-02-23", "2026-03-02"]


def test_a_week_has_one_row(page, clock):
    page.saved("week", {"safety": "2"}, base=page.saved("week", {"safety": "1"}))
    assert (weeks(), Pulse.objects.get().revisions.count()) == (["2026-02-23"], 2)


def test_the_page_asks_about_this_week_and_begins_blank(page, clock):
    page.saved("week", {"safety": "3"})
    shown = page.browser.get("/workbook/trial/every-kind/").content.decode()
    assert 'name="week:week" value="2026-02-23"' in shown
    assert 'name="week.safety" value="3" checked' in shown
    clock.shift(timedelta(minutes=5))
    shown = page.browser.get("/workbook/trial/every-kind/").content.decode()
    assert 'name="week:week" value="2026-03-02"' in shown
    assert 'name="week.safety" value="3" checked' not in shown


@pytest.mark.parametrize("week", ["2026-02-09", "2026-03-09", "2026-02-24", "x", "9999-99-99"])
def test_no_other_week_is_taken(page, clock, week):
    response = page.save("week", {"safety": "1"}, week=week)
    assert response.status_code == 422
    assert "a week that is over" in response.json()["message"]
    assert weeks() == []


def test_two_tabs_about_one_week_keep_both(page, clock):
    page.saved("week", {"safety": "1"})
    assert page.save("week", {"safety": "7"}).status_code == 409
    assert Pulse.objects.get().revisions.count() == 2
