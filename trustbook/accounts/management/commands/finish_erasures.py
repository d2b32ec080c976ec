"""``manage.py finish_erasures``: complete what a crash or a restored snapshot left."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from trustbook.accounts import erasure
from trustbook.lib import ledger, sqlite_log
from trustbook.lib.personal_data import ask_all


class Command(BaseCommand):
    """Safe to run at any time and as often as one likes; a daily timer is enough."""

    help = "Completes deletions that were interrupted and sweeps keys that nobody owns."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints how many of each there were."""
        finished = sum(1 for _ in erasure.finish())
        purged = sum(ask_all("finish"))
        # Finds something only where a backup was restored by other means than `restore`.
        named = ledger.read(settings.LEDGER) if settings.LEDGER.exists() else []
        anew = erasure.replay(named)
        swept = erasure.sweep_orphans()
        for alias in ("keys", "default"):
            sqlite_log.forget(alias)
        self.stdout.write(
            f"Deletions completed: {finished}. Deleted entries purged: {purged}. "
            f"Erased anew: {anew.people} accounts, {anew.entries} entries. "
            f"Keys without an owner swept: {swept}."
        )
