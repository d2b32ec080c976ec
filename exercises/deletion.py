"""Deleting what one wrote: hidden at once, undone within 30 seconds, then purged for good.

The order of commits: hidden, noted in the ledger of what was erased, deleted. What is hidden and
can no longer be undone is purged by its author's next request, by ``finish_erasures`` at latest.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from exercises import shown
from exercises.models import Answer, Keepsake, Own, Pulse, Reading, Revision, WeekNote
from trustbook.accounts.models import User
from trustbook.lib import ledger, sqlite_log

UNDO = timedelta(seconds=30)
WORDS: dict[str, type[Own]] = {
    "answer": Answer,
    "pulse": Pulse,
    "note": WeekNote,
    "keepsake": Keepsake,
}
"""What the ledger calls a row of each table."""


def hide(row: Own, seen: uuid.UUID) -> bool:
    """From now on nobody is shown ``row``; False, and nothing done, where it is not as it was seen.

    ``seen`` is the newest revision that its author was told about. Sharing ends with it, and
    taking it back does not begin that again.
    """
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    whose: User = row.author
    return bool(shown.hide(whose, rows.filter(head_id=seen), deleted_at=timezone.now()))


@dataclass(frozen=True)
class Undone:
    """Where the text stands again; ``beside_newer`` where its author had written anew meanwhile."""

    row: Own
    beside_newer: bool


def undo(row: Own, author: User) -> Undone | None:
    """Shows a hidden row again with its history; None when it is too late.

    A text that was written in its place meanwhile stays the newest of the two.
    """
    try:
        return _undo(row, author)
    except IntegrityError:  # The first save of a new text was committed a moment ago.
        return _undo(row, author)


def _undo(row: Own, author: User) -> Undone | None:
    kept: Any = type(row)
    with transaction.atomic():
        shown.lock(author)
        still = kept.hidden.filter(pk=row.pk, deleted_at__gt=timezone.now() - UNDO)
        found = still.select_for_update().first()
        if found is None:
            return None
        place = {field: getattr(found, field) for field in kept.where}
        newer = kept.objects.filter(author=author, **place).select_for_update().first()
        found.deleted_at = None
        if newer is not None:
            # Its row goes, and what shows it would go without a word in the ledger, or by halves.
            shown.end(author, kept, [newer.pk])
            _move(newer, found, author)
        found.save(update_fields=["deleted_at", "head"])
    if newer is not None:
        # Afterwards: a line too early would delete the text if this were not committed.
        ledger.append(settings.LEDGER, _lines(kept, [newer.pk]))
    return Undone(found, newer is not None)


def _move(source: Any, target: Any, author: User) -> None:
    """Gives ``target`` all revisions of ``source``, which is deleted, and its newest as the newest.

    They keep their ids, so that a page on which somebody writes goes on from where it is.
    """
    revisions = list(source.revisions.order_by(*source.revisions.model.order))
    opened = [source.open(revision, author) for revision in revisions]
    type(source)._base_manager.filter(pk=source.pk).delete()
    used = set(target.revisions.values_list("token", flat=True))
    for old, said in zip(revisions, opened, strict=True):
        new: Revision = target.revisions.model(
            id=old.pk,
            row=target,
            base=old.base,
            token=uuid.uuid4() if old.token in used else old.token,
            aside=old.aside,
            **old.dated,
        )
        target.seal(new, author, said.prompt, said.value)
        new.save(force_insert=True)
    target.head_id = source.head_id


def purge_now(row: Own) -> None:
    """Purges one hidden row without waiting; first of all, it can no longer be undone."""
    rows = type(row).hidden.filter(pk=row.pk)
    rows.update(deleted_at=timezone.now() - UNDO)
    purge(author=row.author_id)


def delete_lessons(author: User, lesson_ids: Collection[str]) -> int:
    """Deletes a person's answers to these lessons and how far they were read, for good, at once."""
    answers = Answer.objects.filter(author=author, lesson_id__in=lesson_ids)
    shown.hide(author, answers, deleted_at=timezone.now() - UNDO)
    Reading.objects.filter(reader=author, lesson_id__in=lesson_ids).delete()
    return purge(author=author)


def purge(**whose: Any) -> int:
    """Deletes what is hidden and can no longer be undone, with all revisions; how many rows."""
    due = timezone.now() - UNDO
    purged = sum(_purge(kept, due, whose) for kept in WORDS.values())
    if purged:
        sqlite_log.forget("default")
    return purged


def _purge(kept: type[Own], due: datetime, whose: dict[str, Any]) -> int:
    """One table. The ledger knows of the rows before they are gone."""
    with transaction.atomic():
        rows = kept.hidden.filter(deleted_at__lte=due, **whose).select_for_update()
        ids = list(rows.values_list("pk", flat=True))
        ledger.append(settings.LEDGER, _lines(kept, ids))
        _delete(kept, ids)
    return len(ids)


def forget(what: str, ids: Collection[uuid.UUID]) -> int | None:
    """Deletes the rows with these ids that are there, after a restore; None for another's word."""
    kept = WORDS.get(what)
    return None if kept is None else _delete(kept, ids)


def _delete(kept: type[Own], ids: Collection[uuid.UUID]) -> int:
    """Deletes rows, hidden or not, with their revisions; how many rows there were."""
    wanted, deleted = list(ids), 0
    with transaction.atomic():
        for start in range(0, len(wanted), 500):
            rows = kept._base_manager.filter(pk__in=wanted[start : start + 500])
            _, counts = rows.delete()
            deleted += counts.get(kept._meta.label, 0)
    return deleted


def _lines(kept: type[Own], ids: Iterable[uuid.UUID]) -> list[ledger.Entry]:
    return [(word, row) for word, model in WORDS.items() if model is kept for row in ids]
