"""A person's work with a therapist, and a therapist's own, for export.

Each takes along what is theirs: a client what was said to them, what they were given and when
something of theirs was opened; a therapist what they wrote themselves. Nothing that a client wrote
is in a therapist's export, and neither has the other's address in theirs.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from pydantic import AwareDatetime, Field, JsonValue

from exercises import access
from exercises.exported import LessonId, SavedRevision, SavedRow, in_order, made
from exercises.models import (
    Assignment,
    CareLink,
    ClientFile,
    Invitation,
    Opening,
    OwnLesson,
    OwnLessonVersion,
    Pathway,
    Practice,
    Response,
    SessionNote,
)
from exercises.models.care import How
from exercises.own_lessons import source_of
from lessons.kinds import BasePrompt
from lessons.kinds.base import PromptId
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.lib.export import Exported

AT_ONCE = 20
"""Clients in memory, with all that their therapist noted and said."""
Rows = Iterator[Exported]


class SavedTherapy(Exported):
    """That its person has a therapist now."""

    since: date


class SavedAssignment(Exported):
    """A lesson that was given to a client."""

    lesson_id: LessonId
    note: str
    """What the therapist said along with it; may be empty."""
    assigned_on: date
    starts_on: date | None
    due_on: date | None
    begun_on: date | None
    """The client pressed “begin”; the therapist is told the day."""
    done_on: date | None
    withdrawn_on: date | None


class TakenAssignment(SavedAssignment):
    """The same, as the client has it."""

    aside_at: AwareDatetime | None
    """Put aside; the therapist is not told."""


class SavedResponse(Exported):
    """Something said about a shared answer or week."""

    answer: uuid.UUID | None
    pulse: uuid.UUID | None
    revision: uuid.UUID
    """What was shared when it was said."""
    shared_on: date
    """Since when."""
    writer: Literal["you", "therapist"]
    value: str
    """Empty once it was withdrawn."""
    written_at: AwareDatetime
    edited_at: AwareDatetime | None
    withdrawn_at: AwareDatetime | None


class SavedOpening(Exported):
    """The access record: a therapist opened one shared text of its person."""

    row: uuid.UUID
    """The answer or week."""
    revision: uuid.UUID
    lesson_id: LessonId | Literal[""]
    prompt_id: PromptId | Literal[""]
    week: date | None
    how: How
    opened_at: AwareDatetime


class PracticeText(Exported):
    """What a therapist says of their practice."""

    name: str
    credentials: str
    licence: str
    licensed_by: str
    languages: str
    about: str
    booking: str


class SavedPractice(Exported):
    """A therapist's practice page."""

    value: PracticeText


class SavedSessionNote(SavedRow):
    """What a therapist noted for themselves about one day with a client."""

    day: date

    def asks(self, prompt: BasePrompt) -> bool:
        """Any text answers it."""
        return prompt.kind == "text"


class SavedClient(Exported):
    """What a therapist has of one client; of what the client wrote, nothing."""

    label: str
    made_on: date
    began_on: date | None
    archived_at: AwareDatetime | None
    met_on: date | None
    """The last session."""
    invited_at: AwareDatetime | None
    """When they were invited, where that can still be accepted."""
    notes: list[SavedSessionNote]
    assignments: list[SavedAssignment]
    responses: list[SavedResponse]
    """What the therapist said; not what the client replied."""


class SavedStep(Exported):
    """One lesson of a pathway."""

    lesson_id: LessonId
    days: int
    """After the one before."""


class PathwayText(Exported):
    """A pathway's name and lessons, in order."""

    name: str
    steps: list[SavedStep]


class SavedPathway(Exported):
    """Lessons that a therapist gives again and again."""

    value: PathwayText


class SavedVersion(Exported):
    """A lesson as it was saved once."""

    id: uuid.UUID
    number: int
    made_at: AwareDatetime
    value: dict[str, JsonValue]
    """As it was typed: title, summary, minutes, text and exercise."""


class SavedOwnLesson(Exported):
    """A lesson that a therapist wrote, with all its versions, the first one first."""

    id: uuid.UUID
    newest: uuid.UUID
    withdrawn_on: date | None
    versions: list[SavedVersion] = Field(min_length=1)


DOCUMENT: dict[str, Any] = {
    "therapists": list[SavedTherapy],
    "assignments": list[TakenAssignment],
    "responses": list[SavedResponse],
    "openings": list[SavedOpening],
    "practices": list[SavedPractice],
    "clients": list[SavedClient],
    "pathways": list[SavedPathway],
    "own_lessons": list[SavedOwnLesson],
}


def data_of(person: User) -> dict[str, Rows]:
    """The rows, by the keys of ``DOCUMENT``; a key only where there is something."""
    found: dict[str, Rows] = {}
    link = access.care_of(person)
    if link:
        found["therapists"] = iter([SavedTherapy(since=link.since)])
        found["assignments"] = _taken(person, link)
        found["responses"] = responses(link, person)
    there: dict[str, tuple[QuerySet[Any], Callable[[User], Rows]]] = {
        "openings": (Opening.objects.filter(owner=person), _openings),
        "practices": (Practice.objects.filter(therapist=person), _practices),
        "clients": (ClientFile.objects.filter(therapist=person), _clients),
        "pathways": (Pathway.objects.filter(therapist=person), _pathways),
        "own_lessons": (OwnLesson.objects.filter(therapist=person), _own_lessons),
    }
    return found | {key: rows(person) for key, (some, rows) in there.items() if some.exists()}


def _taken(person: User, link: CareLink) -> Rows:
    for row in access.own_assignments(person, timezone.localdate(timezone=person.zone)):
        try:
            yield TakenAssignment(note=row.note(link), aside_at=row.aside_at, **_given(row))
        except KeyGone:
            return  # it ended a moment ago


def _given(row: Assignment) -> dict[str, Any]:
    """What both have of it."""
    return {
        "lesson_id": row.lesson_id,
        "assigned_on": row.assigned_on,
        "starts_on": row.starts_on,
        "due_on": row.due_on,
        "begun_on": row.begun_on,
        "done_on": row.done_on,
        "withdrawn_on": row.withdrawn_on,
    }


def responses(link: CareLink, person: User) -> Iterator[SavedResponse]:
    """What was said to the client; of a therapist, only what they said about what is shared now.

    Were the rest there, its absence would tell them that their client deleted what it is about.
    """
    if person.pk == link.therapist_id:
        rows = [one for one in access.shown_responses(link) if one.writer_id == person.pk]
    else:
        rows = list(Response.objects.filter(link=link).order_by("written_at", "pk"))
    for row in rows:
        try:
            said = row.open(link)
        except KeyGone:
            return
        yield SavedResponse(
            answer=row.answer_id,
            pulse=row.pulse_id,
            revision=row.revision,
            shared_on=row.shared_on,
            writer="you" if row.writer_id == person.pk else "therapist",
            value=said,
            written_at=row.written_at,
            edited_at=row.edited_at,
            withdrawn_at=row.withdrawn_at,
        )


def _openings(person: User) -> Rows:
    for row in Opening.objects.filter(owner=person).order_by("opened_at", "pk").iterator():
        yield SavedOpening(
            row=row.row,
            revision=row.revision,
            lesson_id=row.lesson_id,
            prompt_id=row.prompt_id,
            week=row.week,
            how=How(row.how),
            opened_at=row.opened_at,
        )


def _practices(person: User) -> Rows:
    practice = access.practice_of(person)
    if practice:
        yield SavedPractice(value=PracticeText(**asdict(practice.open(person))))


def _clients(person: User) -> Rows:
    for file in files_of(person):
        link = access.link_of(file)
        yield SavedClient(
            label=file.label(person),
            made_on=file.made_on,
            began_on=file.began_on,
            archived_at=file.archived_at,
            met_on=file.met_on,
            invited_at=invited_at(file),
            notes=[_note(row, person) for row in file.notes.all()],
            assignments=list(_assignments(link)) if link else [],
            responses=list(responses(link, person)) if link else [],
        )


def files_of(therapist: User) -> Iterator[ClientFile]:
    """A therapist's files with their notes, by the day and then by the label, a few at a time."""
    files = access.own_files(therapist)
    files.sort(key=lambda file: (file.made_on, file.label(therapist).casefold(), file.pk))
    noted = SessionNote.objects.select_related("head").order_by("day").prefetch_related("revisions")
    rows: Any = ClientFile.objects.filter(therapist=therapist)
    rows = rows.select_related("invitation").prefetch_related(Prefetch("notes", noted))
    for start in range(0, len(files), AT_ONCE):
        ids = [file.pk for file in files[start : start + AT_ONCE]]
        found = rows.in_bulk(ids)
        yield from (found[one] for one in ids if one in found)


def invited_at(file: ClientFile) -> datetime | None:
    """When the client of a file was invited, where that can still be accepted."""
    invitation: Invitation | None = getattr(file, "invitation", None)
    still = invitation and invitation.until > timezone.now()
    return invitation.made_at if invitation and still else None


def _note(row: SessionNote, person: User) -> SavedSessionNote:
    revisions = [made(SavedRevision, row, one, person) for one in in_order(row)]
    return SavedSessionNote(id=row.pk, newest=row.head_id, revisions=revisions, day=row.day)


def _assignments(link: CareLink) -> Iterator[SavedAssignment]:
    rows = Assignment.objects.filter(link=link).order_by("assigned_on", "position", "pk")
    for row in rows.iterator():
        try:
            yield SavedAssignment(note=row.note(link), **_given(row))
        except KeyGone:
            return


def _pathways(person: User) -> Rows:
    for row in access.own_pathways(person):
        name, steps = row.open(person)
        said = [SavedStep(lesson_id=step.lesson_id, days=step.days) for step in steps]
        yield SavedPathway(value=PathwayText(name=name, steps=said))


def _own_lessons(person: User) -> Rows:
    rows: Any = OwnLesson.objects.filter(therapist=person).order_by("pk")
    versions = OwnLessonVersion.objects.order_by("number")
    for row in rows.prefetch_related(Prefetch("versions", versions)).iterator(AT_ONCE):
        yield SavedOwnLesson(
            id=row.pk,
            newest=row.head_id,
            withdrawn_on=row.withdrawn_on,
            versions=[
                SavedVersion(
                    id=one.pk,
                    number=one.number,
                    made_at=one.made_at,
                    value=source_of(one, person),
                )
                for one in row.versions.all()
            ],
        )
