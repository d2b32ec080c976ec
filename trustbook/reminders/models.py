"""When a person wants to be reminded, and what has been done about it."""

import uuid
from datetime import date, datetime, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from trustbook.accounts.models import User
from trustbook.lib.outbox.hours import next_weekly

SUNDAY = 6


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Questions about many people."""

    def of(self, person: User) -> "Schedule":
        """A person's own, not stored yet if they have set nothing."""
        schedule = self.filter(person=person).first() or Schedule()
        schedule.person = person
        return schedule

    def _active(self) -> "ScheduleQuerySet":
        return self.filter(person__is_active=True).select_related("person").order_by("pk")

    def weekly_due(self, now: datetime) -> "ScheduleQuerySet":
        """Whose weekly moment has come, or who moved to another time zone since it was planned."""
        moved = ~Q(zone=F("person__time_zone")) & Q(next_at__isnull=False)
        return self._active().filter(Q(next_at__lte=now) | moved)

    def look_due(self, now: datetime) -> "ScheduleQuerySet":
        """Who may have been away for two weeks."""
        return self._active().filter(look_at__lte=now)


class Schedule(models.Model):
    """One row a person. What they asked to be told about is ``outbox.Subscription``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(default=SUNDAY)
    """0 is Monday."""
    at = models.TimeField(default=time(18))
    """On the person's clock."""
    next_at = models.DateTimeField(null=True, db_index=True)
    """The next weekly reminder; None while there are to be none."""
    zone = models.CharField(max_length=64, blank=True)
    """The time zone for which ``next_at`` was found."""
    next_day = models.DateField(null=True)
    """The day, on the person's calendar, that ``next_at`` is meant for."""
    last_day = models.DateField(null=True)
    """The day for which they were last reminded: never twice for one."""
    look_at = models.DateTimeField(null=True, db_index=True)
    """When to see whether they have been away; None while nobody asked."""
    away_since = models.DateTimeField(null=True)
    """When they were last here as they were last written to: one mail for each time away."""

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=SUNDAY), name="weekday_is_a_day_of_the_week"
            )
        ]

    def __str__(self) -> str:
        return f"schedule {self.pk}"

    def plan(self, now: datetime, last_day: date | None) -> dict[str, object]:
        """The fields that say when the next weekly reminder comes, later than ``now``."""
        zone = self.person.zone
        next_at, next_day = next_weekly(self.weekday, self.at, zone, now, last_day)
        return {
            "next_at": next_at,
            "next_day": next_day,
            "zone": self.person.time_zone,
            "last_day": last_day,
        }
