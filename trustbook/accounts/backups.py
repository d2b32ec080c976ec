"""Backups that keep the promise about deletion, and the way back from them.

The main database is written first, then the keys: whoever is in the one has a key in the other.
They go to two places, so that no single one opens anything, and neither holds a master key.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from trustbook.lib import dumps
from trustbook.lib.disk import flush

NAMES = {"default": "main", "keys": "keys"}
FILE = re.compile(r"\.?trustbook-(?:main|keys)-(\d{8}T\d{6}Z)\.\w+(?:\.part)?")
STAMP = "%Y%m%dT%H%M%SZ"
LEDGER = "trustbook-erased.log"
"""A copy of the ledger, renewed with each backup."""
MOST_DAYS = 29
"""Whole days that a backup is kept. Run daily, none gets older than 30 days: what was deleted is
unreadable by then. That holds for the main backups too, as the key of somebody who deleted one
answer lives on."""


class BackupRefused(Exception):
    """Something that would break a promise; says what to do instead."""


@dataclass(frozen=True)
class Made:
    """The files of one backup, and how many old ones were deleted."""

    main: Path
    keys: Path
    pruned: int

    @property
    def on_one_disk(self) -> bool:
        """Whether whoever takes this disk away has both."""
        return self.main.stat().st_dev == self.keys.stat().st_dev


def make(main: Path, keys: Path, days: int = MOST_DAYS) -> Made:
    """Writes both databases into the folders ``main`` and ``keys``; deletes backups of ``days``.

    Old ones go even where writing fails. Raises ``BackupRefused`` and ``dumps.DumpError``.
    """
    main, keys = main.resolve(), keys.resolve()
    if main == keys or main in keys.parents or keys in main.parents:
        raise BackupRefused(
            f"{main} and {keys} are not two places: one folder that holds data and keys needs only "
            "the master key to be read. Choose folders apart from each other, best on two machines."
        )
    for folder in (main, keys):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.now(UTC).strftime(STAMP)
    try:
        # In this order: whoever is in the first has a key in the second.
        written = _write("default", main, stamp), _write("keys", keys, stamp)
        for folder in (main, keys):
            _copy_ledger(folder)
    finally:
        pruned = prune(main, days) + prune(keys, days)
    return Made(*written, pruned)


def _write(alias: str, folder: Path, stamp: str) -> Path:
    """One database. The file has its name only once it is whole, checked and on the disk."""
    ending = dumps.ENDINGS[connections[alias].vendor]
    path = folder / f"trustbook-{NAMES[alias]}-{stamp}{ending}"
    if path.exists():
        raise BackupRefused(f"{path} is there already: another backup was made this very second.")
    draft = folder / f".{path.name}.part"
    try:
        dumps.write(alias, draft)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    flush(folder)
    return path


def _copy_ledger(folder: Path) -> None:
    """Without it a restored backup would bring back what was deleted since."""
    draft = folder / f".{LEDGER}.part"
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with suppress(FileNotFoundError):  # nobody has deleted anything yet
            file.write(settings.LEDGER.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / LEDGER)
    flush(folder)


def prune(folder: Path, days: int) -> int:
    """Deletes the backups in ``folder`` that are ``days`` old, by their names; how many."""
    old = timezone.now() - timedelta(days=min(days, MOST_DAYS))
    pruned = 0
    for path in folder.iterdir():
        named = FILE.fullmatch(path.name)
        if named and datetime.strptime(named[1], STAMP).replace(tzinfo=UTC) <= old:
            path.unlink(missing_ok=True)
            pruned += 1
    return pruned


def ledgers_beside(main: Path, keys: Path) -> Iterator[Path]:
    """Where a ledger may be: that of this installation, and the copies beside the backups."""
    for path in (settings.LEDGER, main.parent / LEDGER, keys.parent / LEDGER):
        if path.is_file():
            yield path


def load(main: Path, keys: Path) -> None:
    """Fills both databases, which must be empty, from the two files.

    Raises ``BackupRefused`` before anything is changed, ``dumps.DumpError`` for a damaged file.
    """
    for alias, path, table in (("default", main, "accounts_user"), ("keys", keys, "keys_datakey")):
        ours, theirs = connections[alias].vendor, dumps.vendor_of(path)
        if ours != theirs:
            raise BackupRefused(f"{path} is a backup of {theirs}, this installation uses {ours}.")
        if table not in dumps.tables_in(path):
            raise BackupRefused(
                f"{path} is not of the {NAMES[alias]} database: first MAIN, then KEYS."
            )
        if not dumps.is_empty(alias):
            raise BackupRefused(
                f"The {NAMES[alias]} database is not empty, and nothing in it is overwritten. Stop "
                "trustbook, then move the file of the database away (SQLite) or make a new, empty "
                "database (PostgreSQL), and run this again."
            )
    for alias, path in (("keys", keys), ("default", main)):
        dumps.read(alias, path)
