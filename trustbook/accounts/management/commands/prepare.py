"""``manage.py prepare``: everything between an installed and a running trustbook."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Can be repeated; does nothing where nothing is to do."""

    help = "Brings both databases and the cache table up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """The keys' database first: rows of the main one name its keys."""
        call_command("migrate", database="keys", interactive=False, verbosity=0)
        call_command("migrate", database="default", interactive=False, verbosity=0)
        call_command("createcachetable", database="default", verbosity=0)
        self.stdout.write("Both databases are up to date.")
