"""From a backup into an empty machine: all is there, and what was erased since stays erased.

On SQLite and on a real PostgreSQL, through the commands that an operator types.
"""

import base64
import hashlib
import os
import threading
import uuid
from io import StringIO
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from exercises import deletion
from exercises.models import Answer, AnswerRevision, Pulse
from exercises.recording import Draft, record
from lessons.kinds import prompt_from
from tests.conftest import signed_in
from tests.durability.installation import Installation
from trustbook.accounts import backups, erasure
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import Session, User
from trustbook.lib import dumps
from trustbook.lib.encryption import MasterKeys
from trustbook.lib.outbox.models import AccountMail, Notice

pytestmark = pytest.mark.usefixtures("own_databases")

PROMPT = prompt_from({"id": "moment", "kind": "text", "ask": "Which moment comes to mind?"})
WEEK = prompt_from({"id": "week", "kind": "pulse"})
NUMBERS = count()
NOT_RESTORED = {"accounts_session", "cache", "outbox_accountmail", "outbox_notice"}
"""What was meant for the moment of the backup."""


@pytest.fixture
def machine(installation, monkeypatch):
    """An installation with people who write; its commands find PostgreSQL's programs."""
    if installation.postgres:
        path = f"{installation.postgres.binaries}{os.pathsep}{os.environ['PATH']}"
        monkeypatch.setenv("PATH", path)
        installation.env["PATH"] = path
    return installation


def empty_machine(machine, folder):
    """Another one: nothing on it but the program and the operator's master key."""
    new = Installation(folder)
    new.data.mkdir()
    new.env["TRUSTBOOK_MASTER_KEYS"] = machine.env["TRUSTBOOK_MASTER_KEYS"]
    if machine.postgres:
        new.postgres = machine.postgres
        names = {"DATABASE_URL": "trustbook", "KEYS_DATABASE_URL": "trustbook_keys"}
        number = next(NUMBERS)
        for variable, owner in names.items():
            name = f"{owner}_{number}"
            with psycopg.connect(machine.postgres._admin, autocommit=True) as admin:
                admin.execute(f"CREATE DATABASE {name} OWNER {owner}")
            host = quote(str(machine.postgres.folder), safe="")
            new.env[variable] = f"postgres://{owner}@{host}/{name}"
    return new


def somebody():
    """A person with an answer in two versions, a week, and a session."""
    person = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)
    signed_in(person)
    write(person, "moment", "a first thought")
    write(person, "moment", "a heron stood in the rain")
    value = WEEK.empty() | {"safety": 1}
    record(Pulse, {"week": "2026-11-23"}, person, WEEK, Draft(value, None, uuid.uuid4()))
    return person


def write(person, prompt, text):
    before = Answer.objects.filter(author=person, prompt_id=prompt).first()
    draft = Draft(text, before.head_id if before else None, uuid.uuid4())
    place = {"lesson_id": "every-kind", "prompt_id": prompt}
    recorded = record(Answer, place, person, PROMPT, draft)
    assert recorded is not None
    return recorded.row


def readable(person):
    """All that can be read of what a person wrote, every version."""
    person = User.objects.get(pk=person.pk)
    rows = Answer._base_manager.filter(author=person)
    found = [row.open(one, person).value for row in rows for one in row.revisions.all()]
    return sorted(found)


BOTH = ["a first thought", "a heron stood in the rain"]


def hashes():
    """One hash over all rows, for each table of both databases."""
    found = {}
    for alias in ("default", "keys"):
        for table in connections[alias].introspection.table_names():
            with connections[alias].cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
            found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


class Backup:
    """What ``manage.py backup`` made."""

    def __init__(self, machine, folder, run=None):
        self.to, self.keys_to = folder / "main", folder / "keys"
        (run or here(machine))("backup", "--to", str(self.to), "--keys-to", str(self.keys_to))
        (self.main,) = self.to.glob("trustbook-main-*")
        (self.keys,) = self.keys_to.glob("trustbook-keys-*")

    def restored(self, machine, *options, run=None):
        return (run or here(machine))("restore", str(self.main), str(self.keys), *options)


def here(machine):
    """Runs commands of ``machine`` in this process, which takes a tenth of the time."""

    def run(*command):
        said = StringIO()
        with machine.here():
            call_command(*command, stdout=said, stderr=said)
        return said.getvalue()

    return run


def test_everything_is_there_again(machine, tmp_path):
    with machine.here():
        people = [somebody() for _ in range(3)]
        Answer.objects.filter(author=people[2]).delete()
        Notice.objects.create(person=people[0], kind="weekly", due_at=timezone.now())
        AccountMail.objects.create(person=people[0], sealed=b"sealed")
        before = hashes()
    backup = Backup(machine, tmp_path / "backups", machine.manage)
    new = empty_machine(machine, tmp_path / "new")
    said = backup.restored(new, run=new.manage)
    assert "Erased anew by the ledger: 0 accounts, 0 answers or weeks." in said
    with new.here():
        after = hashes()
        assert before.keys() == after.keys()
        assert len(before) > 10
        assert before["exercises_answerrevision"][0] >= 4
        different = {table for table in before if before[table] != after[table]}
        assert different <= NOT_RESTORED
        assert not Session.objects.exists(), "who was signed out would be signed in again"
        assert not AccountMail.objects.exists(), "what was sent would be sent again"
        assert not Notice.objects.exists()
        assert [readable(person) for person in people] == [BOTH, BOTH, []]
        # It goes on from there: the constraints and the triggers came along.
        write(people[0], "moment", "written on the new machine")
        assert len(readable(people[0])) == 3
    assert "up to date" in new.manage("prepare")


def test_who_was_erased_stays_erased(machine, tmp_path):
    with machine.here():
        gone, stays = somebody(), somebody()
        answer = write(stays, "other", "deleted on its own")
        week = Pulse.objects.get(author=stays)
        kept = readable(stays)
    backup = Backup(machine, tmp_path / "backups")
    with machine.here():
        for row in (answer, week):
            assert deletion.hide(row, row.head_id)
            deletion.purge_now(row)
        erasure.erase(User.objects.get(pk=gone.pk))

    # The control: the backup holds all of it, and only the ledger stands before it.
    careless = empty_machine(machine, tmp_path / "careless")
    backup.restored(careless, "--without-ledger")
    with careless.here():
        assert readable(gone) == BOTH
        assert readable(stays) == kept == [*BOTH, "deleted on its own"]

    new = empty_machine(machine, tmp_path / "new")
    said = backup.restored(new, "--ledger", str(machine.data / "erased.log"))
    assert "Erased anew by the ledger: 1 accounts, 2 answers or weeks." in said
    with new.here():
        assert not User.objects.filter(pk=gone.pk).exists()
        assert not DataKey.objects.filter(pk=gone.data_key_id).exists()
        assert not Answer._base_manager.filter(author_id=gone.pk).exists()
        assert not AnswerRevision.objects.filter(row__author_id=gone.pk).exists()
        assert not Answer._base_manager.filter(pk=answer.pk).exists()
        assert not Pulse._base_manager.filter(pk=week.pk).exists()
        assert readable(stays) == BOTH
        vault.forget_all()
        with pytest.raises(vault.KeyGone):
            gone.data_key()


def test_an_older_backup_finds_the_ledger_beside_it(machine, tmp_path):
    """The machine is lost with its own ledger; the last backup has left a copy of it."""
    with machine.here():
        gone = somebody()
    backup = Backup(machine, tmp_path / "backups")
    with machine.here():
        erasure.erase(User.objects.get(pk=gone.pk))
    backup.main.rename(tmp_path / backup.main.name)
    backup.keys.rename(tmp_path / backup.keys.name)
    Backup(machine, tmp_path / "backups")
    for name, folder in ((backup.main.name, backup.to), (backup.keys.name, backup.keys_to)):
        (tmp_path / name).rename(folder / name)
    new = empty_machine(machine, tmp_path / "new")
    assert "1 accounts" in backup.restored(new).partition("Erased anew")[2]
    with new.here():
        assert not User.objects.filter(pk=gone.pk).exists()


def test_a_restore_killed_before_the_ledger_was_replayed_is_completed(machine, tmp_path):
    with machine.here():
        gone = somebody()
    backup = Backup(machine, tmp_path / "backups")
    with machine.here():
        erasure.erase(User.objects.get(pk=gone.pk))
    new = empty_machine(machine, tmp_path / "new")
    where = (str(backup.main), str(backup.keys), "--ledger", str(machine.data / "erased.log"))
    new.dies("trustbook.accounts.backups:load", "restore", *where)
    with new.here():
        assert readable(gone) == BOTH
    assert "Erased anew: 1 accounts" in new.manage("finish_erasures")
    with new.here():
        assert not User.objects.filter(pk=gone.pk).exists()
        assert not DataKey.objects.filter(pk=gone.data_key_id).exists()


def test_everybody_has_a_key_also_who_signs_up_meanwhile(machine, tmp_path):
    stop, made, trouble = threading.Event(), [], []

    def sign_up():
        try:
            while not stop.is_set():
                made.append(somebody())
        except Exception as error:
            trouble.append(error)
        finally:
            connections.close_all()

    with machine.here():
        writing = threading.Thread(target=sign_up)
        writing.start()
        try:
            backup = Backup(machine, tmp_path / "backups", machine.manage)
        finally:
            stop.set()
            writing.join()
    assert trouble == []
    assert len(made) > 1
    new = empty_machine(machine, tmp_path / "new")
    backup.restored(new, "--without-ledger")
    with new.here():
        assert vault.missing(User.objects.values_list("data_key_id", flat=True)) == 0
        there = [person for person in made if User.objects.filter(pk=person.pk).exists()]
        for person in there:
            assert set(readable(person)) <= set(BOTH)


def test_no_secret_of_the_operator_is_in_a_backup(machine, tmp_path):
    with machine.here():
        person = somebody()
    backup = Backup(machine, tmp_path / "backups")
    master = machine.env["TRUSTBOOK_MASTER_KEYS"]
    secrets = [
        master.encode(),
        MasterKeys.parse(master).keys[0],
        MasterKeys.parse(master).keys[0].hex().encode(),
        base64.b64encode(MasterKeys.parse(master).keys[0]),
        machine.env["SECRET_KEY"].encode(),
    ]
    files = [path for path in (tmp_path / "backups").rglob("*") if path.is_file()]
    assert len(files) == 4
    bodies = b"".join(path.read_bytes() for path in files)
    assert [secret for secret in secrets if secret in bodies] == []
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}
    if not machine.postgres:  # PostgreSQL packs its dumps
        assert person.email.encode() in backup.main.read_bytes(), "the positive control"


def test_only_into_empty_databases(machine, tmp_path):
    with machine.here():
        person = somebody()
    backup = Backup(machine, tmp_path / "backups")
    with pytest.raises(CommandError, match="not empty, and nothing in it is overwritten"):
        backup.restored(machine, "--without-ledger")
    with machine.here():
        assert readable(person) == BOTH


def test_another_master_key_is_noticed(machine, tmp_path):
    with machine.here():
        somebody()
        keys = DataKey.objects.count()
    backup = Backup(machine, tmp_path / "backups")
    new = empty_machine(machine, tmp_path / "new")
    new.env["TRUSTBOOK_MASTER_KEYS"] = MasterKeys.make()
    said = backup.restored(new, "--without-ledger")
    assert f"WARNING: {keys} keys do not open" in said


def test_older_keys_are_noticed(machine, tmp_path):
    first = Backup(machine, tmp_path / "first")
    with machine.here():
        somebody()
        somebody()
    second = Backup(machine, tmp_path / "second")
    second.keys = first.keys
    new = empty_machine(machine, tmp_path / "new")
    said = second.restored(new, "--without-ledger")
    assert "WARNING: 2 keys are not there" in said


def test_a_damaged_backup_restores_nothing(machine, tmp_path):
    with machine.here():
        somebody()
    backup = Backup(machine, tmp_path / "backups")
    body = bytearray(backup.main.read_bytes())
    middle = len(body) // 2
    body[middle : middle + 4096] = os.urandom(4096)
    backup.main.write_bytes(body)
    new = empty_machine(machine, tmp_path / "new")
    with pytest.raises(CommandError, match=r"damaged|failed"):
        backup.restored(new, "--without-ledger")


def test_the_order_is_main_then_keys(machine, tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(dumps, "write", lambda alias, path: written.append((alias, _touched(path))))
    with machine.here():
        backups.make(tmp_path / "main", tmp_path / "keys")
    assert [alias for alias, _ in written] == ["default", "keys"]


def _touched(path: Path) -> Path:
    path.touch()
    return path
