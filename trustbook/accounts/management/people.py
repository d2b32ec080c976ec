"""Whom an operator's command is about."""

from django.core.management.base import CommandError

from trustbook.accounts.models import User

UNKNOWN = (
    "No account has this address. It is the one with which the person signs in, and it stands on "
    "their page “Settings”; who has no account yet makes one first, at /accounts/signup/."
)
BEING_DELETED = (
    "This account is being deleted, and that cannot be undone. `finish_erasures` completes it."
)


def person_with(email: str) -> User:
    """The person with this address, however it is capitalised. Raises ``CommandError``."""
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise CommandError(UNKNOWN)
    if person.erasing:
        raise CommandError(BEING_DELETED)
    return person
