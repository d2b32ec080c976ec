"""``manage.py revoke_therapist EMAIL``: take the role of a therapist from somebody."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exercises import carelinks
from exercises.models import CareLink, Invitation
from trustbook.accounts.management.people import person_with
from trustbook.accounts.models import User


class Command(BaseCommand):
    """From the next request on they see nothing of any client. May be repeated."""

    help = "Takes the role of a therapist from somebody, and ends what links them with clients."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address."""
        parser.add_argument("email", help="with which they sign in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Prints how many links ended; completes what a crash left of an earlier time."""
        person = person_with(email)
        changed = User.objects.filter(pk=person.pk, is_therapist=True).update(is_therapist=False)
        links = list(CareLink.objects.filter(therapist=person))
        for link in links:
            carelinks.end(link)
        withdrawn = Invitation.objects.to_clients().filter(inviter=person).delete()[0]
        begins = "is no longer a therapist" if changed else "was no therapist when this began"
        self.stdout.write(
            f"This person {begins}. Clients no longer linked: {len(links)}. "
            f"Invitations withdrawn: {withdrawn}. "
            "Their own files and notes stay theirs, in “Your data”."
        )
