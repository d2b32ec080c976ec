"""``manage.py erase_account EMAIL``: end an account on its owner's request."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trustbook.accounts import erasure
from trustbook.accounts.models import User


class Command(BaseCommand):
    """What was written becomes unreadable at once; it can't be undone."""

    help = "Deletes an account and everything its owner wrote. Cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and a flag that says that one means it."""
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do it; without this, only say it")

    def handle(self, *args: Any, email: str, yes: bool, **options: Any) -> None:
        """Erases, or says what would be erased."""
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError("No account has this address.")
        if not yes:
            raise CommandError("This deletes the account for good. Add --yes to do it.")
        erasure.erase(user)
        self.stdout.write("The account and everything written in it are gone.")
