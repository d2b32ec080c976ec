"""Hours on somebody's clock, which twice a year leaps."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

EVENING = time(18)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    """When a clock in ``zone`` first shows ``at`` on ``day``, in UTC.

    A time that is shown twice: the first. One that is leapt over: the first that is shown after.
    """
    wall = datetime.combine(day, at)
    while not _is_shown(wall, zone):
        wall += MINUTE
    return wall.replace(tzinfo=zone).astimezone(UTC)


def next_evening(zone: tzinfo, now: datetime) -> datetime:
    """The next six o'clock in the evening."""
    day = now.astimezone(zone).date()
    return next(when for n in range(4) if (when := moment(day + n * DAY, EVENING, zone)) > now)


def next_weekly(
    weekday: int, at: time, zone: tzinfo, now: datetime, after: date | None
) -> tuple[datetime, date]:
    """The next moment on ``weekday`` (0 is Monday) at ``at``, and the day it is meant for.

    Later than ``now``, and for a day later than ``after``, so that whoever moves to a zone in
    which it is earlier is not reminded twice for one day.
    """
    day = now.astimezone(zone).date() - DAY
    if after and after >= day:
        day = after + DAY
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while moment(day, at, zone) <= now:
        day += timedelta(weeks=1)
    return moment(day, at, zone), day


def _is_shown(wall: datetime, zone: tzinfo) -> bool:
    there = wall.replace(tzinfo=zone).astimezone(UTC)
    return there.astimezone(zone).replace(tzinfo=None, fold=0) == wall
