"""``manage.py export_schema``: the JSON Schema of the exported document."""

from typing import Any

from django.core.management.base import BaseCommand

from trustbook.privacy.document import schema


class Command(BaseCommand):
    """Prints the schema; it also lies in every export."""

    help = "Prints the JSON Schema of workbook.json, which is in every export."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the schema."""
        self.stdout.write(schema(), ending="")
