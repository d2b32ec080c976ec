"""The gentle return: after two quiet weeks one mail, then none until the person has been back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from exercises import access
from trustbook.accounts.models import Session, User
from trustbook.lib.outbox import choosing
from trustbook.lib.outbox.kinds import Kind
from trustbook.lib.outbox.posting import notify
from trustbook.reminders.models import Schedule

QUIET = timedelta(weeks=2)
LOOK_AGAIN = timedelta(days=1)
"""How soon it is noticed that somebody who got the mail has been back."""


def last_here(person: User) -> datetime:
    """When a person last read, wrote or was seen; at the earliest, when they asked for the mail."""
    seen = Session.objects.filter(user=person).aggregate(at=Max("last_seen"))["at"]
    asked = choosing.chosen(person).get("return")
    found: list[datetime | None] = [seen, access.own_last_touch(person), asked]
    return max([person.joined_at, *(moment for moment in found if moment)])


def is_away(person: User) -> bool:
    """Whether it has been two weeks."""
    return timezone.now() - last_here(person) >= QUIET


RETURN = Kind(
    "return",
    "Write to me once if I have not been here for two weeks",
    "One mail, at six in the evening, and then no other until you have been back.",
    still=is_away,
)


def look_due(now: datetime) -> int:
    """Writes a notice for everybody who has been away for two weeks; how many."""
    return sum(look(schedule, now) for schedule in Schedule.objects.look_due(now))


def look(schedule: Schedule, now: datetime) -> bool:
    """Writes the notice of this time away unless it was written, and says when to look again."""
    since = last_here(schedule.person)
    away = now - since >= QUIET
    # Later, not different: with an old session goes what it told of the last time here.
    new = away and (schedule.away_since is None or since > schedule.away_since)
    again = {"look_at": now + LOOK_AGAIN if away else since + QUIET}
    if new:
        again["away_since"] = since
    with transaction.atomic():
        seen = Schedule.objects.filter(pk=schedule.pk, look_at=schedule.look_at)
        if not (seen.update(**again) and new):
            return False
        notify(schedule.person, RETURN)
    return True
