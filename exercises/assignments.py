"""What was assigned, as each of the two sees it.

Days are the client's: a lesson is due until the end of that day where the client is, and is there
from the midnight with which its first day begins there. What the therapist sees is made here of the
two presses and of what the therapist said; that something was put aside is not even fetched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from exercises import access
from exercises.labels import day
from exercises.lesson_names import Names, given_names, name_of, place_of
from exercises.models import Assignment, CareLink
from exercises.own_lessons import is_own
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User


def today_of(person: User) -> date:
    """The day that it is for somebody."""
    return timezone.localdate(timezone=person.zone)


@dataclass(frozen=True)
class Given:
    """One assignment, as the therapist sees it."""

    id: UUID
    lesson_id: str
    name: str
    note: str
    assigned_on: date
    starts_on: date | None
    due_on: date | None
    begun_on: date | None
    done_on: date | None
    withdrawn_on: date | None
    today: date
    """The client's."""

    @property
    def open(self) -> bool:
        """Whether something may still come of it."""
        return self.done_on is None and self.withdrawn_on is None

    @property
    def state(self) -> str:
        """``Not begun``, ``Begun 3 May``, ``Done 5 May`` or ``Withdrawn 6 May``."""
        if self.withdrawn_on:
            return f"Withdrawn {day(self.withdrawn_on)}"
        if self.done_on:
            return f"Done {day(self.done_on)}"
        return f"Begun {day(self.begun_on)}" if self.begun_on else "Not begun"

    @property
    def past_due(self) -> bool:
        """Whether it is open, and its day is over where the client is."""
        return self.open and self.due_on is not None and self.due_on < self.today

    @property
    def due(self) -> str:
        """``due 24 May``, ``was due 24 May`` while it is open; empty without such a day."""
        if self.due_on is None:
            return ""
        return f"{'was due' if self.past_due else 'due'} {day(self.due_on)}"

    @property
    def starts(self) -> str:
        """``from 20 May``, as long as the client does not see it yet."""
        later = self.open and self.starts_on is not None and self.starts_on > self.today
        return f"from {day(self.starts_on)}" if later and self.starts_on else ""


def given(link: CareLink, names: Names) -> list[Given]:
    """All that was assigned over a link, the latest first; ``names`` are the therapist's own."""
    today = today_of(link.client)
    return [as_given(row, link, names, today) for row in access.given_to(link)]


def as_given(row: Assignment, link: CareLink, names: Names, today: date) -> Given:
    """One of them; ``today`` is the client's."""
    return Given(
        id=row.pk,
        lesson_id=row.lesson_id,
        name=name_of(row.lesson_id, names),
        note=row.note(link),
        assigned_on=row.assigned_on,
        starts_on=row.starts_on,
        due_on=row.due_on,
        begun_on=row.begun_on,
        done_on=row.done_on,
        withdrawn_on=row.withdrawn_on,
        today=today,
    )


@dataclass(frozen=True)
class Task:
    """One assignment, as the client sees it."""

    row: Assignment
    name: str
    href: str
    """Where the lesson is; empty for one that is not offered any more."""
    note: str
    today: date

    @property
    def open(self) -> bool:
        """Whether it waits: neither done nor withdrawn."""
        return self.row.done_on is None and self.row.withdrawn_on is None

    @property
    def aside(self) -> bool:
        """Whether the client has put it aside."""
        return self.open and self.row.aside_at is not None

    @property
    def due(self) -> str:
        """``due Friday, 15 May``; ``was due 15 May``; empty without such a day."""
        due = self.row.due_on
        if due is None:
            return ""
        return f"was due {day(due)}" if due < self.today else f"due {due:%A}, {day(due)}"

    @property
    def assigned(self) -> str:
        """The day of assigning."""
        return day(self.row.assigned_on)

    @property
    def begun(self) -> str:
        """The day of having begun."""
        return day(self.row.begun_on) if self.row.begun_on else ""

    @property
    def done(self) -> str:
        """The day of having done it."""
        return day(self.row.done_on) if self.row.done_on else ""

    @property
    def withdrawn(self) -> str:
        """The day of being taken back."""
        return day(self.row.withdrawn_on) if self.row.withdrawn_on else ""

    @property
    def now(self) -> str:
        """The day that the therapist would be shown if the client pressed now."""
        return day(self.today)

    @property
    def page(self) -> str:
        """Its own page."""
        return reverse("client:assignment", args=[self.row.pk])


@dataclass(frozen=True)
class Assigned:
    """All that a client was assigned and may see."""

    waiting: list[Task]
    """What is open, the next due first."""
    aside: list[Task]
    earlier: list[Task]
    """Done or taken back, the latest first."""


def tasks(rows: Iterable[Assignment], today: date) -> list[Task]:
    """The same assignments, which are of one link, as their client sees them.

    None where the link has ended since they were fetched, and its key is gone.
    """
    picked = list(rows)
    try:
        own = any(is_own(row.lesson_id) for row in picked)
        names = given_names(picked[0].link) if own else {}
        return [_task(row, names, today) for row in picked]
    except KeyGone:
        return []


def _task(row: Assignment, names: Names, today: date) -> Task:
    place = place_of(row.lesson_id, names)
    return Task(row, place.title, place.href, row.note(row.link), today)


def assigned(person: User) -> Assigned:
    """What there is on the client's page about their therapist."""
    today = today_of(person)
    found = tasks(access.own_assignments(person, today), today)
    over = [task for task in found if not task.open]
    return Assigned(
        waiting=[task for task in found if task.open and not task.aside],
        aside=[task for task in found if task.aside],
        earlier=sorted(over, key=_ended, reverse=True),
    )


def _ended(task: Task) -> date:
    return task.row.done_on or task.row.withdrawn_on or date.min


def waiting(person: User) -> list[Assignment]:
    """What is assigned and neither done, withdrawn nor put aside; the next due first."""
    return [
        row
        for row in access.own_assignments(person, today_of(person))
        if not (row.done_on or row.withdrawn_on or row.aside_at)
    ]


def at_lesson(person: User, lesson_id: str) -> Task | None:
    """What is assigned of one lesson: what is open, else what was done last."""
    today = today_of(person)
    rows = [
        row
        for row in access.own_assignments(person, today)
        if row.lesson_id == lesson_id and row.withdrawn_on is None
    ]
    if not rows:
        return None
    latest = max(rows, key=lambda row: (row.done_on is None, row.done_on or date.min))
    return next(iter(tasks([latest], today)), None)
