"""One database as one file, and back: SQLite by its backup API, PostgreSQL by its own programs.

Both are consistent while people write. A file is readable by its owner only, checked after it was
written, and on the disk when ``write`` returns.
"""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections
from psycopg.conninfo import make_conninfo

ENDINGS = {"sqlite": ".sqlite3", "postgresql": ".pgdump"}
BEGINNINGS = {b"SQLite format 3\0": "sqlite", b"PGDMP": "postgresql"}
OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "service", "passfile", "connect_timeout")
"""What an address may say that PostgreSQL's own programs must know as well."""


class DumpError(Exception):
    """A dump that could not be written, read or trusted; says what to do."""


def write(alias: str, path: Path) -> None:
    """Writes the database ``alias`` into the new file ``path``. Raises ``DumpError``."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if connections[alias].vendor == "sqlite":
            _write_sqlite(alias, path)
        else:
            _run(alias, "pg_dump", "--format=custom", *APART, output=descriptor)
            # Every block is unpacked once: a backup that cannot be read is none.
            _run(alias, "pg_restore", "--file=/dev/null", str(path), connects=False)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(alias: str, path: Path) -> None:
    """Fills the empty database ``alias`` from ``path``. Raises ``DumpError``."""
    if connections[alias].vendor == "sqlite":
        _read_sqlite(alias, path)
    else:
        _run(alias, "pg_restore", "--exit-on-error", "--single-transaction", *APART, str(path))
    connections[alias].close()


APART = ("--no-owner", "--no-privileges", "--no-password")
"""A new machine may give the roles other names."""


def is_empty(alias: str) -> bool:
    """Whether there is no table at all."""
    return not connections[alias].introspection.table_names()


def vendor_of(path: Path) -> str:
    """Of which kind of database ``path`` is a dump. Raises ``DumpError`` for any other file."""
    try:
        with path.open("rb") as file:
            beginning = file.read(16)
    except OSError as error:
        raise DumpError(f"{path} cannot be read: {error.strerror}.") from error
    for mark, vendor in BEGINNINGS.items():
        if beginning.startswith(mark):
            return vendor
    raise DumpError(f"{path} is no backup of trustbook, or it is damaged.")


def tables_in(path: Path) -> set[str]:
    """The names of the tables that a dump holds. Raises ``DumpError``."""
    if vendor_of(path) == "sqlite":
        try:
            with closing(_opened(path)) as dump:
                rows = dump.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                return {name for (name,) in rows}
        except sqlite3.DatabaseError as error:
            raise DumpError(f"{path} is damaged: {error}.") from error
    listed = _run(None, "pg_restore", "--list", str(path), connects=False)
    return {line.split()[6] for line in listed.splitlines() if " TABLE DATA " in line}


def _write_sqlite(alias: str, path: Path) -> None:
    connections[alias].ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connections[alias].connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        _check(copy, path)


def _read_sqlite(alias: str, path: Path) -> None:
    connections[alias].ensure_connection()
    with closing(_opened(path)) as dump:
        _check(dump, path)
        dump.backup(connections[alias].connection)


def _opened(path: Path) -> sqlite3.Connection:
    """Nothing is written beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _check(database: sqlite3.Connection, path: Path) -> None:
    try:
        said = database.execute("PRAGMA integrity_check").fetchall()
        orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise DumpError(f"{path} is damaged: {error}.") from error
    if said != [("ok",)] or orphans:
        raise DumpError(f"{path} is damaged: SQLite's own check complains.")


def _run(
    alias: str | None,
    program: str,
    *arguments: str,
    output: int = subprocess.PIPE,
    connects: bool = True,
) -> str:
    """What a program of PostgreSQL prints. The password goes by the environment, not by ``ps``."""
    environment, where = dict(os.environ), []
    if connects and alias:
        settings = connections[alias].settings_dict
        where = [f"--dbname={_conninfo(settings)}"]
        if settings["PASSWORD"]:
            environment["PGPASSWORD"] = settings["PASSWORD"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell
            [program, *where, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    except FileNotFoundError:
        raise DumpError(
            f"{program} is not on the PATH. It comes with PostgreSQL; on Debian: "
            "apt-get install postgresql-client"
        ) from None
    if done.returncode:
        raise DumpError(f"{program} failed:\n{done.stderr.decode(errors='replace').strip()}")
    return (done.stdout or b"").decode(errors="replace")


def _conninfo(settings: dict[str, Any]) -> str:
    """The address without its password."""
    named = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    parts = {key: settings[name] for key, name in named.items() if settings[name]}
    options = {key: settings["OPTIONS"][key] for key in OPTIONS if key in settings["OPTIONS"]}
    return make_conninfo("", **parts, **options)
