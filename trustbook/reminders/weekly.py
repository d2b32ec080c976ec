"""The weekly reminder: claimed and put into the outbox in one transaction."""

from datetime import datetime

from django.db import transaction

from trustbook.lib.outbox.kinds import Kind
from trustbook.lib.outbox.posting import notify
from trustbook.lib.outbox.sending import LATE
from trustbook.reminders.models import Schedule

WEEKLY = Kind("weekly", "Remind me once a week")


def remind_due(now: datetime) -> int:
    """Writes a notice for everybody whose moment has come; how many."""
    return sum(remind(schedule, now) for schedule in Schedule.objects.weekly_due(now))


def remind(schedule: Schedule, now: datetime) -> bool:
    """Moves on to the next week, and writes this week's notice if it is due and not yet too late.

    Of two that do this at once, one finds the row as it read it, and the other does nothing.
    """
    planned = schedule.next_at
    assert planned  # noqa: S101 - for the type checker
    due = planned <= now
    last_day = schedule.next_day if due else schedule.last_day
    with transaction.atomic():
        seen = Schedule.objects.filter(pk=schedule.pk, next_at=planned)
        claimed = seen.update(**schedule.plan(now, last_day))
        if not (claimed and due and now - planned < LATE):
            return False
        notify(schedule.person, WEEKLY, planned)
    return True
