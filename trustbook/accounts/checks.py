"""``manage.py check``: whether what was erased can be noted.

With ``--database default``: whether a database keeps what it acknowledges, and whether it keeps
what people wrote out of its log.
"""

import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.db import connections

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
"""Settings of PostgreSQL without which a saved answer may be gone after a crash."""

SILENT = {
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "auto_explain.log_parameter_max_length": "0",
}
"""Settings with which PostgreSQL's log quotes no row that it refused and no value it was sent."""


def check_durability(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **options: Any
) -> list[CheckMessage]:
    """One error for each PostgreSQL in ``databases`` that does not wait for the disk.

    SQLite is told to wait by every connection that opens it (``SQLITE_OPTIONS``).
    """
    return [
        Error(
            f"The database {alias!r} may forget in a crash what it said was saved: "
            f"{' and '.join(careless)} {'is' if len(careless) == 1 else 'are'} off.",
            hint="Turn it on in postgresql.conf, and for the role and the database of trustbook.",
            id="trustbook.D001",
        )
        for alias in databases or ()
        if (careless := _turned_off(alias))
    ]


def _turned_off(alias: str) -> list[str]:
    """Those of ``DURABLE`` that a connection of trustbook finds off."""
    if connections[alias].vendor != "postgresql":
        return []
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings WHERE setting = 'off' ORDER BY name")
        off = {name for (name,) in cursor.fetchall()}
    return [name for name in DURABLE if name in off]


def check_server_log(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **options: Any
) -> list[CheckMessage]:
    """A warning for each PostgreSQL in ``databases`` whose log would quote what people wrote."""
    return [
        checks.Warning(
            f"PostgreSQL may write values into its log: {', '.join(talking)} of {alias!r}.",
            hint="Let its superuser run: "
            + " ".join(
                f"ALTER DATABASE {connections[alias].settings_dict['NAME']} "
                f"SET {name} = '{SILENT[name]}';"
                for name in talking
            ),
            id="trustbook.D002",
        )
        for alias in databases or ()
        if (talking := _talking(alias))
    ]


def _talking(alias: str) -> list[str]:
    """Those of ``SILENT`` that are set otherwise for a connection of trustbook."""
    if connections[alias].vendor != "postgresql":
        return []
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings ORDER BY name")
        found = dict(cursor.fetchall())
    return [name for name, quiet in SILENT.items() if found.get(name, quiet) != quiet]


def check_ledger(**_: Any) -> list[CheckMessage]:
    """An error where the ledger of what was erased can't be written: nothing could be deleted."""
    ledger = settings.LEDGER
    if os.access(ledger if ledger.exists() else ledger.parent, os.W_OK):
        return []
    return [
        Error(
            f"{ledger} cannot be written, so nothing could be deleted.",
            hint="Make the folder of TRUSTBOOK_LEDGER, and let the user of trustbook write there.",
            id="trustbook.D003",
        )
    ]
