"""The app ``reminders``."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """When somebody wants to be reminded, and the page on which they say so."""

    name = "trustbook.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Makes the kinds of notice that come from here known to the outbox."""
        from trustbook.lib.outbox import kinds
        from trustbook.reminders.quiet import RETURN
        from trustbook.reminders.weekly import WEEKLY

        kinds.register(WEEKLY)
        kinds.register(RETURN)
