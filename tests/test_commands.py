"""No command of an operator ever prints what somebody wrote."""

import socket
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.utils import timezone

from exercises.care.practice import keep
from exercises.models import (
    About,
    OwnLesson,
    OwnLessonVersion,
    Pathway,
    Response,
    SessionNote,
    Step,
    WeekNote,
)
from exercises.models.promise import Wording
from exercises.practices import practice_for
from exercises.pulse.prompts import NOTE
from exercises.recording import Draft, record
from exercises.together import ledger_of_promises as promises
from tests.conftest import a_file
from tests.exercises.care_of import assigned, shared
from tests.exercises.two import joint
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import User
from trustbook.lib import dumps

OURS = ("trustbook", "lessons", "exercises")
HERON = "a heron stood in the rain"


def here(people: dict[str, User], tmp_path: Any) -> dict[str, Callable[[], Any]]:
    """How each command is run here, those last that leave less than they find."""
    client, therapist = people["writer"].email, people["therapist"].email

    for name in ("main", "keys"):
        (tmp_path / name).write_text("no backup")
    empty = [str(tmp_path / name) for name in ("main", "keys")]

    return {
        "backup": lambda: call_command(
            "backup", "--to", str(tmp_path / "a"), "--keys-to", str(tmp_path / "b")
        ),
        "check": lambda: told("check", databases=["default"]),
        "content_schema": lambda: call_command("content_schema"),
        "export_schema": lambda: call_command("export_schema"),
        "prepare": lambda: call_command("prepare"),
        "serve": lambda: told("serve"),
        "restore": lambda: told("restore", *empty, "--without-ledger"),
        "rotate_keys": lambda: call_command("rotate_keys"),
        "send_mail_due": lambda: call_command("send_mail_due"),
        "grant_therapist": lambda: call_command("grant_therapist", client),
        "disable_user": lambda: call_command("disable_user", client),
        "enable_user": lambda: call_command("enable_user", client),
        "finish_erasures": lambda: call_command("finish_erasures"),
        "revoke_therapist": lambda: call_command("revoke_therapist", therapist),
        "erase_account": lambda: call_command("erase_account", client, "--yes"),
    }


def told(name: str, *arguments: Any, **options: Any) -> None:
    """Runs a command that refuses here, and prints why, as ``manage.py`` does."""
    with pytest.raises(CommandError) as refused:
        call_command(name, *arguments, **options)
    print(refused.value)


@pytest.fixture
def people(trial, writer, partner, therapist, care, couple, writing) -> dict[str, User]:
    """Everybody has written everything that there is to write; all of it says the same."""
    writer.display_name = writer.workbook_name = "heron"
    writer.save()
    shared(care, writing, text=HERON)
    book = Workbook(writing, writer)
    book.saved("plan", {"when": HERON, "then": HERON})
    record(WeekNote, {"week": date(2026, 5, 4)}, writer, NOTE, draft())
    joint(couple, writer, HERON)
    promises.write_down(writer, by_me=True, wording=Wording(HERON, "", None), token=uuid.uuid4())
    care.file.seal_label(therapist, HERON)
    care.file.save()
    a_file(therapist, HERON)
    given = assigned(care, note=HERON)
    keep(therapist, About(name=HERON, about=HERON))
    of_the_therapist(therapist, care, book.answer("moment"))
    assert given.note(care) == care.file.label(therapist) == HERON
    assert practice_for(care) == About(name=HERON, about=HERON)
    return {"writer": writer, "partner": partner, "therapist": therapist}


def of_the_therapist(therapist: User, care: Any, answer: Any) -> None:
    """A pathway, a lesson, a note on a session, a response."""
    record(SessionNote, {"file": care.file, "day": date(2026, 5, 4)}, therapist, NOTE, draft())
    pathway = Pathway(therapist=therapist)
    pathway.seal(therapist, HERON, [Step("every-kind", 7)])
    pathway.save()
    lesson = OwnLesson(therapist=therapist)
    version = OwnLessonVersion(row=lesson, number=1, token=uuid.uuid4(), made_at=timezone.now())
    version.seal(therapist, HERON, HERON)
    lesson.head = version
    lesson.save()
    version.save()
    about: dict[str, Any] = {"answer": answer, "revision": answer.head_id, "writer": therapist}
    about["shared_on"] = date(2026, 5, 4)
    said = Response(link=care, token=uuid.uuid4(), written_at=timezone.now(), **about)
    said.seal(care, HERON)
    said.save()


def draft() -> Draft:
    return Draft(HERON, None, uuid.uuid4())


def test_no_command_prints_what_somebody_wrote(
    people, tmp_path, settings, capfd, caplog, monkeypatch
):
    monkeypatch.setattr(dumps, "write", lambda alias, path: path.write_text(alias))
    caplog.set_level("DEBUG")
    runs = here(people, tmp_path)
    assert set(runs) == {
        name for name, app in get_commands().items() if str(app).partition(".")[0] in OURS
    }
    said = {}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.PORT = taken.getsockname()[1]
        for name, run in runs.items():
            run()
            said[name] = "".join(capfd.readouterr())
    assert [name for name, text in said.items() if "heron" in text.lower()] == []
    assert "heron" not in caplog.text.lower()
    assert [name for name, text in said.items() if people["therapist"].email in text] == []
    assert [name for name, text in said.items() if not text] == []
