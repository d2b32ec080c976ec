"""What the pages about weeks hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.safestring import SafeString

from exercises import access, labels
from exercises.models import Kept, Pulse, WeekNote
from exercises.offers import offer_of_week
from exercises.past import SHOWN, Week, past_weeks
from exercises.plot import Plot, plots
from exercises.pulse.prompts import NOTE, PROMPTS, PULSE
from exercises.recording import Recorded
from exercises.slots import Slot, fill, frame
from exercises.weeks import week_name, week_of
from lessons.kinds import BasePrompt
from lessons.kinds.pulse import HIGH, LOW, NAMES
from trustbook.accounts.models import User

Conflicts = Mapping[str, Recorded]
"""By the ids of prompts: the text that was kept beside a newer one."""


@dataclass(frozen=True)
class Page:
    """One week to write about and, on the page of this week, all of them to look back on."""

    week: date
    form: SafeString
    conflict: bool
    seen: access.Seen
    numbers: SafeString | None = None
    """To read: of a week so long ago that nobody could tell any more."""
    who: SafeString | None = None
    """Who can see these."""
    weeks: list[Week] = field(default_factory=list)
    """The first one first."""
    more: int = 0
    """How many there are before these."""
    plots: list[Plot] = field(default_factory=list)
    names: tuple[str, ...] = tuple(NAMES.values())
    low: str = LOW
    high: str = HIGH

    @property
    def shareable(self) -> bool:
        """Whether there is anybody to show the weeks to."""
        return bool(self.seen.audiences or self.seen.shown)

    @property
    def promise(self) -> str:
        """What is true of all that is written here."""
        return labels.promise(self.seen)

    @property
    def noted(self) -> list[Week]:
        """The weeks with a note, the newest first."""
        return [week for week in reversed(self.weeks) if week.note]

    @property
    def name(self) -> str:
        """``week of 3 May 2026``."""
        return week_name(self.week)


def this_week(person: User, conflicts: Conflicts, *, whole: bool = False) -> Page:
    """This week's page; ``whole`` looks back on every week, not on the last half year."""
    pulses, notes = access.own_pulses(person), access.own_week_notes(person)
    seen = access.seen(person)
    week = week_of(person)
    pulse = next((row for row in pulses if row.week == week), None)
    note = next((row for row in notes if row.week == week), None)
    shareable = seen if seen.audiences or seen.shown else None
    weeks = past_weeks(person, pulses, notes, shareable)
    shown = weeks if whole else weeks[-SHOWN:]
    return Page(
        week,
        form=_form(person, week, {PULSE.id: pulse, NOTE.id: note}, conflicts, seen),
        conflict=bool(conflicts),
        seen=seen,
        weeks=shown,
        more=len(weeks) - len(shown),
        plots=plots(shown),
    )


def one_week(person: User, week: date, conflicts: Conflicts) -> Page:
    """The page of any week about which there is something."""
    pulse, note = access.own_week(person, week)
    seen = access.seen_in(person, week)
    told = week >= week_of(person) - timedelta(weeks=1)
    opened = pulse.open(pulse.head, person) if pulse and not told else None
    rows: dict[str, Pulse | WeekNote | None] = {PULSE.id: pulse, NOTE.id: note}
    return Page(
        week,
        form=_form(person, week, rows if told else {NOTE.id: note}, conflicts, seen),
        conflict=bool(conflicts),
        seen=seen,
        numbers=opened.prompt.show(opened.value) if opened else None,
        who=_under(seen, PULSE, pulse, week) if opened else None,
    )


def _form(
    person: User,
    week: date,
    rows: Mapping[str, Pulse | WeekNote | None],
    conflicts: Conflicts,
    seen: access.Seen,
) -> SafeString:
    parts = []
    for prompt in PROMPTS:
        if prompt.id in rows:
            slot = _slot(person, prompt, rows[prompt.id], week)
            slot.who = _under(seen, prompt, rows[prompt.id], week)
            if recorded := conflicts.get(prompt.id):
                slot.typed = recorded.row.open(recorded.revision, person).value
            save = reverse("pulse:save_prompt", args=[prompt.id])
            parts.append(fill(frame(prompt, save, weekly=True), slot))
    return SafeString("".join(parts))


def _under(
    seen: access.Seen, prompt: BasePrompt, row: Pulse | WeekNote | None, week: date
) -> SafeString:
    """Who can see it; a note is nobody else's, and is never opened together."""
    return labels.under(seen, row, offer_of_week(week.isoformat()) if prompt is PULSE else "")


def _slot(person: User, prompt: BasePrompt, row: Kept | None, week: date) -> Slot:
    slot = Slot(prompt, week=week.isoformat())
    if row is not None:
        slot.kept, slot.revision, slot.opened = row, row.head, row.open(row.head, person)
    return slot
