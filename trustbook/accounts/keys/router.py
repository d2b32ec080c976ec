"""Sends the app ``keys`` to the database ``keys``, and nothing else."""

from typing import Any

from django.db.models import Model


class KeysRouter:
    """Keys live apart from what they encrypt, so that one stolen dump is not enough."""

    def db_for_read(self, model: type[Model], **_: Any) -> str:
        """The database that holds ``model``."""
        return "keys" if model._meta.app_label == "keys" else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_: Any) -> bool:
        """No relation spans the two databases."""
        return (one._meta.app_label == "keys") == (other._meta.app_label == "keys")

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        """Each table is made in its own database only."""
        return (app_label == "keys") == (db == "keys")
