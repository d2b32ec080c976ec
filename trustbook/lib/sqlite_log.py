"""SQLite's write-ahead log, which keeps what was deleted until it is written over."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from django.db import connections


def forget(alias: str) -> None:
    """Empties the log of the database ``alias``, so that no deleted row stays behind in it.

    Waits for nobody: where another process reads just now, the log stays until the next time
    (``finish_erasures`` is one). On PostgreSQL nothing is done: the README says what stays there.
    """
    connection = connections[alias]
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not path.is_file():
        return
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(path, timeout=0)) as own:
        own.execute("PRAGMA wal_checkpoint(TRUNCATE)")
