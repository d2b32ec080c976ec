"""``manage.py backup --to FOLDER --keys-to FOLDER``: both databases, to two places."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from trustbook.accounts import backups
from trustbook.lib.dumps import DumpError


class Command(BaseCommand):
    """Run it daily, while the site runs: that is what keeps old backups from growing too old."""

    help = "Backs up both databases, never the master key, and deletes backups of 30 days."

    def add_arguments(self, parser: CommandParser) -> None:
        """The two folders, and how long backups are kept."""
        parser.add_argument("--to", default=settings.BACKUP_DIR, help="TRUSTBOOK_BACKUP_DIR")
        parser.add_argument(
            "--keys-to", default=settings.BACKUP_KEYS_DIR, help="TRUSTBOOK_BACKUP_KEYS_DIR"
        )
        parser.add_argument(
            "--days",
            type=int,
            choices=range(1, backups.MOST_DAYS + 1),
            metavar="DAYS",
            default=backups.MOST_DAYS,
            help=f"how long backups are kept, 1 to {backups.MOST_DAYS} (the default) days",
        )

    def handle(self, *args: Any, to: str, keys_to: str, days: int, **options: Any) -> None:
        """Prints what was written and how many old backups went."""
        if not to or not keys_to:
            raise CommandError(
                "Say where to: --to and --keys-to, or TRUSTBOOK_BACKUP_DIR and "
                "TRUSTBOOK_BACKUP_KEYS_DIR."
            )
        try:
            made = backups.make(Path(to), Path(keys_to), days)
        except (backups.BackupRefused, DumpError) as error:
            raise CommandError(str(error)) from error
        if made.on_one_disk:
            self.stderr.write(
                "Both are on one disk: whoever takes it has the data and their keys. Without the "
                "master key they open nothing; two places are better all the same."
            )
        self.stdout.write(
            f"Written: {made.main} and {made.keys}. Old backups deleted: {made.pruned}. "
            "The master key is in neither: keep it apart."
        )
