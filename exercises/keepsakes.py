"""What each of two people keeps, when they part, of what they wrote together: undated copies."""

import logging
import uuid
from typing import Any

from django.db.models import F, Prefetch, Q

from exercises.models import (
    Couple,
    JointAnswer,
    JointRevision,
    Keepsake,
    KeepsakeRevision,
    Kept,
    Revision,
)
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.lib.encryption import Unreadable

AT_ONCE = 20
"""Pieces in memory; of each, only what is copied."""
logger = logging.getLogger(__name__)


def copy_for(person: User, couple: Couple) -> None:
    """Copies what the two wrote under the person's own key; what is copied already stays.

    What cannot be opened cannot be copied, and keeps nobody from leaving: where one of the two
    keys is gone, as in a restored backup that is newer than its keys, that is everything.
    """
    known = set(Keepsake._base_manager.filter(author=person).values_list("source", flat=True))
    kept = JointRevision.objects.filter(Q(aside=True) | Q(pk=F("row__head")))
    pieces: Any = JointAnswer.objects.of(couple).exclude(pk__in=known)
    pieces = pieces.prefetch_related(Prefetch("revisions", kept, to_attr="kept"))
    for piece in pieces.iterator(chunk_size=AT_ONCE):
        try:
            _copy(person, couple, piece, piece.kept)
        except KeyGone:
            return
        except Unreadable:
            logger.error("A joint answer could not be opened, so nobody has a copy of it.")


def _copy(person: User, couple: Couple, piece: JointAnswer, revisions: list[JointRevision]) -> None:
    """The newest text, and beside it those that were kept aside."""
    keepsake = Keepsake.of_piece(piece.pk, person, piece.lesson_id, piece.prompt_id)
    kept = [_sealed(keepsake, revision, person, couple, piece) for revision in revisions]
    keepsake.save(force_insert=True)
    KeepsakeRevision.objects.bulk_create(kept)


def _sealed(
    keepsake: Keepsake, old: Revision, person: User, couple: Couple, piece: Kept
) -> KeepsakeRevision:
    newest = old.pk == piece.head_id
    new = KeepsakeRevision(
        id=keepsake.head_id if newest else uuid.uuid4(),
        row=keepsake,
        token=uuid.uuid4(),
        aside=not newest,
    )
    opened = piece.open(old, couple)
    keepsake.seal(new, person, opened.prompt, opened.value)
    return new
