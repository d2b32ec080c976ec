"""``manage.py disable_user EMAIL``: let somebody in no longer, and delete nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from trustbook.accounts.management.people import person_with
from trustbook.accounts.models import Session, User


class Command(BaseCommand):
    """``enable_user`` takes it back. May be repeated."""

    help = "Disables an account: its sessions end at once, nothing is deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address."""
        parser.add_argument("email", help="with which they sign in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Prints what has ended and what has not."""
        person = person_with(email)
        with transaction.atomic():
            changed = User.objects.filter(pk=person.pk, is_active=True).update(is_active=False)
            Session.objects.filter(user=person).delete()
        if not changed:
            self.stdout.write("This account is disabled already; nothing has changed.")
            return
        self.stdout.write(
            "This account is disabled, and signed out everywhere. Nothing in it is deleted. What "
            "links this person with a therapist or with clients rests meanwhile: neither sees "
            "anything of the other. `enable_user` takes all this back."
        )
