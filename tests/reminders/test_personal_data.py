"""Taken along: what somebody asked for and when. Ended: all of it."""

from django.core.mail import EmailMessage
from django.db import transaction

from tests.reminders.conftest import NOW, ask
from trustbook.lib.outbox import personal_data as of_the_outbox
from trustbook.lib.outbox import posting
from trustbook.lib.outbox.models import AccountMail, Notice, Subscription
from trustbook.reminders import personal_data as of_reminders
from trustbook.reminders.models import Schedule


def test_what_was_asked_for_is_taken_along(writer, stranger, clock):
    ask(writer, "weekly", "return")
    ask(stranger, "weekly", weekday=0)
    assert of_the_outbox.export_for(writer) == {
        "subscriptions": [
            {"kind": "return", "made_at": NOW.isoformat()},
            {"kind": "weekly", "made_at": NOW.isoformat()},
        ]
    }
    assert of_reminders.export_for(writer) == {
        "weekday": 6,
        "at": "19:00",
        "next_at": "2026-11-29T19:00:00+00:00",
        "last_day": None,
        "away_since": None,
    }


def test_who_asked_for_nothing_takes_nothing(writer):
    assert of_the_outbox.export_for(writer) == {"subscriptions": []}
    assert of_reminders.export_for(writer) == {}


def test_all_of_it_is_ended_and_nothing_of_others(writer, stranger, clock, monkeypatch):
    monkeypatch.setattr(posting, "on_commit", transaction.on_commit)
    for person in (writer, stranger):
        ask(person, "weekly")
        Notice.objects.create(person=person, kind="weekly", due_at=NOW)
        posting.post(person, EmailMessage("s", "b", to=[person.email]))
    for _ in range(2):
        of_the_outbox.erase(writer)
        of_reminders.erase(writer)
        for model in (Schedule, Subscription, Notice, AccountMail):
            assert [row.person for row in model.objects.all()] == [stranger]
