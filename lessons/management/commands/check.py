"""``manage.py check``: Django's own, which here reads the lessons as an editor would, too."""

from typing import Any

from django.core.management.commands import check

from lessons.checks import edited


class Command(check.Command):
    """Also tells what is wrong with the writing, and not only with the files."""

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Raises ``SystemCheckError`` for a fault."""
        with edited():
            super().handle(*app_labels, **options)
