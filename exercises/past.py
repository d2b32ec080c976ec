"""The weeks that somebody looks back on: their numbers, and what was noted."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from exercises import labels
from exercises.access import Seen
from exercises.models import Opened, Pulse, WeekNote
from exercises.weeks import week_name
from lessons.kinds.pulse import NAMES
from trustbook.accounts.models import User

SHOWN = 26
"""Half a year of weeks, unless somebody asks for all of them."""


@dataclass(frozen=True)
class Week:
    """One week about which there is something."""

    monday: date
    numbers: dict[str, int | None]
    """By the ids of the statements; none for what was skipped."""
    statements: dict[str, str]
    """As they were worded then; empty without a pulse."""
    note: SafeString
    who: SafeString | str = ""
    """Who can see the numbers, where somebody can be shown them; nobody ever sees the note."""

    @property
    def name(self) -> str:
        """``week of 3 May 2026``."""
        return week_name(self.monday)

    @property
    def row(self) -> list[int | None]:
        """The numbers in the order of the statements, for a table."""
        return [self.numbers.get(statement) for statement in NAMES]


def past_weeks(
    person: User, pulses: list[Pulse], notes: list[WeekNote], seen: Seen | None = None
) -> list[Week]:
    """The weeks in which something is written, the first one first.

    What was emptied again leaves no week behind here; its history does.
    """
    numbers = {pulse.week: pulse.open(pulse.head, person) for pulse in pulses}
    who = {pulse.week: labels.line(seen, pulse) for pulse in pulses} if seen else {}
    noted = {note.week: note.open(note.head, person) for note in notes}
    weeks = [
        week_told(monday, numbers.get(monday), noted.get(monday), who.get(monday, ""))
        for monday in sorted(numbers.keys() | noted.keys())
    ]
    return [
        week
        for week in weeks
        if week.note or any(number is not None for number in week.numbers.values())
    ]


def week_told(
    monday: date, pulse: Opened | None = None, note: Opened | None = None, who: str = ""
) -> Week:
    """One week, from what was told about it; from nothing, a week that was left out."""
    return Week(
        monday,
        numbers=pulse.value if pulse else {},
        statements=pulse.snapshot["statements"] if pulse else {},
        note=note.prompt.show(note.value) if note else SafeString(""),
        who=who,
    )
