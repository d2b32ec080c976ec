"""Account mails: in the caller's transaction, at least once, each time the same bytes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from tests.lib.outbox import servers
from tests.lib.outbox.conftest import NOW
from trustbook.lib.outbox import letters, posting, sending
from trustbook.lib.outbox.models import LEASE, AccountMail

LINK = "http://localhost/accounts/password/reset/key/a-secret-key/"


@pytest.fixture
def later(monkeypatch):
    """Nothing is sent before a commit, as in a deployment."""
    monkeypatch.setattr(posting, "on_commit", transaction.on_commit)


def post(person, to="writer@example.org"):
    return posting.post(person, EmailMessage("Your account", LINK, to=[to]))


def bytes_of(message):
    return message.message().as_bytes()


def test_it_is_sent_at_once_and_leaves_nothing(clock, writer):
    posted = post(writer)
    [sent] = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Your account", LINK, ["writer@example.org"])
    assert sent.from_email == "Workbook <trustbook@localhost>"
    assert sent.extra_headers == {
        "Message-ID": f"<{posted.pk.hex}@localhost>",
        "Date": "Tue, 24 Nov 2026 12:30:00 +0000",
        "Auto-Submitted": "auto-generated",
    }
    assert not AccountMail.objects.exists()


def test_it_tells_the_name_of_the_site_and_of_no_machine(settings, writer):
    settings.SITE_ORIGIN = "https://workbook.example.org"
    settings.DEFAULT_FROM_EMAIL = "post@example.org"
    posted = post(writer)
    [sent] = mail.outbox
    assert sent.extra_headers["Message-ID"] == f"<{posted.pk.hex}@workbook.example.org>"
    assert sent.from_email == "Workbook <post@example.org>"
    settings.DEFAULT_FROM_EMAIL = "The library <post@example.org>"
    assert letters.sender() == "The library <post@example.org>"


def test_one_that_waits_does_not_tell_what_it_is(later, writer):
    posted = post(writer)
    row = AccountMail.objects.get()
    for secret in (LINK, "Your account", "writer@example.org"):
        assert secret.encode() not in bytes(row.sealed)
    others = post(writer, to="somebody.with.a.longer.address@example.org")
    assert len(row.sealed) == len(AccountMail.objects.get(pk=others.pk).sealed)
    assert bytes_of(letters.unsealed(row)) == bytes_of(letters.unsealed(posted))


def test_it_opens_in_its_own_row_only(later, writer):
    first, second = post(writer), post(writer)
    first.sealed = second.sealed
    first.save(update_fields=["sealed"])
    assert sending.send_due() == {"again": 1, "sent": 1}
    [sent] = mail.outbox
    assert second.pk.hex in sent.extra_headers["Message-ID"]


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_without_a_commit_there_is_no_mail(later, writer):
    with transaction.atomic():
        post(writer)
        assert mail.outbox == []
        transaction.set_rollback(True)
    assert (mail.outbox, AccountMail.objects.count()) == ([], 0)
    assert sending.send_due() == {}


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_it_leaves_with_the_commit(later, writer):
    with transaction.atomic():
        post(writer)
        assert (mail.outbox, AccountMail.objects.count()) == ([], 1)
    assert (len(mail.outbox), AccountMail.objects.count()) == (1, 0)


def test_one_that_was_not_taken_is_tried_with_growing_pauses(clock, settings, writer, caplog):
    settings.EMAIL_BACKEND = servers.HERE + "OutOfReach"
    post(writer)
    pauses = []
    while (row := AccountMail.objects.get()).made_at + sending.GIVE_UP > row.due_at:
        pauses.append(row.due_at - timezone.now())
        clock.move_to(row.due_at - timedelta(seconds=1))
        assert sending.send_due() == {}
        clock.move_to(row.due_at)
        assert sending.send_due() == {"again": 1}
    assert pauses[: len(sending.PAUSES)] == sending.PAUSES
    assert set(pauses[len(sending.PAUSES) :]) == {sending.PAUSES[-1]}
    assert "example.org" not in caplog.text
    clock.move_to(row.due_at)
    assert sending.send_due() == {"given up": 1}
    assert not AccountMail.objects.exists()


def test_tried_again_it_is_the_same_mail(clock, settings, writer):
    settings.EMAIL_BACKEND = servers.HERE + "HangingUp"
    posted = post(writer)
    first = bytes_of(letters.unsealed(posted))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(timedelta(minutes=1))
    assert sending.send_due() == {"sent": 1}
    assert [bytes_of(sent) for sent in mail.outbox] == [first]


def test_one_that_is_refused_does_not_hold_up_the_others(clock, settings, writer, stranger):
    settings.EMAIL_BACKEND = servers.HERE + "OutOfReach"
    post(writer)
    post(stranger, to="stranger@example.org")
    settings.EMAIL_BACKEND = servers.HERE + "Refusing"
    clock.shift(timedelta(minutes=1))
    assert sending.send_due() == {"again": 1, "sent": 1}
    assert [sent.to for sent in mail.outbox] == [["stranger@example.org"]]
    assert AccountMail.objects.get().person == writer


def test_a_server_out_of_reach_is_asked_once_however_much_waits(later, settings, writer):
    settings.EMAIL_BACKEND = servers.HERE + "OutOfReach"
    for _ in range(3):
        post(writer)
    servers.OutOfReach.asked = 0
    assert sending.send_due() == {"again": 3}
    assert servers.OutOfReach.asked == 1


def test_after_a_failure_the_connection_is_begun_anew(later, settings, writer):
    settings.EMAIL_BACKEND = servers.HERE + "HangingUp"
    post(writer)
    post(writer)
    servers.HangingUp.closed = 0
    assert sending.send_due() == {"again": 2}
    assert servers.HangingUp.closed == 3


def test_of_two_senders_one_gets_it(later, clock, writer):
    post(writer)
    mine, theirs = AccountMail.objects.get(), AccountMail.objects.get()
    assert (mine.claim(NOW), theirs.claim(NOW)) == (True, False)
    assert sending.send_due() == {}
    clock.shift(LEASE)
    assert sending.send_due() == {"sent": 1}


def test_who_is_being_erased_gets_none(later, writer):
    post(writer)
    post(None, to="nobody@example.org")
    writer.is_active = False
    writer.save(update_fields=["is_active"])
    assert sending.send_due() == {"sent": 1}
    assert [sent.to for sent in mail.outbox] == [["nobody@example.org"]]


def test_mails_go_with_the_account(later, writer):
    post(writer)
    writer.delete()
    assert not AccountMail.objects.exists()
