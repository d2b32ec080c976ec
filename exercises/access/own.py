"""A person and their own work."""

import uuid
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.http import Http404

from exercises.models import (
    Answer,
    AnswerRevision,
    JointRevision,
    Keepsake,
    Kept,
    Own,
    Pulse,
    PulseRevision,
    Reading,
    Revision,
    WeekNote,
    WeekNoteRevision,
)
from exercises.models.answer import Place
from exercises.weeks import week_of
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt
from trustbook.accounts.models import User

ROWS_AT_A_TIME = 10
"""Of rows that are read with all that was ever saved in them."""
Row = Answer | Pulse | WeekNote | Keepsake
"""What keeps every version of what somebody wrote, or a copy of what two wrote."""
ROWS: tuple[type[Row], ...] = (Answer, Pulse, WeekNote, Keepsake)


def lesson_at(course_id: str, slug: str) -> Lesson:
    """A lesson of the catalogue by its address."""
    lesson = catalogue().lesson(course_id, slug)
    if lesson is None:
        raise Http404
    return lesson


def lesson_with(lesson_id: str) -> Lesson:
    """A lesson of the catalogue by its permanent id."""
    lesson = catalogue().lesson_by_id(lesson_id)
    if lesson is None:
        raise Http404
    return lesson


def prompt_of(lesson: Lesson, prompt_id: str) -> BasePrompt:
    """A prompt of ``lesson`` that keeps an answer."""
    prompt = lesson.exercise.prompt(prompt_id)
    if prompt is None or not prompt.answered:
        raise Http404
    return prompt


def own_answers(person: User) -> list[Answer]:
    """All that a person has answered, with the newest revisions."""
    return list(Answer.objects.of(person))


def own_answer(person: User, lesson_id: str, prompt_id: str) -> Answer | None:
    """A person's answer in one place, with its newest revision."""
    there = Answer.objects.of(person).filter(lesson_id=lesson_id, prompt_id=prompt_id)
    return there.first()


def own_answers_beside(
    person: User, lesson: Lesson, recalled: Collection[Place]
) -> dict[Place, Answer]:
    """A person's answers to one lesson and to the places that it recalls, in one query."""
    answers = Answer.objects.beside(person, lesson.id, recalled)
    return {(answer.lesson_id, answer.prompt_id): answer for answer in answers}


def own_answers_at(person: User, places: Collection[Place]) -> list[Answer]:
    """A person's answers at some places, in one query whatever they have answered."""
    answers = Answer.objects.of(person).filter(lesson_id__in={lesson for lesson, _ in places})
    return [answer for answer in answers if (answer.lesson_id, answer.prompt_id) in places]


def own_kept(person: User, row_id: uuid.UUID) -> Row:
    """One answer, one week's pulse or note, or one keepsake, of one's own."""
    for kept in ROWS:
        found: Row | None = kept.objects.of(person).filter(pk=row_id).first()
        if found is not None:
            return found
    raise Http404


def own_hidden(person: User, row_id: uuid.UUID) -> Row:
    """What one has deleted oneself and what is not purged yet; for taking it back or purging it."""
    for kept in ROWS:
        found: Row | None = kept.hidden.filter(author=person, pk=row_id).first()
        if found is not None:
            return found
    raise Http404


def revisions_of(row: Kept) -> list[Revision]:
    """All revisions of a row that was fetched here, in the order of saving."""
    return list(row.revisions.order_by(*row.revisions.model.order))


def revision_of(row: Kept, revision_id: uuid.UUID) -> Revision:
    """One revision of a row that was fetched here."""
    revision: Revision | None = row.revisions.filter(pk=revision_id).first()
    if revision is None:
        raise Http404
    return revision


def own_revisions(person: User, ids: Collection[uuid.UUID]) -> list[AnswerRevision]:
    """Revisions of a person's own answers, with these; without those that are gone."""
    rows = AnswerRevision.objects.filter(pk__in=ids, row__author=person, row__deleted_at=None)
    return list(rows.select_related("row"))


def has_keepsakes(person: User) -> bool:
    """Whether a person has a copy of anything that they wrote with somebody."""
    return Keepsake.objects.filter(author=person).exists()


def own_keepsakes(person: User) -> list[Keepsake]:
    """A person's copies of what they wrote together with somebody they parted from."""
    return list(Keepsake.objects.of(person))


def own_pulses(person: User) -> list[Pulse]:
    """A person's weeks, the first one first."""
    return list(Pulse.objects.of(person))


def own_rows(person: User, kept: type[Own], *order: str, **where: object) -> Iterator[Own]:
    """A person's rows of one class with every revision, a few at a time."""
    rows: Any = kept._default_manager.filter(author=person, **where).order_by(*order)
    yield from rows.prefetch_related("revisions").iterator(chunk_size=ROWS_AT_A_TIME)


def own_newest(person: User, kept: type[Own]) -> list[Any]:
    """All of a person's rows of one class with their newest revisions."""
    rows: Any = kept._default_manager.filter(author=person)
    return list(rows.select_related("head"))


def own_week_notes(person: User) -> list[WeekNote]:
    """What a person noted about weeks, the first one first."""
    return list(WeekNote.objects.of(person))


def own_week(person: User, week: date) -> tuple[Pulse | None, WeekNote | None]:
    """What a person wrote about one week: of this or the last one, or where there is anything."""
    pulse = Pulse.objects.of(person).filter(week=week).first()
    note = WeekNote.objects.of(person).filter(week=week).first()
    this = week_of(person)
    if pulse is None and note is None and week not in (this, this - timedelta(weeks=1)):
        raise Http404
    return pulse, note


def weeks_written_about(person: User) -> list[date]:
    """The weeks of a person's own about which a note can be written, however long ago."""
    weeks = Pulse.objects.filter(author=person).values_list("week", flat=True)
    noted = WeekNote.objects.filter(author=person).values_list("week", flat=True)
    return list(weeks.union(noted))


def own_progress(person: User) -> list[Reading]:
    """What a person has opened, in no order."""
    return Reading.objects.progress_of(person)


def own_readings(person: User) -> list[Reading]:
    """What a person has opened, the last first."""
    return list(Reading.objects.of(person))


def own_last_touch(person: User) -> datetime | None:
    """When a person last opened, read or saved anything; None for one who never did."""
    read = Reading.objects.filter(reader=person)
    found = [
        *read.aggregate(Max("opened_at"), Max("touched_at"), Max("finished_at")).values(),
        *(
            made.objects.filter(row__author=person).aggregate(at=Max("saved_at"))["at"]
            for made in (AnswerRevision, PulseRevision, WeekNoteRevision)
        ),
        JointRevision.objects.filter(writer=person).aggregate(at=Max("saved_at"))["at"],
    ]
    return max((moment for moment in found if moment), default=None)
