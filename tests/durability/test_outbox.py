"""Senders that are killed, and several at once: no notice twice, no account mail lost.

A sender that dies writes its mails to files; the one that goes on after it, in this process, to
``mail.outbox``. Both are counted.
"""

import re
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from trustbook.accounts.models import User
from trustbook.lib.outbox import posting, sending
from trustbook.lib.outbox.models import LEASE, AccountMail, Notice, Subscription
from trustbook.reminders import actions
from trustbook.reminders.models import Schedule
from trustbook.reminders.weekly import WEEKLY

PEOPLE = 4
CLAIMED_MAIL = "trustbook.lib.outbox.models:AccountMail.claim"
CLAIMED_NOTICE = "trustbook.lib.outbox.models:Notice.claim"
TAKEN = "trustbook.lib.mail:ConsoleAndFileBackend.send_messages"
SCHEDULED = "trustbook.reminders.weekly:remind"
NOTICED = "trustbook.reminders.weekly:notify"
KILLS = {
    "the second reminder is written, not committed": f"{NOTICED}#2",
    "the second reminder is committed": f"{SCHEDULED}#2",
    "the second account mail is claimed": f"{CLAIMED_MAIL}#2",
    "the second account mail is sent": f"{TAKEN}#2",
    "the second reminder is claimed": f"{CLAIMED_NOTICE}#2",
    "the second reminder is sent": f"{TAKEN}#{PEOPLE + 2}",
}
LOST = {"the second reminder is claimed": 1}
"""Claimed and not yet sent: at most once means that it is lost."""
TWICE = {"the second account mail is sent": 1}
"""Sent and not yet known to be: at least once means that it comes again."""

pytestmark = pytest.mark.usefixtures("here", "_only_these")


@pytest.fixture
def _only_these(installation, here, monkeypatch):
    """Nothing is left of the tests before; mails leave after the commit, by a sender."""
    monkeypatch.setattr(posting, "on_commit", lambda do, robust: None)
    for model in (AccountMail, Notice, Subscription, Schedule):
        model.objects.all().delete()
    for kept in (installation.data / "mail").glob("*"):
        kept.unlink()


@pytest.fixture
def people():
    """Each wants a weekly reminder, which is due, and has an account mail that waits."""
    made = [
        User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None) for _ in range(PEOPLE)
    ]
    for person in made:
        actions.set_reminders(Schedule.objects.of(person), {"weekly"})
        posting.post(person, EmailMessage("Your account", "A key", to=[person.email]))
    Schedule.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    return made


def sent(installation):
    """All mails that left, as (recipient, subject, Message-ID), in files and in memory."""
    left = [one.message().as_bytes() for one in mail.outbox]
    for kept in (installation.data / "mail").glob("*"):
        left += [part for part in re.split(rb"\n-{79}\n", kept.read_bytes()) if part.strip()]
    read = [message_from_bytes(one.lstrip()) for one in left]
    return [(one["To"], one["Subject"], one["Message-ID"]) for one in read]


def after_the_lease():
    """As if the dead sender's time were over."""
    AccountMail.objects.update(due_at=timezone.now() - LEASE)


def by_person(mails, subject):
    """How many different Message-IDs, and how many mails, each person got."""
    ids = {(to, name) for to, about, name in mails if about == subject}
    counts = Counter(to for to, about, _ in mails if about == subject)
    return Counter(to for to, _ in ids), counts


@pytest.mark.parametrize("kill", KILLS)
def test_a_sender_killed_in_the_middle(installation, people, kill):
    installation.dies(KILLS[kill], "send_mail_due")
    connections.close_all()
    call_command("send_mail_due")
    after_the_lease()
    call_command("send_mail_due")
    call_command("send_mail_due")

    mails, everybody = sent(installation), {person.email: 1 for person in people}
    ids, counts = by_person(mails, "Your account")
    assert ids == everybody, "one lost, or sent again as another mail"
    assert sum(counts.values()) - PEOPLE == TWICE.get(kill, 0)
    ids, counts = by_person(mails, "A note from your workbook")
    assert set(counts.values()) == {1}, "a reminder was sent twice"
    assert PEOPLE - sum(counts.values()) == LOST.get(kill, 0)
    assert (AccountMail.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_server_killed_before_it_could_send_leaves_the_mail(installation, people):
    saved = "trustbook.lib.outbox.models:AccountMail.save"
    email = f"{uuid.uuid4().hex}@example.org"
    installation.dies(saved, "forgot", email)
    assert email not in {to for to, _, _ in sent(installation)}
    call_command("send_mail_due")
    ids, counts = by_person(sent(installation), "Your request")
    assert (ids, counts) == ({email: 1}, {email: 1})


@pytest.mark.parametrize("many", [2, pytest.param(5, marks=pytest.mark.prove)])
@pytest.mark.parametrize("round_", range(2))
def test_several_senders_at_once(installation, people, many, round_):
    start = Barrier(many)

    def run():
        try:
            for alias in connections:
                connections[alias].ensure_connection()
            start.wait(10)
            call_command("send_mail_due", verbosity=0)
            call_command("send_mail_due", verbosity=0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as hands:
        for done in [hands.submit(run) for _ in range(many)]:
            done.result()
    call_command("send_mail_due")
    everybody = {person.email: 1 for person in people}
    for subject in ("Your account", "A note from your workbook"):
        ids, counts = by_person(sent(installation), subject)
        assert (ids, counts) == (everybody, everybody)


def test_another_sender_sees_nothing_before_the_commit_and_never_what_was_rolled_back(people):
    person, message = people[0], EmailMessage("Your account", "A key", to=["a@example.org"])
    call_command("send_mail_due")
    mail.outbox.clear()

    def other():
        try:
            return sending.send_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as hands:
        for given_up in (True, False):
            with transaction.atomic():
                posting.post(None, message)
                posting.notify(person, WEEKLY, timezone.now())
                assert hands.submit(other).result() == {}
                transaction.set_rollback(given_up)
            assert hands.submit(other).result() == ({} if given_up else {"sent": 2})
    assert len(mail.outbox) == 2
