"""Inviting by mail: a letter that says nothing of whose it is, and never being written to again."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from exercises.invitations import marks
from exercises.invitations.made import Made
from exercises.models import NeverWrite
from trustbook.accounts.models import User
from trustbook.lib.outbox import posting

SUBJECT = "An invitation"


def send(person: User, to: str, made: Made, *, at_once: bool = True) -> None:
    """Writes to an address that wants mail, in the caller's transaction."""
    if not is_never_written_to(to):
        posting.post(person, letter(to, made), at_once=at_once)


def letter(to: str, made: Made) -> EmailMessage:
    """What an invitation by mail says. ASCII, so that it stays as it is."""
    never = reverse("together:never_write", args=[marks.never_token(to)])
    context = {"link": made.link, "never": settings.SITE_ORIGIN + never}
    return EmailMessage(SUBJECT, render_to_string(made.kind.letter, context), to=[to])


def is_never_written_to(address: str) -> bool:
    """Whether the owner of an address has asked for that."""
    known = marks.marks("address", address.lower())
    return NeverWrite.objects.filter(address_mark__in=known).exists()


def never_write(token: str) -> None:
    """No invitation goes to the address that ``token`` is about; a wrong one does nothing."""
    mark = marks.mark_in(token)
    if mark is not None:
        NeverWrite.objects.bulk_create([NeverWrite(address_mark=mark)], ignore_conflicts=True)
