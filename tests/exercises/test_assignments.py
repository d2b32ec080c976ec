"""What each of the two sees of an assignment, and on which day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exercises import access, assignments
from exercises.models import Assignment
from tests.exercises.care_of import SAID, assigned

pytestmark = pytest.mark.usefixtures("trial")
MAY = [date(2026, 5, day) for day in range(1, 32)]


def at(care, moment, zone, **days):
    """What the therapist, in Auckland, sees of a lesson that is due at some moment."""
    for person, name in ((care.client, zone), (care.therapist, "Pacific/Auckland")):
        person.time_zone = name
        person.save()
    with time_machine.travel(moment, tick=False), timezone.override(care.therapist.zone):
        [one] = assignments.given(care, {})
        return one


@pytest.mark.parametrize(
    ("zone", "moment", "past"),
    [
        # On Sunday 29 March 2026 the clocks of Dublin go forward at 01:00; the day has 23 hours.
        ("Europe/Dublin", "2026-03-29T22:59:59Z", False),
        ("Europe/Dublin", "2026-03-29T23:00:00Z", True),
        # In New York they went forward on the 8th: midnight is at 04:00 in Greenwich, not at 05:00.
        ("America/New_York", "2026-03-30T03:59:59Z", False),
        ("America/New_York", "2026-03-30T04:00:00Z", True),
        # Auckland is on summer time until 5 April, and thirteen hours ahead.
        ("Pacific/Auckland", "2026-03-29T10:59:59Z", False),
        ("Pacific/Auckland", "2026-03-29T11:00:00Z", True),
        # Honolulu is on the other side of the date line.
        ("Pacific/Honolulu", "2026-03-30T09:59:59Z", False),
        ("Pacific/Honolulu", "2026-03-30T10:00:00Z", True),
        ("Pacific/Kiritimati", "2026-03-29T09:59:59Z", False),
        ("Pacific/Kiritimati", "2026-03-29T10:00:00Z", True),
    ],
)
def test_it_is_due_until_the_end_of_the_day_where_the_client_is(care, zone, moment, past):
    assigned(care, due_on=date(2026, 3, 29))
    one = at(care, moment, zone)
    assert (one.past_due, one.due) == (past, f"{'was due' if past else 'due'} 29 March")


@pytest.mark.parametrize(
    ("zone", "moment", "there"),
    [
        ("Europe/Dublin", "2026-10-24T22:59:59Z", False),
        ("Europe/Dublin", "2026-10-24T23:00:00Z", True),  # still summer time at that midnight
        ("Europe/Dublin", "2026-10-25T23:59:59Z", True),
        ("Pacific/Honolulu", "2026-10-25T09:59:59Z", False),
        ("Pacific/Honolulu", "2026-10-25T10:00:00Z", True),
        ("Pacific/Auckland", "2026-10-24T10:59:59Z", False),
        ("Pacific/Auckland", "2026-10-24T11:00:00Z", True),
        # At midnight the clocks of Santiago went forward: that day begins at one.
        ("America/Santiago", "2026-10-25T02:59:59Z", False),
        ("America/Santiago", "2026-10-25T03:00:00Z", True),
    ],
)
def test_it_is_there_from_the_clients_midnight(care, writer, zone, moment, there):
    writer.time_zone = zone
    writer.save()
    assigned(care, starts_on=date(2026, 10, 25))
    with time_machine.travel(moment, tick=False):
        assert len(assignments.waiting(writer)) == there
        [one] = assignments.given(care, {})
        care.refresh_from_db()
        today = timezone.localdate(timezone=writer.zone)
        assert (today >= date(2026, 10, 25)) is there
        assert one.state == "Not begun"


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({}, "Not begun"),
        ({"begun_on": MAY[3]}, "Begun 4 May"),
        ({"done_on": MAY[4]}, "Done 5 May"),
        ({"begun_on": MAY[3], "done_on": MAY[4]}, "Done 5 May"),
        ({"begun_on": MAY[3], "withdrawn_on": MAY[5]}, "Withdrawn 6 May"),
    ],
)
def test_the_state_in_words(care, days, state):
    assigned(care, **days)
    with time_machine.travel("2026-05-20 12:00Z", tick=False):
        [one] = assignments.given(care, {})
    assert (one.state, one.note, one.name) == (state, SAID, "Every kind")


def test_done_is_never_past_due(care):
    assigned(care, due_on=MAY[0], done_on=MAY[5])
    assert at(care, "2026-05-20T12:00:00Z", "UTC").past_due is False


def test_what_was_put_aside_looks_as_not_begun_and_is_not_even_fetched(care):
    row = assigned(care, due_on=MAY[20])
    with time_machine.travel("2026-05-20 12:00Z", tick=False):
        before = assignments.given(care, {})
        Assignment.objects.filter(pk=row.pk).update(aside_at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert assignments.given(care, {}) == before
    assert len(asked) == 1
    assert "aside" not in asked[0]["sql"]


def test_what_the_client_has(care, writer):
    first = assigned(care, "every-kind", due_on=MAY[20])
    second = assigned(care, "last", due_on=MAY[10])
    third = assigned(care, "looking-back", aside_at=timezone.now())
    over = assigned(care, "every-kind-2", done_on=MAY[1])
    back = assigned(care, "every-kind-3", withdrawn_on=MAY[2])
    found = assignments.assigned(writer)
    assert [task.row for task in found.waiting] == [second, first]
    assert [task.row for task in found.aside] == [third]
    assert [task.row for task in found.earlier] == [back, over]
    assert [task.name for task in found.earlier] == ["A lesson that is no longer offered"] * 2
    assert found.earlier[0].href == ""


def test_the_words_for_the_client(care, writer):
    assigned(care, due_on=MAY[14])
    with time_machine.travel("2026-05-15 12:00Z", tick=False):
        [task] = assignments.assigned(writer).waiting
        assert (task.due, task.now, task.note) == ("due Friday, 15 May", "15 May", SAID)
    with time_machine.travel("2026-05-16 12:00Z", tick=False):
        [task] = assignments.assigned(writer).waiting
        assert task.due == "was due 15 May"


def test_nobody_else_has_it(care, writer, therapist, stranger):
    assigned(care)
    for person in (therapist, stranger):
        assert assignments.waiting(person) == access.own_assignments(person, MAY[0]) == []


def test_at_a_lesson_what_is_open_stands_before_what_is_done(care, writer):
    assigned(care, done_on=timezone.localdate())

    def row():
        task = assignments.at_lesson(writer, "every-kind")
        return task and task.row

    over, again = row(), assigned(care)
    assert (over.done_on is None, row()) == (False, again)
    Assignment.objects.filter(pk=again.pk).update(withdrawn_on=timezone.localdate())
    assert row() == over
    assert assignments.at_lesson(writer, "last") is None


def test_a_day_has_no_hours_at_the_change_of_the_clocks(care, writer):
    """Twenty-five hours of one day in Dublin: at each of them it is that day."""
    writer.time_zone = "Europe/Dublin"
    writer.save()
    with time_machine.travel("2026-10-24T23:00:00Z", tick=False) as clock:
        days = []
        for _ in range(25):
            days.append(assignments.today_of(writer))
            clock.shift(timedelta(hours=1))
        assert days == [date(2026, 10, 25)] * 25
        assert assignments.today_of(writer) == date(2026, 10, 26)
