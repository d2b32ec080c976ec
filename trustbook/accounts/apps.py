"""The app ``accounts``."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class AccountsConfig(AppConfig):
    """The user, sign-in, sessions and data keys."""

    name = "trustbook.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Adds the ledger and the databases to ``manage.py check``, seals second steps."""
        from trustbook.accounts import second_step
        from trustbook.accounts.checks import check_durability, check_ledger, check_server_log

        register(check_ledger)
        register(check_durability, Tags.database)
        register(check_server_log, Tags.database)
        register(check_ledger)
        second_step.connect()
