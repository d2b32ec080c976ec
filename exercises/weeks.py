"""Weeks as a person lives them: ISO weeks in their own time zone, named by their Monday."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.utils import timezone

from lessons.kinds import BasePrompt, Refused
from trustbook.accounts.models import User


def week_of(person: User, moment: datetime | None = None) -> date:
    """The Monday of the week in which ``moment`` (now) falls for ``person``."""
    day = (moment or timezone.now()).astimezone(person.zone).date()
    return day - timedelta(days=day.weekday())


def week_name(week: date) -> str:
    """``week of 3 May 2026``."""
    return f"week of {week.day} {week:%B %Y}"


def week_asked(
    person: User, prompt: BasePrompt, post: QueryDict, also: Collection[date] = ()
) -> date:
    """The week that the page asked about: this one, the one that just ended, or one of ``also``.

    A page opened on Sunday night and sent on Monday still speaks of the old week.
    """
    this = week_of(person)
    asked = post.get(f"{prompt.id}:week") or this.isoformat()
    for week in (this, this - timedelta(weeks=1), this + timedelta(weeks=1), *also):
        if asked == week.isoformat():
            return week
    raise Refused("This page asks about a week that is over. Copy your numbers and reload it.")
