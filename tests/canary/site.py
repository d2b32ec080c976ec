"""The real program with faults, on SQLite or on PostgreSQL, to which everything was written."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections, router

from tests.canary.faulty import FAULT
from tests.canary.writer import Writer
from tests.durability.installation import Installation
from tests.servers.postgres import DATABASES, Postgres

REFUSES = {
    "sqlite": f"""CREATE TRIGGER refuses BEFORE UPDATE ON accounts_user
        WHEN NEW.display_name LIKE '%{FAULT}%' BEGIN SELECT RAISE(ABORT, 'refused'); END""",
    "postgresql": f"""ALTER TABLE accounts_user
        ADD CONSTRAINT refuses CHECK (display_name NOT LIKE '%{FAULT}%')""",
}
"""A rule of the database that no form knows: the row that breaks it is quoted by PostgreSQL."""


class Site(Installation):
    """An installation whose program fails where ``FAULT`` is typed; with one worker."""

    def __init__(self, folder: Path, postgres: Postgres | None = None) -> None:
        super().__init__(folder, postgres)
        self.workers = 1
        self.writer = Writer(self.url, self.manage)

    def command(self) -> list[str]:
        """The same server with another application."""
        usual = super().command()
        usual[usual.index("trustbook.wsgi:application")] = "tests.canary.faulty:application"
        return usual

    def write_everything(self) -> None:
        """Types into everything, then dumps both databases as a backup would."""
        self.add_rule()
        self.writer.write_everything()
        if self.postgres:
            with psycopg.connect(self.postgres._admin, autocommit=True) as superuser:
                superuser.execute("CHECKPOINT")  # else rows may stand in the log ahead alone
        self.dump()

    def add_rule(self) -> None:
        """Adds ``REFUSES`` to the main database."""
        if self.postgres:
            with psycopg.connect(self.postgres.url(), autocommit=True) as connection:
                connection.execute(REFUSES["postgresql"])
        else:
            database = sqlite3.connect(self.folder / "trustbook.sqlite3")
            database.execute(REFUSES["sqlite"])
            database.close()

    @property
    def folders(self) -> list[Path]:
        """All that a thief of the disk would have."""
        return [self.folder, self.postgres.folder] if self.postgres else [self.folder]

    def dump(self) -> None:
        """``.dump`` or ``pg_dump`` of each database, into the folder."""
        for alias, name in DATABASES.items():
            target = self.folder / f"{name}.sql"
            if self.postgres:
                program = self.postgres.binaries / "pg_dump"
                where = [f"--host={self.postgres.folder}", "--username=postgres", name]
                with target.open("wb") as file:
                    subprocess.run([program, *where], stdout=file, check=True)
            else:
                database = sqlite3.connect(self.env[URLS[alias]].removeprefix("sqlite:///"))
                target.write_text("\n".join(database.iterdump()))
                database.close()

    def cells(self) -> Iterator[tuple[str, bytes]]:
        """Every value of every field of every model, with the field's full name."""
        for model in apps.get_models(include_auto_created=True):
            rows = model._base_manager.using(router.db_for_read(model))
            for row in rows.iterator():
                for field in model._meta.concrete_fields:
                    yield f"{model._meta.label}.{field.name}", as_bytes(row, field.attname)

    def cached(self) -> list[str]:
        """Every row of the cache, which has no model."""
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT cache_key, value, expires FROM cache")
            return [repr(row) for row in cursor.fetchall()]

    def rows(self) -> dict[str, int]:
        """How many rows each model has."""
        return {
            model._meta.label: model._base_manager.using(router.db_for_read(model)).count()
            for model in apps.get_models(include_auto_created=True)
        }


URLS = {"default": "DATABASE_URL", "keys": "KEYS_DATABASE_URL"}


def as_bytes(row: Any, name: str) -> bytes:
    value = getattr(row, name)
    if isinstance(value, (bytes, memoryview)):
        return bytes(value)
    return (json.dumps(value) if isinstance(value, (dict, list)) else str(value)).encode()
