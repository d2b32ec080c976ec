"""How two people come to share a workbook, and how that ends.

Leaving, in steps that each commit (the order is in trustbook/README.md): what was shared ends and
joint pieces are copied, in one commit; then the couple's key goes; then its rows. After the first
step neither is shown anything of the other; ``finish`` completes the rest after a crash.
"""

import uuid
from collections.abc import Callable, Collection
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from exercises import shown
from exercises.keepsakes import copy_for
from exercises.models import CareLink, Couple, Invitation, Membership, Parted, Ready, Share
from exercises.promise_keepsakes import copy_promises_for
from trustbook.accounts.keys import vault
from trustbook.accounts.models import User
from trustbook.lib import sqlite_log

WORD = "couple"
"""What the ledger calls a couple that ended: no backup brings it together again."""


class NotFree(Exception):
    """One of the two shares a workbook already, or may not be joined."""

    says_nothing_private = True


def locked(*people: User) -> list[User]:
    """Those who can still do something, as they are now and locked until the commit.

    Always in the same order, so that of two who do something at once neither waits for ever.
    """
    rows = User.objects.select_for_update(no_key=True).filter(is_active=True)
    return list(rows.filter(pk__in=[person.pk for person in people]).order_by("pk"))


def make_couple(one: User, other: User, still: Callable[[], bool] = lambda: True) -> Couple:
    """A workbook of two. Its key is committed first; then, in one commit, all that names it.

    ``still`` is asked in that commit, once both are locked, whether it may be done. Raises
    ``NotFree``, with nothing done.
    """
    key = vault.make_key()
    try:
        with transaction.atomic():
            people = locked(one, other)
            if len(people) != 2 or not _free(people) or not still():
                raise NotFree
            return _joined(people, key, timezone.localdate(timezone=one.zone))
    except (IntegrityError, NotFree):
        vault.destroy_key(key)
        raise NotFree from None


def _free(people: list[User]) -> bool:
    """Whether two people may share a workbook: neither shares one, nor is the other's therapist."""
    together = Couple.objects.of(*people).exists()
    return not (together or CareLink.objects.between(*people).exists())


def _joined(people: list[User], key: uuid.UUID, since: date) -> Couple:
    couple = Couple.objects.create(data_key_id=key, since=since)
    Membership.objects.bulk_create(
        Membership(couple=couple, person=person, known_as=person.email) for person in people
    )
    Invitation.objects.to_couple().filter(inviter__in=people).delete()
    Parted.objects.filter(person__in=people, other__in=people).delete()
    return couple


def leave(person: User) -> bool:
    """Ends the couple in which ``person`` is, for both, at once; False where there is none."""
    couple = Couple.objects.of(person).first()
    if couple is None:
        return False
    end(couple)
    return True


def end(couple: Couple) -> None:
    """All steps of leaving. Called again, by both or after a crash, it completes them."""
    if _part(couple):
        _destroy(couple)


def _part(couple: Couple) -> bool:
    """Step one, in one commit; False where somebody else has completed all of them."""
    with transaction.atomic():
        locked = Couple.objects.select_for_update().filter(pk=couple.pk).first()
        if locked is None:
            return False
        members = list(locked.memberships.filter(ended_at=None).select_related("person"))
        people = [membership.person for membership in members]
        shown.note([(WORD, locked.pk)])
        for person in people:
            copy_for(person, locked)
            copy_promises_for(person, locked)
        Share.objects.filter(couple=locked).delete()
        Ready.objects.filter(couple=locked).delete()
        Parted.objects.bulk_create(
            [Parted(person=one, other=two) for one in people for two in people if one != two],
            ignore_conflicts=True,
        )
        locked.memberships.filter(ended_at=None).update(ended_at=timezone.now())
    return True


def _destroy(couple: Couple) -> None:
    """Steps two and three."""
    vault.destroy_key(couple.data_key_id)
    sqlite_log.forget("keys")
    couple.delete()
    sqlite_log.forget("default")


def finish() -> int:
    """Completes every leaving that a crash left; how many."""
    begun = Couple.objects.exclude(memberships__ended_at=None)
    ended = list(begun)
    for couple in ended:
        end(couple)
    return len(ended)


def drop_old_invitations() -> None:
    """Deletes what can no longer be accepted by anybody."""
    Invitation.objects.too_old().delete()


def forget(ids: Collection[uuid.UUID]) -> int:
    """Ends the couples with these ids that a restored backup brought back; how many."""
    found = [couple for couple in Couple.objects.iterator() if couple.pk in ids]
    for couple in found:
        end(couple)
    return len(found)
