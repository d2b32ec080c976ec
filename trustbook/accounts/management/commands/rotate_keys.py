"""``manage.py rotate_keys``: wrap every data key under the newest master key."""

from typing import Any

from django.core.management.base import BaseCommand

from trustbook.accounts.keys import vault
from trustbook.lib.outbox import letters


class Command(BaseCommand):
    """Put the new master key first in TRUSTBOOK_MASTER_KEYS, restart, run this, drop the old."""

    help = "Re-wraps all data keys under the newest master key, while the site runs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints how many keys changed; mails that wait are sealed anew as well."""
        letters.rewrap_all()
        changed = sum(1 for _ in vault.rewrap_all())
        self.stdout.write(
            f"Data keys wrapped anew: {changed}. Older master keys are needed for "
            "older backups only."
        )
