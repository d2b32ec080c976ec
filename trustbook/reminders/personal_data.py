"""When a person wants to be reminded, in taking everything along and in ending everything."""

from typing import Any

from trustbook.accounts.models import User
from trustbook.lib.personal_data import EXPORTED, Fields, unexported
from trustbook.reminders.models import Schedule

TITLE = "Your reminders"
ROW = unexported("tells rows apart, and says nothing")
FOUND = unexported("found anew from what is exported")

FIELDS: Fields = {
    "reminders.Schedule": {
        "id": ROW,
        "person": ROW,
        "weekday": EXPORTED,
        "at": EXPORTED,
        "next_at": EXPORTED,
        "zone": FOUND,
        "next_day": FOUND,
        "last_day": EXPORTED,
        "look_at": FOUND,
        "away_since": EXPORTED,
    },
}


def export_for(person: User) -> dict[str, Any]:
    """Day and time of the reminders, the next one and the last; empty where nothing was set."""
    schedule = Schedule.objects.filter(person=person).first()
    if schedule is None:
        return {}
    return {
        "weekday": schedule.weekday,
        "at": schedule.at.isoformat("minutes"),
        "next_at": schedule.next_at and schedule.next_at.isoformat(),
        "last_day": schedule.last_day and schedule.last_day.isoformat(),
        "away_since": schedule.away_since and schedule.away_since.isoformat(),
    }


def erase(person: User) -> None:
    """Deletes the row."""
    Schedule.objects.filter(person=person).delete()
