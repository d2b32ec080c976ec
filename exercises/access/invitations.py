"""Who may see, withdraw and accept which invitation, to share a workbook or to be a client."""

import uuid
from collections.abc import Mapping

from django.http import Http404

from exercises.models import ClientFile, Invitation, Parted
from trustbook.accounts.models import User


def own_invitations(person: User) -> list[Invitation]:
    """A person's invitations that can still be accepted, the oldest first."""
    return list(
        Invitation.objects.to_couple().open().filter(inviter=person).order_by("made_at", "pk")
    )


def own_invitation(person: User, invitation: uuid.UUID) -> Invitation:
    """One of them."""
    found = Invitation.objects.to_couple().open().filter(inviter=person, pk=invitation).first()
    if found is None:
        raise Http404
    return found


def invitation_for(
    person: User, where: Mapping[str, object], *, again: bool, lock: bool = False
) -> Invitation | None:
    """The invitation found so, if ``person`` may accept it; None without a reason if not.

    ``again``: they have said that they may join somebody with whom they shared a workbook before.
    ``lock`` keeps its row until the commit.
    """
    rows = Invitation.objects.to_couple().open()
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(**where).select_related("inviter").first()
    if found is None or found.inviter_id == person.pk or not found.inviter.is_active:
        return None
    two = (found.inviter, person)
    if not (found.again and again) and Parted.objects.filter(person__in=two, other__in=two):
        return None
    return found


def client_invitations(therapist: User) -> list[Invitation]:
    """Those of a therapist that clients can still accept, with their files, the oldest first."""
    rows = Invitation.objects.to_clients().open().filter(inviter=therapist)
    return list(rows.select_related("file").order_by("made_at", "pk"))


def invitation_of(file: ClientFile) -> Invitation | None:
    """The one to become the client of a file, if it can still be accepted."""
    return Invitation.objects.to_clients().open().filter(file=file).first()


def client_invitation_for(
    person: User, where: Mapping[str, object], *, lock: bool = False
) -> Invitation | None:
    """The invitation found so, if it comes from somebody else who is a therapist; None without a
    reason if not. Whether the two may be linked is another question.
    """
    rows = Invitation.objects.to_clients().open().filter(**where)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.select_related("inviter", "file").first()
    if found is None or found.inviter_id == person.pk:
        return None
    return found if found.inviter.is_active and found.inviter.is_therapist else None
