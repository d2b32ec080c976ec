"""Typed readers for the environment; what is wrong or missing is said with the variable's name."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


class Env:
    """The environment of one process. ``missing`` collects what ``required`` did not find."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.missing: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding blanks, ``default`` when unset or empty."""
        return self.environ.get(name, "").strip() or default

    def required(self, name: str) -> str:
        """The value; an unset one is noted in ``missing`` and read as empty."""
        value = self.text(name)
        if not value:
            self.missing.append(name)
        return value

    def flag(self, name: str) -> bool:
        """Whether the variable is ``1``; unset, empty and ``0`` are no, all else is an error."""
        value = self.text(name, "0")
        if value not in ("0", "1"):
            raise ImproperlyConfigured(f"{name} is {value!r}: write 1 for yes or 0 for no.")
        return value == "1"

    def number(self, name: str, default: int) -> int:
        """A whole number, 0 or more."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
        return int(value)

    def words(self, name: str) -> list[str]:
        """The parts of a comma-separated list, empty ones left out."""
        return [word for part in self.text(name).split(",") if (word := part.strip())]

    def url(self, name: str, default: str, *schemes: str) -> str:
        """The address of a site, with one of ``schemes``; no name and password in it."""
        value = self.text(name, default)
        try:
            parts = urlsplit(value)
            sound = parts.scheme in schemes and parts.hostname and "@" not in parts.netloc
        except ValueError:
            sound = False
        if not sound or not value.isascii() or set(value) & set(' \t\r\n"<>\\'):
            raise ImproperlyConfigured(
                f"{name} cannot be used: write the address of a site, beginning with "
                f"{schemes[0]}://, without a name and a password."
            )
        return value

    def path(self, name: str, default: Path) -> Path:
        """One absolute path; a relative one starts at the current folder."""
        return Path(self.text(name, str(default))).expanduser().absolute()


def database(url: str, **options: Any) -> dict[str, Any]:
    """Django's settings for a database ``url``, connections kept open between requests."""
    try:
        read = dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "A database address cannot be read: write postgres://USER:PASSWORD@HOST:5432/NAME "
            "or sqlite:////absolute/path."
        ) from error
    parsed: dict[str, Any] = dict(read)
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed["OPTIONS"] = SQLITE_OPTIONS | options
    elif parsed["ENGINE"] == "django.db.backends.postgresql":
        parsed["OPTIONS"] = POSTGRESQL_OPTIONS | parsed.get("OPTIONS", {}) | options
    return parsed


# PostgreSQL takes a UUID as a parameter of SQL; SQLite gets it as Django stores it there.
sqlite3.register_adapter(UUID, lambda uuid: uuid.hex)

POSTGRESQL_OPTIONS = {
    # Values travel beside a statement, not in its text, which the server logs when it fails.
    "server_side_binding": True,
}
SQLITE_OPTIONS = {
    # A write transaction takes its lock at BEGIN, so it waits its turn instead of failing midway.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL makes each commit reach the disk: saved means saved, also through a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}


def email(url: str) -> dict[str, Any]:
    """Django's e-mail settings for ``smtp://``, ``smtp+tls://`` or ``smtps://USER:PASSWORD@HOST:PORT``.

    ``?from=address`` sets the sender. Raises ``ImproperlyConfigured`` for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtp+tls", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read: write smtp+tls://USER:PASSWORD@HOST:587?from=ADDRESS."
        )
    sender = parse_qs(parts.query).get("from", [f"trustbook@{parts.hostname}"])[0]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
    }
