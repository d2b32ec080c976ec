"""The app ``outbox``."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Mail on its way, and which of it people asked for."""

    name = "trustbook.lib.outbox"
    label = "outbox"
