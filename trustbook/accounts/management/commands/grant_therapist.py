"""``manage.py grant_therapist EMAIL``: give somebody the role of a therapist."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from trustbook.accounts.management.people import person_with
from trustbook.accounts.models import Session, User
from trustbook.accounts.therapists import strong_steps


class Command(BaseCommand):
    """Once you have made sure who they are: clients will rely on it. May be repeated."""

    help = "Makes somebody a therapist. Ends their sessions, because a therapist's are short."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address."""
        parser.add_argument("email", help="with which they sign in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Prints whether anything changed, and what they still need."""
        person = person_with(email)
        if granted(person):
            self.stdout.write("This person is a therapist now, and has to sign in again.")
        else:
            self.stdout.write("This person is a therapist already; nothing has changed.")
        if not person.is_active:
            self.stdout.write("The account is disabled: `enable_user` lets them sign in.")
        if not strong_steps(person):
            self.stdout.write(
                "They have no passkey and no authenticator app yet. Until they set one up, under "
                "Account, Security, the pages about clients stay closed."
            )


def granted(person: User) -> bool:
    """Gives the role; False where it was there. The next session rests for 30 minutes at most."""
    with transaction.atomic():
        changed = User.objects.filter(pk=person.pk, is_therapist=False).update(is_therapist=True)
        if changed:
            Session.objects.filter(user=person).delete()
    return bool(changed)
