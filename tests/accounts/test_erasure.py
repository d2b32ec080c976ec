"""Ending an account: unreadable at once, gone whole, and completed whatever a crash left."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from exercises import personal_data
from tests.exercises.workbook import Workbook
from trustbook.accounts import erasure
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import Session, User
from trustbook.lib import ledger

pytestmark = pytest.mark.postgres

NOT_OF_A_PERSON = {"contenttypes.ContentType", "auth.Permission", "auth.Group", "keys.DataKey"}


@pytest.fixture
def written(trial, writer, writing):
    book = Workbook(writing, writer)
    book.saved("moment", "more", base=book.saved("moment", "a heron stood"))
    book.saved("week", {"safety": "1"})
    writing.get("/workbook/trial/every-kind/")
    EmailAddress.objects.create(user=writer, email=writer.email, primary=True)
    RecoveryCodes.activate(writer)
    return book


def rows():
    """How many rows of people there are in each table."""
    models = [one for one in apps.get_models() if one._meta.label not in NOT_OF_A_PERSON]
    counts = {model._meta.label: model._base_manager.count() for model in models}
    return {label: count for label, count in counts.items() if count}


def test_nothing_is_left(written, writer):
    assert len(rows()) == 9
    erasure.erase(writer)
    assert (rows(), DataKey.objects.count()) == ({}, 0)


def test_nobody_else_is_touched(written, writer, strange, stranger):
    theirs = Workbook(strange, stranger)
    theirs.saved("moment", "the stranger's")
    erasure.erase(writer)
    assert theirs.value("moment") == "the stranger's"
    assert strange.get("/workbook/").status_code == 200


def test_the_next_request_is_that_of_a_stranger(written, writer, writing):
    erasure.mark(User.objects.get(pk=writer.pk))
    assert not Session.objects.exists()
    assert writing.get("/workbook/").status_code == 302
    assert written.save("moment", "again").json()["error"] == "signed-out"


def test_once_marked_nobody_signs_in(written, writer, visiting):
    erasure.mark(writer)
    proof = {"login": writer.email, "password": "the writer's password"}
    visiting.post("/accounts/login/", proof)
    assert visiting.get("/workbook/").status_code == 302


def test_once_the_key_is_gone_nothing_can_be_read(written, writer):
    erasure.mark(writer)
    erasure.destroy_key(writer)
    with pytest.raises(vault.KeyGone):
        written.value("moment")


STEPS = (erasure.mark, erasure.note, erasure.destroy_key, erasure.delete_rows)


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
def test_whatever_was_done_is_completed(written, writer, steps, capsys):
    for step in STEPS[:steps]:
        step(writer)
    call_command("finish_erasures")
    assert capsys.readouterr().out.startswith(f"Deletions completed: {int(steps < 4)}.")
    assert (rows(), DataKey.objects.count()) == ({}, 0)
    assert ("key", writer.data_key_id) in ledger.read(settings.LEDGER)


def test_a_key_is_destroyed_only_once_the_ledger_names_it(written, writer, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(ledger, "append", full)
    with pytest.raises(OSError, match="No space"):
        erasure.erase(writer)
    assert DataKey.objects.filter(pk=writer.data_key_id).exists()
    assert User.objects.get().erasing, "finish_erasures would not know of it"


def test_a_room_may_do_something_first(written, writer, monkeypatch):
    asked = []

    def leave(person):
        asked.append((person.is_active, written.value("moment")))

    monkeypatch.setattr(personal_data, "before_erasing", leave, raising=False)
    erasure.erase(writer)
    assert asked == [(True, "more")]


def test_who_did_not_ask_for_it_is_left_alone(written, capsys):
    call_command("finish_erasures")
    told = capsys.readouterr().out
    assert told == (
        "Deletions completed: 0. Deleted entries purged: 0. "
        "Erased anew: 0 accounts, 0 entries. Keys without an owner swept: 0.\n"
    )
    assert written.value("moment") == "more"


@pytest.mark.parametrize(("hours", "swept"), [(23, 0), (25, 1)])
def test_a_key_without_an_owner_is_swept_after_a_day(writer, hours, swept):
    with time_machine.travel(timezone.now() - timedelta(hours=hours)):
        orphan = vault.make_key()
    DataKey.objects.filter(pk=writer.data_key_id).update(
        made_at=timezone.now() - timedelta(days=400)
    )
    assert erasure.sweep_orphans() == swept
    assert DataKey.objects.filter(pk=orphan).exists() is not bool(swept)
    assert DataKey.objects.filter(pk=writer.data_key_id).exists()


class TestByTheOperator:
    def test_only_when_they_mean_it(self, writer):
        with pytest.raises(CommandError, match="Add --yes"):
            call_command("erase_account", writer.email)
        assert User.objects.exists()

    def test_done(self, writer, writing):
        call_command("erase_account", "WRITER@example.org", "--yes")
        assert (User.objects.count(), Session.objects.count()) == (0, 0)

    def test_an_address_nobody_has(self, writer):
        with pytest.raises(CommandError, match="No account has this address"):
            call_command("erase_account", "nobody@example.org", "--yes")
        assert User.objects.exists()
