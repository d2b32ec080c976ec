"""What a person does about reminders."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from trustbook.lib.outbox import choosing
from trustbook.reminders.models import Schedule
from trustbook.reminders.quiet import QUIET, RETURN
from trustbook.reminders.weekly import WEEKLY


def set_reminders(schedule: Schedule, kinds: Collection[str]) -> None:
    """Keeps day and time as they stand in ``schedule``, and that these kinds are wanted."""
    now = timezone.now()
    if WEEKLY.name in kinds:
        planned = schedule.plan(now, schedule.last_day)
    else:
        planned = {"next_at": None, "next_day": None}
    kept = {"weekday": schedule.weekday, "at": schedule.at, **planned}
    kept["look_at"] = now + QUIET if RETURN.name in kinds else None
    with transaction.atomic():
        Schedule.objects.update_or_create(person=schedule.person, defaults=kept)
        choosing.choose(schedule.person.pk, kinds)


def stop(person_id: uuid.UUID) -> None:
    """No more reminders and no notices of any other kind; doing it again changes nothing."""
    with transaction.atomic():
        Schedule.objects.filter(person_id=person_id).update(
            next_at=None, next_day=None, look_at=None
        )
        choosing.choose(person_id, ())
