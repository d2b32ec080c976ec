"""Who may see, withdraw and accept which invitation to share a workbook."""

import uuid
from collections.abc import Mapping

from django.http import Http404

from exercises.models import Invitation, Parted
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
