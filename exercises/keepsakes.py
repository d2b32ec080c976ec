"""What each of two people keeps, when they part, of what they wrote together: undated copies."""

import uuid

from exercises.models import Couple, JointAnswer, Keepsake, KeepsakeRevision, Kept, Revision
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User


def copy_for(person: User, couple: Couple) -> None:
    """Copies all joint answers under the person's own key; what is copied already stays.

    Where one of the two keys is gone, as in a restored backup that is newer than its keys, there
    is nothing that could be copied.
    """
    known = set(Keepsake._base_manager.filter(author=person).values_list("source", flat=True))
    pieces = JointAnswer.objects.of(couple).prefetch_related("revisions")
    for piece in pieces:
        if piece.pk in known:
            continue
        try:
            _copy(person, couple, piece)
        except KeyGone:
            return


def _copy(person: User, couple: Couple, piece: JointAnswer) -> None:
    """The newest text, and beside it those that were kept aside."""
    keepsake = Keepsake(
        author=person,
        lesson_id=piece.lesson_id,
        prompt_id=piece.prompt_id,
        source=piece.pk,
        head_id=uuid.uuid4(),
    )
    kept = [
        _sealed(keepsake, revision, person, couple, piece)
        for revision in piece.revisions.all()
        if revision.aside or revision.pk == piece.head_id
    ]
    keepsake.save(force_insert=True)
    for revision in kept:
        revision.save(force_insert=True)


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
