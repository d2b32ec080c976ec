"""What a person does to come together with somebody."""

from django.db import transaction

from exercises import access, couples
from exercises.invitations import letters
from exercises.invitations.made import Kind, Made
from exercises.models import Invitation
from trustbook.accounts.models import User

MOST_OPEN = 5
"""Invitations of one person at a time."""
TO_SHARE = Kind("together:welcome", "email/invitation.txt")


class TooMany(Exception):
    """As many invitations are open as there may be."""

    says_nothing_private = True


def invite(person: User, *, again: bool, to: str = "") -> Made:
    """Makes an invitation, and writes to an address where one is given and wants mail.

    Raises ``TooMany`` or ``couples.NotFree``, with nothing done.
    """
    made = Made.anew(TO_SHARE)
    with transaction.atomic():
        if not couples.locked(person) or access.couple_of(person):
            raise couples.NotFree
        if len(access.own_invitations(person)) >= MOST_OPEN:
            raise TooMany
        Invitation.objects.create(inviter=person, again=again, **made.fields)
        if to:
            letters.send(person, to, made)
    return made


def accept(person: User, invitation: Invitation, *, again: bool) -> None:
    """The two share a workbook from now on, and the invitation is used up.

    Raises ``couples.NotFree`` where one of them shares one by now, or the invitation is gone.
    """

    def still() -> bool:
        where = {"pk": invitation.pk}
        return access.invitation_for(person, where, again=again, lock=True) is not None

    couples.make_couple(invitation.inviter, person, still)
