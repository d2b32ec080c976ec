"""``manage.py restore MAIN KEYS``: a backup into an empty installation, without what was erased."""

from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from trustbook.accounts import backups, erasure
from trustbook.accounts.keys import vault
from trustbook.accounts.models import User
from trustbook.lib import ledger
from trustbook.lib.dumps import DumpError
from trustbook.lib.personal_data import ask_all


class Command(BaseCommand):
    """Before the site is started: nobody may see what was deleted after the backup."""

    help = "Restores a backup into empty databases and erases anew what the ledger names."

    def add_arguments(self, parser: CommandParser) -> None:
        """The two files, and the ledger where it is not in its usual places."""
        parser.add_argument("main", type=Path, help="trustbook-main-…")
        parser.add_argument("keys", type=Path, help="trustbook-keys-… of the same time")
        parser.add_argument(
            "--ledger",
            type=Path,
            action="append",
            help="what was erased; default: TRUSTBOOK_LEDGER and the copies beside both files",
        )
        parser.add_argument(
            "--without-ledger",
            action="store_true",
            help="it is lost: what was deleted since the backup comes back",
        )

    def handle(self, *args: Any, main: Path, keys: Path, **options: Any) -> None:
        """Prints how much there is, and how much was erased anew."""
        named = self._erased(main, keys, options)
        # First of all: killed at any later step, `finish_erasures` erases what is named here.
        known = set(ledger.read(settings.LEDGER)) if settings.LEDGER.exists() else set()
        ledger.append(settings.LEDGER, [one for one in named if one not in known])
        try:
            backups.load(main, keys)
        except (backups.BackupRefused, DumpError) as error:
            raise CommandError(str(error)) from error
        call_command("prepare", stdout=self.stderr)
        ask_all("after_restoring")
        cache.clear()
        replayed = erasure.replay(named)
        self.stdout.write(
            f"Restored: {User.objects.count()} accounts. Erased anew by the ledger: "
            f"{replayed.people} accounts, {replayed.entries} answers or weeks. "
            "Everybody has to sign in again."
        )
        self._warn()

    def _erased(self, main: Path, keys: Path, options: dict[str, Any]) -> list[ledger.Entry]:
        """What the ledgers name, once each."""
        paths = options["ledger"] or list(backups.ledgers_beside(main, keys))
        if options["without_ledger"]:
            paths = []
        elif not paths:
            raise CommandError(
                f"There is no ledger of what was erased: not at {settings.LEDGER}, not beside the "
                "backups. Say where it is with --ledger, else what people deleted since comes "
                "back. If it is lost: --without-ledger."
            )
        try:
            return list(dict.fromkeys(entry for path in paths for entry in ledger.read(path)))
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error

    def _warn(self) -> None:
        """Says what cannot be read, and what to look for."""
        missing = vault.missing(chain.from_iterable(ask_all("named_keys")))
        if missing:
            self.stderr.write(
                f"WARNING: {missing} keys are not there, so nobody can read what is in them. "
                "The keys are older than the main backup: take the two files of the same time."
            )
        foreign = vault.foreign()
        if foreign:
            self.stderr.write(
                f"WARNING: {foreign} keys do not open with TRUSTBOOK_MASTER_KEYS. Add the master "
                "key of the time of the backup to it, after the newest."
            )
