"""The app ``accounts``."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class AccountsConfig(AppConfig):
    """The user, sign-in, sessions and data keys."""

    name = "trustbook.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Adds the ledger to ``manage.py check``, the databases to ``--database`` of it."""
        from trustbook.accounts.checks import check_durability, check_ledger

        register(check_durability, Tags.database)
        register(check_ledger)
