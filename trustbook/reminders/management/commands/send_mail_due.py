"""``manage.py send_mail_due``: reminders whose moment has come, and every mail that waits."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trustbook.lib.outbox.sending import send_due
from trustbook.reminders.quiet import look_due
from trustbook.reminders.weekly import remind_due


class Command(BaseCommand):
    """Safe to run as often as one likes, also by two at once; every five minutes is enough."""

    help = "Sends reminders and mails that are due. Run it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints how many of each there were."""
        now = timezone.now()
        due = remind_due(now) + look_due(now)
        tally = send_due()
        self.stdout.write(
            f"Reminders due: {due}. Mails sent: {tally['sent']}, to be tried again: "
            f"{tally['again']}, given up: {tally['given up'] + tally['lost']}."
        )
