"""The page on which somebody says what they want to be told about, and when."""

from datetime import UTC, date, datetime, time

import pytest

from tests.reminders.conftest import ask
from trustbook.lib.outbox import choosing, kinds
from trustbook.lib.outbox.kinds import Kind
from trustbook.lib.outbox.models import Notice
from trustbook.reminders.models import Schedule

PATH = "/reminders/"
OFF = {"weekday": "6", "at": "18:00"}
SUNDAYS = OFF | {"weekly": "on", "at": "19:30"}


@pytest.fixture
def dubliner(writer, clock):
    """The writer, on another clock than the server."""
    writer.time_zone = "Asia/Kathmandu"
    writer.save(update_fields=["time_zone"])
    return writer


def page(browser):
    return browser.get(PATH).content.decode()


def test_all_is_off_until_somebody_asks(writing, writer):
    response = writing.get(PATH)
    boxes = [field for field in response.context["form"] if field.widget_type == "checkbox"]
    assert {box.name: box.value() for box in boxes} == {
        "partner": False,
        "therapist": False,
        "weekly": False,
        "return": False,
    }
    assert "checked" not in response.content.decode()
    assert "The next weekly reminder" not in response.content.decode()
    assert not Schedule.objects.exists()


def test_only_a_therapist_is_asked_about_clients(writing, writer, desk, therapist, clock):
    assert "When a client shows you something" in page(desk)
    assert "When a client" not in page(writing)
    for person, browser in ((writer, writing), (therapist, desk)):
        browser.post(PATH, OFF | {"client": "on", "therapist": "on"})
        wanted = {"therapist", "client"} if person == therapist else {"therapist"}
        assert set(choosing.chosen(person)) == wanted


def test_what_is_asked_for_is_kept_and_said(writing, dubliner):
    response = writing.post(PATH, SUNDAYS)
    assert (response.status_code, response["Location"]) == (302, PATH)
    schedule = Schedule.objects.get(person=dubliner)
    assert (schedule.weekday, schedule.at) == (6, time(19, 30))
    assert schedule.next_at == datetime(2026, 11, 29, 13, 45, tzinfo=UTC)
    assert set(choosing.chosen(dubliner)) == {"weekly"}
    said = page(writing)
    assert "comes on Sunday, 29 November 2026 at 19:30." in said
    assert "as on a clock in Asia/Kathmandu." in said
    assert said.count("checked") == 1


def test_it_can_be_turned_off(writing, dubliner):
    writing.post(PATH, SUNDAYS | {"return": "on"})
    writing.post(PATH, OFF)
    assert choosing.chosen(dubliner) == {}
    schedule = Schedule.objects.get(person=dubliner)
    assert (schedule.next_at, schedule.next_day, schedule.look_at) == (None, None, None)
    assert "The next weekly reminder" not in page(writing)


def test_the_day_is_kept_while_it_is_off(writing, dubliner):
    writing.post(PATH, {"weekday": "2", "at": "07:15"})
    schedule = Schedule.objects.get(person=dubliner)
    assert (schedule.weekday, schedule.at, schedule.next_at) == (2, time(7, 15), None)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"at": "25:00"}, {"at"}),
        ({"at": ""}, {"at"}),
        ({"at": "<b>"}, {"at"}),
        ({"weekday": "7"}, {"weekday"}),
        ({"weekday": "-1"}, {"weekday"}),
        ({"weekday": "monday", "at": "soon"}, {"weekday", "at"}),
    ],
)
def test_what_is_wrong_comes_back_as_typed(writing, dubliner, typed, wrong):
    ask(dubliner, "return")
    response = writing.post(PATH, SUNDAYS | typed)
    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors.keys() == wrong
    assert form["at"].value() == typed.get("at", "19:30")
    assert form["weekly"].value() is True
    assert set(choosing.chosen(dubliner)) == {"return"}
    assert Schedule.objects.get().next_at is None


def test_a_refused_change_does_not_show_as_done(writing, dubliner):
    writing.post(PATH, SUNDAYS)
    response = writing.post(PATH, SUNDAYS | {"at": "soon", "weekday": "1"})
    assert "comes on Sunday, 29 November 2026 at 19:30." in response.content.decode()


def test_nothing_else_can_be_set(writing, dubliner):
    more = {"next_at": "2026-01-01", "zone": "UTC", "last_day": "2026-01-01", "person": "x"}
    writing.post(PATH, SUNDAYS | more | {"look_at": "2026-01-01", "kind": "otter", "otter": "on"})
    schedule = Schedule.objects.get()
    assert (schedule.zone, schedule.last_day, schedule.look_at) == ("Asia/Kathmandu", None, None)
    assert schedule.next_day == date(2026, 11, 29)
    assert set(choosing.chosen(dubliner)) == {"weekly"}


def test_ones_own_only(writing, writer, strange, stranger, clock):
    writing.post(PATH, SUNDAYS)
    assert choosing.chosen(stranger) == {}
    assert "checked" not in page(strange)
    strange.post(PATH, OFF)
    assert set(choosing.chosen(writer)) == {"weekly"}


def test_a_kind_that_a_room_has_registered_is_there_to_choose(writing, writer, clock):
    kind = kinds.register(Kind("heron", "Tell me of a heron", "In the evening."))
    try:
        assert "Tell me of a heron" in page(writing)
        writing.post(PATH, OFF | {"heron": "on"})
        assert set(choosing.chosen(writer)) == {"heron"}
        assert page(writing).count("checked") == 1
        Notice.objects.create(person=writer, kind="heron", due_at=datetime.now(UTC))
        writing.post(PATH, OFF)
        assert (choosing.chosen(writer), Notice.objects.count()) == ({}, 0)
    finally:
        kinds.forget(kind)
    assert "heron" not in page(writing)


def test_it_shows_what_a_mail_says(writing, writer):
    said = page(writing)
    assert "Subject: A note from your workbook" in said
    assert "this is a note from your workbook. Open it when it suits you:" in said
    assert "They go to <b>writer@example.org</b>." in said


def test_a_fixed_number_of_queries(clock, writing, writer, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(3):
            writing.get(PATH)
        ask(writer, "weekly", "return")
