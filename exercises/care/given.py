"""What a client was assigned, in words: the two presses of the client, and no other state."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from exercises import access
from exercises.labels import day
from exercises.lesson_names import Names, name_of
from exercises.models import Assignment, CareLink


@dataclass(frozen=True)
class Given:
    """One assignment as its therapist may know it."""

    row: Assignment
    title: str
    state: str
    """``Not begun``, ``Begun 3 May``, ``Done 5 May`` or ``Withdrawn 4 May``."""
    due: str
    """``due 24 November``, ``was due 24 November`` or nothing."""
    note: str
    """The therapist's own words."""


def given_to(link: CareLink, own: Names) -> list[Given]:
    """All of a client's, the last first."""
    today = timezone.localdate(timezone=link.client.zone)
    return [
        Given(row, name_of(row.lesson_id, own), state(row), due(row, today), row.note(link))
        for row in access.given_to(link)
    ]


def state(row: Assignment) -> str:
    """Whether it was begun or done, by the client's own presses."""
    if row.done_on:
        return f"Done {day(row.done_on)}"
    if row.withdrawn_on:
        return f"Withdrawn {day(row.withdrawn_on)}"
    return f"Begun {day(row.begun_on)}" if row.begun_on else "Not begun"


def due(row: Assignment, today: date) -> str:
    """By when, if that still says something."""
    if row.due_on is None:
        return ""
    past = row.due_on < today and not (row.done_on or row.withdrawn_on)
    return f"{'was due' if past else 'due'} {day(row.due_on)}"
