"""What a person wrote and how far they are, for their export: every revision, in its own wording.

A new kind of row (an ``Own`` class) is taken along, and brought in again, once
it stands in ``KEPT``.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import AwareDatetime, Field, JsonValue

from exercises import access
from exercises.models import Answer, Own, Pulse, Revision, WeekNote
from lessons.kinds import BasePrompt
from lessons.kinds import Pulse as PulsePrompt
from lessons.kinds.base import Id, PromptId
from trustbook.accounts.models import User
from trustbook.lib.export import Exported


class SavedRevision(Exported):
    """One save."""

    id: uuid.UUID
    saved_at: AwareDatetime
    base: uuid.UUID | None
    """The revision from which its writer went on; none for the first."""
    aside: bool
    """Own beside the newest of then, not over it."""
    asked: dict[str, JsonValue]
    """The question as it was asked then: its kind, its wording, its options."""
    value: JsonValue
    """The answer; its shape depends on the kind of question."""


class SavedRow(Exported):
    """An answer in one place, with all that was ever saved there, the first save first."""

    id: uuid.UUID
    newest: uuid.UUID
    """The revision that counts."""
    revisions: list[SavedRevision] = Field(min_length=1)

    def asks(self, prompt: BasePrompt) -> bool:
        """Whether ``prompt`` is one that an answer in this place answers."""
        return prompt.answered


class SavedAnswer(SavedRow):
    """The answer to one prompt of one lesson."""

    lesson_id: Id
    prompt_id: PromptId

    def asks(self, prompt: BasePrompt) -> bool:
        """Whether ``prompt`` has the id of this place."""
        return prompt.id == self.prompt_id and prompt.answered and prompt.kind != "pulse"


class SavedWeek(SavedRow):
    """What was saved for one week."""

    week: date
    """The Monday on which the week begins, in its person's time zone."""


class SavedPulse(SavedWeek):
    """The trust pulse of one week."""

    def asks(self, prompt: BasePrompt) -> bool:
        """Whether ``prompt`` is a pulse."""
        return isinstance(prompt, PulsePrompt)


class SavedReading(Exported):
    """How far one lesson is read."""

    lesson_id: Id
    place: int = Field(ge=0, le=9_999)
    """The block of text that stood at the top of the page, 0 for the beginning."""
    opened_at: AwareDatetime
    touched_at: AwareDatetime
    finished_at: AwareDatetime | None


@dataclass(frozen=True)
class Keeping:
    """How one class of rows stands in the document."""

    kept: type[Own]
    saved: type[SavedRow]

    @property
    def where(self) -> tuple[str, ...]:
        """The fields that tell one row of a person from another."""
        return self.kept.where


KEPT: Mapping[str, Keeping] = {
    "answers": Keeping(Answer, SavedAnswer),
    "pulses": Keeping(Pulse, SavedPulse),
    "week_notes": Keeping(WeekNote, SavedWeek),
}
"""By the key in the document."""

DOCUMENT: Mapping[str, Any] = {
    "readings": list[SavedReading],
    # A list of whatever class stands in KEPT.
    **{key: list[keeping.saved] for key, keeping in KEPT.items()},  # type: ignore[name-defined]
}
"""The keys of the JSON document that this app fills."""


def data_of(person: User) -> dict[str, Iterator[Exported]]:
    """The rows, read from the database while they are written out."""
    readings: dict[str, Iterator[Exported]] = {"readings": _readings(person)}
    return readings | {key: saved_rows(person, keeping) for key, keeping in KEPT.items()}


def saved_rows(person: User, keeping: Keeping) -> Iterator[Exported]:
    """The rows of one class with every revision, opened."""
    for row in access.own_rows(person, keeping.kept, *keeping.where):
        revisions = in_order(row)
        if not revisions:
            continue  # deleted a moment ago
        yield keeping.saved(
            id=row.pk,
            newest=row.head_id,
            revisions=[saved(row, revision, person) for revision in revisions],
            **{field: getattr(row, field) for field in keeping.where},
        )


def in_order(row: Own) -> list[Revision]:
    """The revisions of a row that came with them, the first save first."""
    return sorted(row.revisions.all(), key=lambda one: (one.saved_at, one.pk.int))


def saved(row: Own, revision: Revision, person: User) -> SavedRevision:
    """One revision, opened."""
    opened = row.open(revision, person)
    return SavedRevision(
        id=revision.pk,
        saved_at=revision.saved_at,
        base=revision.base,
        aside=revision.aside,
        asked=opened.snapshot,
        value=opened.value,
    )


def _readings(person: User) -> Iterator[SavedReading]:
    for row in sorted(access.own_readings(person), key=lambda one: (one.opened_at, one.lesson_id)):
        yield SavedReading(
            lesson_id=row.lesson_id,
            place=row.place,
            opened_at=row.opened_at,
            touched_at=row.touched_at,
            finished_at=row.finished_at,
        )
