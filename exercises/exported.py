"""What a person wrote and how far they are, for their export: every revision, in its own wording.

A new kind of row (an ``Own`` class) is taken along, and brought in again, once
it stands in ``KEPT``.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AwareDatetime, Field, JsonValue, StringConstraints

from exercises import access
from exercises.models import (
    OWN,
    Answer,
    Couple,
    Keeper,
    Keepsake,
    Kept,
    Own,
    Pulse,
    Revision,
    WeekNote,
)
from lessons.kinds import BasePrompt
from lessons.kinds import Pulse as PulsePrompt
from lessons.kinds.base import PromptId
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.lib.export import Exported

S = TypeVar("S", bound="SavedRevision")


LessonId = Annotated[
    str, StringConstraints(pattern=rf"^({OWN})?[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
]
"""Of a lesson of a course, or of one that a therapist wrote."""


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

    lesson_id: LessonId
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


class KeptText(SavedRevision):
    """A text without a date."""

    saved_at: None  # type: ignore[assignment]
    """Nothing says when it was written."""


class SavedKeepsake(SavedRow):
    """A copy of what was written with somebody else, kept when the two parted."""

    kept_from: Literal["partner", "therapist"] = "partner"
    """Who the other one was."""
    source: uuid.UUID
    """The id that it had for both of them, or one that follows from it."""
    lesson_id: LessonId | Literal[""]
    """Empty for promises and for what is about a week, which belong to no lesson."""
    prompt_id: PromptId
    revisions: list[KeptText] = Field(min_length=1)  # type: ignore[assignment]
    """What was kept aside, then the text that counts."""

    def asks(self, prompt: BasePrompt) -> bool:
        """Whether ``prompt`` has the id of this place."""
        return prompt.id == self.prompt_id and prompt.answered


class JointSave(SavedRevision):
    """One save of what two people write together."""

    writer: Literal["you", "partner"]


class SavedJointAnswer(Exported):
    """What two people write together at one prompt, with all that either of them saved."""

    id: uuid.UUID
    newest: uuid.UUID
    """The revision that counts."""
    revisions: list[JointSave] = Field(min_length=1)
    lesson_id: LessonId
    prompt_id: PromptId


class SavedReading(Exported):
    """How far one lesson is read."""

    lesson_id: LessonId
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
    also: tuple[str, ...] = ()
    """Fields that say where a row belongs, and do not tell it from another."""

    @property
    def where(self) -> tuple[str, ...]:
        """The fields that tell one row of a person from another."""
        return self.kept.where

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields of its own, in the order in which its rows stand in the document."""
        return (*self.also, *self.where)


KEPT: Mapping[str, Keeping] = {
    "answers": Keeping(Answer, SavedAnswer),
    "pulses": Keeping(Pulse, SavedPulse),
    "week_notes": Keeping(WeekNote, SavedWeek),
    "keepsakes": Keeping(Keepsake, SavedKeepsake, also=("kept_from", "lesson_id", "prompt_id")),
}
"""By the key in the document."""

DOCUMENT: Mapping[str, Any] = {
    "readings": list[SavedReading],
    "joint_answers": list[SavedJointAnswer],
    # A list of whatever class stands in KEPT.
    **{key: list[keeping.saved] for key, keeping in KEPT.items()},  # type: ignore[name-defined]
}
"""The keys of the JSON document that this app fills."""


def data_of(person: User) -> dict[str, Iterator[Exported]]:
    """The rows, read from the database while they are written out.

    What two people wrote together has a key only where there is some.
    """
    found: dict[str, Iterator[Exported]] = {"readings": _readings(person)}
    found |= {key: saved_rows(person, keeping) for key, keeping in KEPT.items()}
    couple = access.couple_of(person)
    if couple and access.has_joint_answers(couple):
        found["joint_answers"] = joint_rows(person, couple)
    if not access.has_keepsakes(person):
        del found["keepsakes"]
    return found


def saved_rows(person: User, keeping: Keeping) -> Iterator[Exported]:
    """The rows of one class with every revision, opened."""
    for row in access.own_rows(person, keeping.kept, *keeping.fields):
        revisions = in_order(row)
        if not revisions:
            continue  # deleted a moment ago
        yield keeping.saved(
            id=row.pk,
            newest=row.head_id,
            revisions=[
                made(SavedRevision if revision.dated else KeptText, row, revision, person)
                for revision in revisions
            ],
            **{field: getattr(row, field) for field in keeping.fields},
        )


def joint_rows(person: User, couple: Couple) -> Iterator[Exported]:
    """What the couple writes together, with every revision and whose it was, opened."""
    for row in access.joint_rows(couple):
        try:
            revisions = [_joint_save(row, one, couple, person) for one in in_order(row)]
        except KeyGone:
            return  # they parted a moment ago
        if revisions:
            yield SavedJointAnswer(
                id=row.pk,
                newest=row.head_id,
                lesson_id=row.lesson_id,
                prompt_id=row.prompt_id,
                revisions=revisions,
            )


def _joint_save(row: Kept, revision: Any, couple: Couple, person: User) -> JointSave:
    mine = revision.writer_id == person.pk
    return made(JointSave, row, revision, couple, writer="you" if mine else "partner")


def in_order(row: Kept) -> list[Revision]:
    """The revisions of a row that came with them, the first save first."""
    return sorted(row.revisions.all(), key=lambda one: one.rank)


def made(kind: type[S], row: Kept, revision: Revision, keeper: Keeper, **more: Any) -> S:
    """One revision, opened."""
    opened = row.open(revision, keeper)
    return kind(
        id=revision.pk,
        saved_at=revision.saved_at,
        base=revision.base,
        aside=revision.aside,
        asked=opened.snapshot,
        value=opened.value,
        **more,
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
