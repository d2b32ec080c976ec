"""What a therapist does to invite clients.

An invitation follows from the form on which it is made, by a token that stands there: the same form
sent twice makes one, and shows it twice. Nothing else can show it again, for nothing of it is kept.
"""

import hmac
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exercises.clientfiles import end_what_rests
from exercises.couples import locked
from exercises.invitations import letters
from exercises.invitations.made import Kind, Made
from exercises.models import ClientFile, Invitation
from trustbook.accounts.models import User

MOST_OPEN = 200
"""Invitations of one therapist at a time."""
TO_BE_A_CLIENT = Kind("client:welcome", "email/invitation_to_client.txt")


class TooMany(Exception):
    """More invitations would be open than there may be; ``left`` is how many more there can be."""

    says_nothing_private = True

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left


class Linked(Exception):
    """The client of this file is one already."""

    says_nothing_private = True


@dataclass(frozen=True)
class Draft:
    """A client to be invited: a file that is not there yet, and how it will be opened."""

    file: uuid.UUID
    label: str
    to: str
    made: Made


def drafted(therapist: User, token: str, label: str, to: str) -> Draft:
    """What a form with this token makes of a label and an address; another label, another file."""
    about = "\0".join((str(therapist.pk), token, label, to)).encode()
    file = hmac.digest(settings.SECRET_KEY.encode(), b"client file " + about, "sha256")[:16]
    made = Made.of(TO_BE_A_CLIENT, about)
    return Draft(uuid.UUID(bytes=file, version=4), label, to, made)


def already(therapist: User, drafts: Iterable[Draft]) -> set[uuid.UUID]:
    """Which files are there, because their form was sent before."""
    ids = [draft.file for draft in drafts]
    rows = ClientFile.objects.filter(therapist=therapist, pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def still_open(therapist: User, drafts: Iterable[Draft]) -> dict[uuid.UUID, datetime]:
    """Of the same, those whose invitation can still be accepted as it was made, and until when."""
    marks = [draft.made.secret.mark for draft in drafts]
    rows = Invitation.objects.to_clients().open().filter(inviter=therapist, secret_mark__in=marks)
    return {row.file_id: row.until for row in rows if row.file_id}


def invite(therapist: User, drafts: Sequence[Draft]) -> None:
    """Makes files and invitations, all or none, and writes to the addresses that want mail.

    Raises ``TooMany``, with nothing done.
    """
    today = timezone.localdate(timezone=therapist.zone)
    with transaction.atomic():
        locked(therapist)
        there = already(therapist, drafts)
        new = [draft for draft in drafts if draft.file not in there]
        _make_room(therapist, len(new))
        for draft in new:
            file = ClientFile(pk=draft.file, therapist=therapist, made_on=today)
            file.seal_label(therapist, draft.label)
            file.save(force_insert=True)
            _open(therapist, file, draft.made, draft.to, at_once=len(new) == 1)


def invite_again(therapist: User, file: ClientFile, token: str, to: str) -> Made:
    """An invitation for a file that has no client; one that was open opens nothing any more.

    Raises ``Linked`` or ``TooMany``, with nothing done.
    """
    end_what_rests(file)
    about = "\0".join((str(therapist.pk), token, str(file.pk), to))
    with transaction.atomic():
        locked(therapist)
        found = ClientFile.objects.select_for_update().get(pk=file.pk)
        if found.link_id:
            raise Linked
        if earlier := Invitation.objects.filter(file=found).first():
            made = _made_for(earlier.pk, about)
            if made.secret.mark == bytes(earlier.secret_mark):
                return made
            earlier.delete()
        _make_room(therapist, 1)
        row = uuid.uuid4()
        made = _made_for(row, about)
        _open(therapist, found, made, to, row=row)
    return made


def _made_for(row: uuid.UUID, about: str) -> Made:
    """Bound to its row: once that is gone, the same form makes another link and another code."""
    return Made.of(TO_BE_A_CLIENT, f"{row}\0{about}".encode())


def _make_room(therapist: User, wanted: int) -> None:
    left = MOST_OPEN - Invitation.objects.to_clients().open().filter(inviter=therapist).count()
    if wanted > left:
        raise TooMany(left)


def _open(
    therapist: User,
    file: ClientFile,
    made: Made,
    to: str,
    *,
    at_once: bool = True,
    row: uuid.UUID | None = None,
) -> None:
    Invitation.objects.create(pk=row or uuid.uuid4(), inviter=therapist, file=file, **made.fields)
    if to:
        letters.send(therapist, to, made, at_once=at_once)


def withdraw(therapist: User, file: ClientFile) -> None:
    """From now on the invitation of this file opens nothing; whoever has accepted it stays."""
    with transaction.atomic():
        locked(therapist)
        Invitation.objects.filter(file=file).delete()
