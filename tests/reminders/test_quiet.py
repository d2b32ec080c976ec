"""The gentle return: two quiet weeks, one mail, then none until the person has been back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from exercises.models import Reading
from tests.conftest import signed_in
from tests.exercises.workbook import Workbook
from tests.reminders.conftest import NOW, ask
from trustbook.accounts.models import Session
from trustbook.reminders import quiet
from trustbook.reminders.models import Schedule

DAY = timedelta(days=1)
AWAY = NOW + quiet.QUIET


@pytest.fixture
def asked(clock, writer):
    """The writer wants it; it is a Tuesday at half past twelve."""
    ask(writer, "return")
    return writer


@pytest.fixture
def days(run):
    """Lets days pass, with the command every twelve hours; how many mails came."""

    def passed(count):
        before, now = len(mail.outbox), timezone.now()
        for half in range(1, count * 2 + 1):
            run(now + half * DAY / 2)
        return len(mail.outbox) - before

    return passed


def test_after_two_weeks_one_mail_then_none(asked, days):
    assert days(14) == 0
    assert days(1) == 1
    assert days(30) == 0


def test_nobody_gets_it_who_did_not_ask(clock, writer, days):
    ask(writer)
    assert days(20) == 0


def test_it_comes_in_the_evening(asked, run):
    asked.time_zone = "Asia/Tokyo"
    asked.save(update_fields=["time_zone"])
    run(AWAY)
    assert mail.outbox == []
    evening = AWAY.replace(hour=9, minute=0) + DAY
    run(evening - timedelta(minutes=1))
    assert mail.outbox == []
    run(evening)
    assert len(mail.outbox) == 1


def read(person):
    Reading.objects.create(reader=person, lesson_id="gone")


def keep_place(person):
    Reading.objects.filter(reader=person).update(touched_at=timezone.now())


def visit(person):
    signed_in(person).get("/workbook/")


def write(person):
    Workbook(signed_in(person), person).saved("moment", "I was here.")
    Session.objects.all().delete()
    Reading.objects.all().delete()


def take_pulse(person):
    Workbook(signed_in(person), person).saved("week", {"openness": "7"})
    Session.objects.all().delete()
    Reading.objects.all().delete()


@pytest.mark.parametrize("sign_of_life", [read, visit, write, take_pulse])
def test_whatever_shows_that_somebody_was_here(trial, asked, days, sign_of_life):
    assert days(10) == 0
    sign_of_life(asked)
    assert days(14) == 0
    assert days(1) == 1


def test_reading_on_counts(asked, days):
    read(asked)
    assert days(10) == 0
    keep_place(asked)
    assert days(14) == 0
    assert days(1) == 1


def test_what_others_do_does_not(asked, stranger, days):
    assert days(10) == 0
    read(stranger)
    visit(stranger)
    assert days(5) == 1


def test_who_was_back_gets_it_again_after_two_weeks_more(asked, days):
    assert days(20) == 1
    read(asked)
    assert days(14) == 0
    assert days(30) == 1


def test_who_comes_back_before_the_evening_gets_none(asked, run):
    run(AWAY)
    read(asked)
    run(AWAY.replace(hour=18, minute=0))
    assert mail.outbox == []


def test_an_old_session_that_is_swept_is_no_sign_of_life(asked, days):
    assert days(2) == 0
    visit(asked)
    assert days(20) == 1
    Session.objects.all().delete()
    assert days(10) == 0


def test_turned_off_and_on_again_the_weeks_begin_anew(asked, days):
    assert days(10) == 0
    ask(asked)
    ask(asked, "return")
    assert days(14) == 0
    assert days(1) == 1


def test_saved_again_the_weeks_go_on(asked, days):
    """The page that one saves on is a visit, in a browser; this asks what the row says."""
    assert days(10) == 0
    ask(asked, "return")
    Schedule.objects.update(look_at=timezone.now())
    assert days(5) == 1


def test_of_two_that_look_at_once_one_writes(asked, clock):
    clock.move_to(AWAY)
    mine, theirs = Schedule.objects.get(), Schedule.objects.get()
    assert [quiet.look(mine, AWAY), quiet.look(theirs, AWAY)] == [True, False]
