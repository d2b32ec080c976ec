"""A therapist's private notes about a client, one a day; nobody else ever sees them."""

import uuid
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import transaction

from exercises import access
from exercises.models import ClientFile, SessionNote
from exercises.recording import Draft, Recorded, record
from lessons.kinds import BasePrompt, Text
from trustbook.accounts.models import User
from trustbook.lib import ledger, sqlite_log

WORD = "sessionnote"
"""What the ledger calls a note that was deleted: no backup brings it back."""
NOTE = Text(id="note", kind="text", ask="Your note")


def save(
    therapist: User, file: uuid.UUID, day: date, prompt: BasePrompt, draft: Draft
) -> Recorded | None:
    """Keeps what was typed. Raises ``Http404`` where the file is gone; then nothing is kept."""
    with transaction.atomic():
        found = access.locked_file(therapist, file)
        return record(SessionNote, {"file": found, "day": day}, therapist, prompt, draft)


def delete(therapist: User, file: ClientFile, day: date, seen: uuid.UUID) -> bool:
    """Deletes a note with all its versions; False, and nothing done, where it is not as ``seen``.

    Noted in the ledger first: if that cannot be written, nothing is deleted (``OSError``).
    """
    with transaction.atomic():
        found = access.locked_file(therapist, file.pk)
        row = access.written_session_note(found, day)
        if row.head_id != seen:
            return False
        ledger.append(settings.LEDGER, [(WORD, row.pk)])
        row.delete()
    sqlite_log.forget("default")
    return True


def forget(ids: Collection[uuid.UUID]) -> int:
    """Deletes those of ``ids`` that a restored backup has brought back; how many."""
    _, gone = SessionNote.objects.filter(pk__in=list(ids)).delete()
    sqlite_log.forget("default")
    return gone.get(SessionNote._meta.label, 0)
