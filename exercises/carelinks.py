"""How a therapist comes to have a client, and how that ends.

Ending, in steps that each commit, as with a couple: in one commit the ledger is told, the client
gets copies and nothing is shared any more; then the link's key goes; then its rows. After the first
step neither sees anything of the other; ``finish`` completes the rest after a crash.
"""

import uuid
from collections.abc import Callable, Collection
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from exercises import shown
from exercises.care_keepsakes import copy_care_for
from exercises.couples import locked
from exercises.models import CareLink, ClientFile, Couple, Invitation, Membership, Parted, Share
from trustbook.accounts.keys import vault
from trustbook.accounts.models import User
from trustbook.lib import sqlite_log

WORD = "care"
"""What the ledger calls a link that ended: no backup brings it back."""


class NotPossible(Exception):
    """One of the two cannot be linked so, or not with the other."""

    says_nothing_private = True


def may_be_linked(therapist: User, client: User) -> bool:
    """Whether the one can be the other's therapist: not their own, and never in one couple."""
    if therapist == client or not therapist.is_therapist:
        return False
    two = (therapist, client)
    together = Membership.objects.filter(person=client, couple__in=Couple.objects.of(therapist))
    apart = Parted.objects.filter(person__in=two, other__in=two)
    return not (together.exists() or apart.exists())


def make_link(file: ClientFile, client: User, still: Callable[[], bool] = lambda: True) -> CareLink:
    """From now on ``client`` is the client of ``file``. The key is committed first.

    ``still`` is asked in the commit, once both people are locked, whether it may be done. Raises
    ``NotPossible``, with nothing done.
    """
    key = vault.make_key()
    try:
        with transaction.atomic():
            people = {person.pk: person for person in locked(file.therapist, client)}
            if len(people) != 2:
                raise NotPossible
            therapist, client = people[file.therapist_id], people[client.pk]
            if not may_be_linked(therapist, client) or not still():
                raise NotPossible
            return _linked(file, therapist, client, key)
    except (IntegrityError, NotPossible):
        vault.destroy_key(key)
        raise NotPossible from None


def _linked(file: ClientFile, therapist: User, client: User, key: uuid.UUID) -> CareLink:
    link = CareLink.objects.create(
        therapist=therapist, client=client, data_key_id=key, since=_today(client)
    )
    free = ClientFile.objects.filter(pk=file.pk, link=None)
    if not free.update(link=link, began_on=_today(therapist)):
        raise NotPossible
    Invitation.objects.filter(file=file).delete()
    return link


def _today(person: User) -> date:
    return timezone.localdate(timezone=person.zone)


def end(link: CareLink) -> None:
    """All steps. Called again, by both or after a crash, it completes them."""
    if _part(link):
        vault.destroy_key(link.data_key_id)
        sqlite_log.forget("keys")
        link.delete()
        sqlite_log.forget("default")


def _part(link: CareLink) -> bool:
    """Step one, in one commit; False where somebody else has completed all of them."""
    with transaction.atomic():
        people = CareLink.objects.select_related("client", "therapist")
        row = people.select_for_update(of=("self",)).filter(pk=link.pk).first()
        if row is None:
            return False
        shown.note([(WORD, row.pk)])
        if row.ended_at is None:
            copy_care_for(row.client, row)
        shown.withdraw(Share.objects.filter(care=row))
        CareLink.objects.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now())
    return True


def end_all_of(person: User) -> int:
    """Ends every link of a person, as client and as therapist; how many."""
    links = [*CareLink.objects.filter(client=person), *CareLink.objects.filter(therapist=person)]
    for link in links:
        end(link)
    return len(links)


def end_as_client(person: User) -> None:
    """Ends what a client has, also where it does not hold because their therapist's role rests."""
    for link in CareLink.objects.filter(client=person):
        end(link)


def part_resting(person: User) -> list[CareLink]:
    """Step one for what a client has that does not hold, inside the caller's commit.

    ``end`` completes it, once that is certain: it destroys the key, which no rollback brings back.
    """
    live = CareLink.objects.live().filter(client=person)
    found = CareLink.objects.filter(client=person).exclude(pk__in=live.values("pk"))
    return [link for link in found if _part(link)]


def finish() -> int:
    """Completes every ending that a crash left; how many."""
    ended = list(CareLink.objects.exclude(ended_at=None))
    for link in ended:
        end(link)
    return len(ended)


def forget(ids: Collection[uuid.UUID]) -> int:
    """Ends the links with these ids that a restored backup brought back; how many."""
    found = [link for link in CareLink.objects.iterator() if link.pk in ids]
    for link in found:
        end(link)
    return len(found)
