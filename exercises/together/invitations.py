"""What a person does to come together with somebody."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from exercises import access, couples
from exercises.models import Invitation, NeverWrite
from exercises.together import marks
from exercises.together.marks import Handed
from trustbook.accounts.models import User
from trustbook.lib.outbox import posting

MOST_OPEN = 5
"""Invitations of one person at a time."""
SUBJECT = "An invitation"


class TooMany(Exception):
    """As many invitations are open as there may be."""

    says_nothing_private = True


@dataclass(frozen=True)
class Made:
    """An invitation that was just made; nothing else will ever show how it is accepted."""

    secret: Handed = field(default_factory=marks.new_secret)
    code: Handed = field(default_factory=marks.new_code)

    @property
    def link(self) -> str:
        """Leads to a public page. What follows the # reaches no server and no log."""
        return f"{settings.SITE_ORIGIN}{reverse('together:welcome')}#{self.secret.text}"

    @property
    def read_aloud(self) -> str:
        """The code in groups."""
        return marks.grouped(self.code.text)


def invite(person: User, *, again: bool, to: str = "") -> Made:
    """Makes an invitation, and writes to an address where one is given and wants mail.

    Raises ``TooMany`` or ``couples.NotFree``, with nothing done.
    """
    made = Made()
    with transaction.atomic():
        if not couples.locked(person) or access.couple_of(person):
            raise couples.NotFree
        if len(access.own_invitations(person)) >= MOST_OPEN:
            raise TooMany
        Invitation.objects.create(
            inviter=person, secret_mark=made.secret.mark, code_mark=made.code.mark, again=again
        )
        if to and not is_never_written_to(to):
            posting.post(person, letter(to, made))
    return made


def letter(to: str, made: Made) -> EmailMessage:
    """What an invitation by mail says: nothing of whose it is. ASCII, so that it stays as it is."""
    never = reverse("together:never_write", args=[marks.never_token(to)])
    context = {"link": made.link, "never": settings.SITE_ORIGIN + never}
    return EmailMessage(SUBJECT, render_to_string("email/invitation.txt", context), to=[to])


def is_never_written_to(address: str) -> bool:
    """Whether the owner of an address has asked for that."""
    known = marks.marks("address", address.lower())
    return NeverWrite.objects.filter(address_mark__in=known).exists()


def never_write(token: str) -> None:
    """No invitation goes to the address that ``token`` is about; a wrong one does nothing."""
    mark = marks.mark_in(token)
    if mark is not None:
        NeverWrite.objects.bulk_create([NeverWrite(address_mark=mark)], ignore_conflicts=True)


def accept(person: User, invitation: Invitation, *, again: bool) -> None:
    """The two share a workbook from now on, and the invitation is used up.

    Raises ``couples.NotFree`` where one of them shares one by now, or the invitation is gone.
    """

    def still() -> bool:
        where = {"pk": invitation.pk}
        return access.invitation_for(person, where, again=again, lock=True) is not None

    couples.make_couple(invitation.inviter, person, still)
