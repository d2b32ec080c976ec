"""The weekly reminder: once a week, on the person's own clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail

from tests.reminders.conftest import NOW, ask
from trustbook.lib.outbox.models import Notice
from trustbook.reminders import weekly
from trustbook.reminders.models import Schedule

SUNDAY = datetime(2026, 11, 29, 19, tzinfo=UTC)
WEEK = timedelta(weeks=1)
NOTHING = "Reminders due: 0. Mails sent: 0, to be tried again: 0, given up: 0.\n"
ONE = NOTHING.replace("due: 0", "due: 1").replace("sent: 0", "sent: 1")


@pytest.fixture
def asked(clock, writer):
    """The writer wants to be reminded on Sundays at seven in the evening."""
    ask(writer, "weekly")
    return writer


def test_nobody_is_reminded_who_did_not_ask(run, writer, clock):
    assert run(SUNDAY + WEEK) == NOTHING
    ask(writer, "return", weekday=1, at=time(12))
    assert Schedule.objects.get().next_at is None


def test_it_comes_when_it_was_asked_for_and_once(run, asked):
    assert run(SUNDAY - timedelta(seconds=1)) == NOTHING
    assert run(SUNDAY) == ONE
    assert run() == NOTHING
    assert run(SUNDAY + timedelta(days=6)) == NOTHING
    assert run(SUNDAY + WEEK) == ONE
    assert [sent.to for sent in mail.outbox] == [["writer@example.org"]] * 2


def test_a_machine_that_was_off_for_some_hours_sends_it_late(run, asked):
    assert run(SUNDAY + timedelta(hours=23, minutes=59)) == ONE
    assert Schedule.objects.get().next_at == SUNDAY + WEEK


def test_a_machine_that_was_off_for_days_sends_none_and_goes_on(run, asked):
    assert run(SUNDAY + timedelta(days=1)) == NOTHING
    assert run(SUNDAY + 3 * WEEK + timedelta(days=2)) == NOTHING
    assert run(SUNDAY + 4 * WEEK) == ONE
    assert len(mail.outbox) == 1


def test_of_two_that_do_it_at_once_one_does(asked, clock):
    clock.move_to(SUNDAY)
    mine, theirs = Schedule.objects.get(), Schedule.objects.get()
    assert [weekly.remind(mine, SUNDAY), weekly.remind(theirs, SUNDAY)] == [True, False]
    assert Notice.objects.count() == 1


def test_the_claim_and_the_notice_are_one_transaction(asked, clock, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError

    clock.move_to(SUNDAY)
    monkeypatch.setattr(weekly, "notify", fails)
    with pytest.raises(ZeroDivisionError):
        weekly.remind_due(SUNDAY)
    assert Schedule.objects.get().next_at == SUNDAY


def test_who_turned_it_off_meanwhile_gets_none(run, asked, clock):
    ask(asked)
    assert run(SUNDAY) == NOTHING
    assert Schedule.objects.get().next_at is None


def test_turned_off_between_the_claim_and_the_sending(run, asked, clock):
    clock.move_to(SUNDAY)
    weekly.remind_due(SUNDAY)
    ask(asked)
    assert run() == NOTHING


def test_who_is_being_erased_gets_none(run, asked):
    asked.is_active = False
    asked.save(update_fields=["is_active"])
    assert run(SUNDAY) == NOTHING


def moved(person, zone):
    person.time_zone = zone
    person.save(update_fields=["time_zone"])


def test_who_moves_is_reminded_on_the_clock_that_they_have_now(run, asked):
    moved(asked, "America/New_York")
    assert run() == NOTHING
    assert Schedule.objects.get().next_at == SUNDAY + timedelta(hours=5)
    assert run(SUNDAY) == NOTHING
    assert run(SUNDAY + timedelta(hours=5)) == ONE


def test_moving_east_makes_it_earlier(run, asked):
    moved(asked, "Asia/Tokyo")
    assert run() == NOTHING
    assert run(SUNDAY - timedelta(hours=9)) == ONE
    assert run(SUNDAY) == NOTHING


def test_who_was_reminded_and_moves_is_not_reminded_again_on_that_day(run, asked):
    assert run(SUNDAY) == ONE
    moved(asked, "Pacific/Honolulu")
    assert run(SUNDAY + timedelta(hours=10)) == NOTHING
    assert Schedule.objects.get().next_day == date(2026, 12, 6)


def test_who_moves_while_it_is_due_still_gets_it(run, asked):
    moved(asked, "Asia/Tokyo")
    assert run(SUNDAY) == ONE
    assert run(SUNDAY + WEEK - timedelta(hours=9)) == ONE


def test_another_time_on_the_same_day_is_next_week(run, asked):
    run(SUNDAY)
    assert ask(asked, "weekly", at=time(21)).next_at == SUNDAY + WEEK + timedelta(hours=2)


def test_another_day_is_the_next_such_day(run, asked):
    run(SUNDAY)
    assert ask(asked, "weekly", weekday=0).next_at == SUNDAY + timedelta(days=1)


def test_as_many_queries_for_everybody_who_has_nothing_due(
    asked, stranger, clock, django_assert_num_queries
):
    for _ in range(2):
        with django_assert_num_queries(1):
            assert weekly.remind_due(NOW) == 0
        ask(stranger, "weekly")
