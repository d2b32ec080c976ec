"""The app ``keys``: data keys, in a database of their own."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Data keys, each wrapped by the operator's master keys."""

    name = "trustbook.accounts.keys"
    label = "keys"
