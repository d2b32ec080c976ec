"""What a client does to have a therapist here."""

from exercises import access, carelinks
from exercises.invitations.marks import Handed
from exercises.models import CareLink, Invitation
from trustbook.accounts.models import User


def invitation_for(person: User, handed: Handed) -> Invitation | None:
    """What was handed to ``person``, if they may accept it; None without a reason if not."""
    found = access.client_invitation_for(person, handed.where)
    return found if found and carelinks.may_be_linked(found.inviter, person) else None


def accept(person: User, invitation: Invitation) -> None:
    """From now on ``person`` is the client of whoever invites, and the invitation is used up.

    What is left of an earlier therapist whose account is closed ends with it, and only then. Raises
    ``carelinks.NotPossible`` where it is gone by now, or the person is somebody's client.
    """

    rested: list[CareLink] = []

    def still() -> bool:
        where = {"pk": invitation.pk}
        if access.client_invitation_for(person, where, lock=True) is None:
            return False
        rested.extend(carelinks.part_resting(person))
        return True

    assert invitation.file  # noqa: S101 - for the type checker
    carelinks.make_link(invitation.file, person, still)
    for link in rested:
        carelinks.end(link)
