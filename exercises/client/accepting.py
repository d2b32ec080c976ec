"""What a client does to have a therapist here."""

from exercises import access, carelinks
from exercises.invitations.marks import Handed
from exercises.models import Invitation
from trustbook.accounts.models import User


def invitation_for(person: User, handed: Handed) -> Invitation | None:
    """What was handed to ``person``, if they may accept it; None without a reason if not."""
    found = access.client_invitation_for(person, handed.where)
    return found if found and carelinks.may_be_linked(found.inviter, person) else None


def accept(person: User, invitation: Invitation) -> None:
    """From now on ``person`` is the client of whoever invites, and the invitation is used up.

    What is left of an earlier therapist whose account is closed ends with it. Raises
    ``carelinks.NotPossible`` where it is gone by now, or the person is somebody's client.
    """

    def still() -> bool:
        where = {"pk": invitation.pk}
        return access.client_invitation_for(person, where, lock=True) is not None

    carelinks.end_resting(person)
    assert invitation.file  # noqa: S101 - for the type checker
    carelinks.make_link(invitation.file, person, still)
