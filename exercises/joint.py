"""Deleting what two people wrote together: for both, at once, and in no backup any more."""

import uuid
from collections.abc import Collection

from exercises import shown
from exercises.models import Couple, JointAnswer
from trustbook.lib import sqlite_log

WORD = "joint"
"""What the ledger calls a joint answer that was deleted."""


def delete(couple: Couple, row: JointAnswer, seen: uuid.UUID) -> bool:
    """Deletes ``row`` with all versions; False, and nothing done, where it is not as it was seen.

    The caller has locked the couple, in a transaction; ``sqlite_log.forget`` comes after it.
    """
    there = JointAnswer.objects.filter(pk=row.pk, couple=couple, head_id=seen)
    if not there.exists():
        return False
    shown.note([(WORD, row.pk)])
    there.delete()
    return True


def forget(ids: Collection[uuid.UUID]) -> int:
    """Deletes those of ``ids`` that a restored backup has brought back; how many."""
    _, gone = JointAnswer.objects.filter(pk__in=list(ids)).delete()
    sqlite_log.forget("default")
    return gone.get(JointAnswer._meta.label, 0)
