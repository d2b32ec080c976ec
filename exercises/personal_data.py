"""What a person wrote, in taking everything along and in ending everything."""

import uuid
from collections.abc import Collection
from typing import Any

from exercises import deletion
from exercises.chapters import chapters_of
from exercises.exported import DOCUMENT, data_of
from exercises.imported import checked
from exercises.models import Reading
from trustbook.accounts.models import User
from trustbook.lib.export import Bringing, Part
from trustbook.lib.personal_data import EXPORTED, Fields, unexported

ROW = unexported("tells rows apart, and says nothing")
KEPT = {
    "id": EXPORTED,
    "author": ROW,
    "head": EXPORTED,
    "deleted_at": unexported("stands only on what was deleted, which nobody is shown any more"),
}
REVISION = {
    "id": EXPORTED,
    "row": ROW,
    "base": EXPORTED,
    "token": unexported("tells a save from its repetition; of no use once it was answered"),
    "aside": EXPORTED,
    "sealed": EXPORTED,
    "saved_at": EXPORTED,
}

FIELDS: Fields = {
    "exercises.Answer": {**KEPT, "lesson_id": EXPORTED, "prompt_id": EXPORTED},
    "exercises.AnswerRevision": REVISION,
    "exercises.Pulse": {**KEPT, "week": EXPORTED},
    "exercises.PulseRevision": REVISION,
    "exercises.WeekNote": {**KEPT, "week": EXPORTED},
    "exercises.WeekNoteRevision": REVISION,
    "exercises.Reading": {
        "id": ROW,
        "reader": ROW,
        "lesson_id": EXPORTED,
        "place": EXPORTED,
        "opened_at": EXPORTED,
        "touched_at": EXPORTED,
        "finished_at": EXPORTED,
    },
}


def export_for(person: User) -> Part:
    """This app's part of the export."""
    return Part(data_of(person), chapters_of(person))


def import_for(person: User, document: Any) -> Bringing:
    """Brings answers, weeks and readings in. Raises ``Unfit`` before anything is written."""
    return checked(person, document)


def erase(person: User) -> None:
    """All that was written, hidden or not, and how far the person has read."""
    for kept in deletion.WORDS.values():
        kept._base_manager.filter(author=person).delete()
    Reading.objects.filter(reader=person).delete()


def finish() -> int:
    """Purges what was deleted and can no longer be undone, of everybody."""
    return deletion.purge()


def forget(what: str, ids: Collection[uuid.UUID]) -> int | None:
    """Deletes the answers, weeks or notes that the ledger names."""
    return deletion.forget(what, ids)


__all__ = ["DOCUMENT", "FIELDS", "erase", "export_for", "finish", "forget", "import_for"]
