"""Two years of the command itself, for people in ten zones: nobody's week is lost or doubled."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from django.core import mail

from tests.lib.outbox.test_hours import ZONES, watched
from tests.reminders.conftest import ask
from trustbook.accounts.models import User
from trustbook.reminders.models import Schedule

TUESDAY = 1
NOTHING_DUE = (2, 3, 4)
"""From Wednesday to Friday: it is Sunday nowhere, and the last one is more than a day ago."""
SUNDAYS = [date(2026, 1, 4) + timedelta(weeks=n) for n in range(104)]
AT = {zone: time(0, 30) if number % 2 else time(2, 30) for number, zone in enumerate(ZONES)}
"""In the middle of what the clocks leap over, or show twice."""


def test_one_mail_for_each_sunday(run, clock):
    clock.move_to(datetime(2026, 1, 1, 12, tzinfo=UTC))
    zone_of = {}
    for zone in ZONES:
        person = User.objects.create_user(f"{zone.lower()}@example.org", None, time_zone=zone)
        zone_of[person.email] = zone
        ask(person, "weekly", at=AT[zone])
    for day in range(1, 104 * 7 + 1):
        now = datetime(2026, 1, 1, 20, tzinfo=UTC) + timedelta(days=day)
        if now.weekday() in NOTHING_DUE:
            continue
        run(now)
        if now.weekday() == TUESDAY:
            assert planned() == {
                (zone, watched(now.date() + timedelta(days=5), AT[zone], zone)) for zone in ZONES
            }

    meant = Counter(
        (sent.to[0], meant_for(sent, ZoneInfo(zone_of[sent.to[0]]))) for sent in mail.outbox
    )
    assert meant == {(email, sunday): 1 for email in zone_of for sunday in SUNDAYS}


def planned():
    """The next reminder of everybody, all of last week's being sent."""
    return set(Schedule.objects.values_list("person__time_zone", "next_at"))


def meant_for(sent, zone):
    """The last Sunday that had begun for this person when the mail was sent: at most a day ago."""
    at = parsedate_to_datetime(sent.extra_headers["Date"]).astimezone(zone)
    sunday = at.date() - timedelta(days=(at.weekday() - 6) % 7)
    assert at.date() - sunday <= timedelta(days=1)
    return sunday
