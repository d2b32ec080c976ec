"""``manage.py enable_user EMAIL``: let somebody in again who was disabled."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from trustbook.accounts.management.people import person_with
from trustbook.accounts.models import User


class Command(BaseCommand):
    """The reverse of ``disable_user``. May be repeated."""

    help = "Enables an account that was disabled."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address."""
        parser.add_argument("email", help="with which they sign in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Prints whether anything changed."""
        person = person_with(email)
        if User.objects.filter(pk=person.pk, erasing=False, is_active=False).update(is_active=True):
            self.stdout.write("This account is enabled: its person can sign in as before.")
        else:
            self.stdout.write("This account is enabled already; nothing has changed.")
