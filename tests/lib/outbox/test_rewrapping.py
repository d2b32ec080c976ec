"""A mail that waits while the master keys are replaced."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import transaction

from trustbook.lib.encryption import MasterKeys
from trustbook.lib.outbox import letters, posting, sending
from trustbook.lib.outbox.models import AccountMail


@pytest.fixture
def waiting(monkeypatch, settings, writer):
    """A mail under the old key; the operator has put a new one before it."""
    monkeypatch.setattr(posting, "on_commit", transaction.on_commit)
    posting.post(writer, EmailMessage("Your account", "A body", to=["writer@example.org"]))
    new, old = MasterKeys.parse(MasterKeys.make()).keys, settings.MASTER_KEYS.keys
    settings.MASTER_KEYS = MasterKeys(new + old)
    return MasterKeys(new)


def test_rotating_seals_it_anew(waiting, settings, capsys):
    call_command("rotate_keys")
    settings.MASTER_KEYS = waiting
    assert sending.send_due() == {"sent": 1}
    assert [sent.body for sent in mail.outbox] == ["A body"]


def test_twice_changes_nothing(waiting):
    assert [letters.rewrap_all(), letters.rewrap_all()] == [1, 0]


def test_one_whose_key_is_gone_too_early_does_not_hold_up_others(waiting, settings):
    settings.MASTER_KEYS = waiting
    assert sending.send_due() == {"again": 1}
    assert AccountMail.objects.count() == 1
