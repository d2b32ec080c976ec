"""The only place that says who may read or write what.

Each function fetches for one person or raises ``Http404``, the same for what is missing and for
what belongs to somebody else. Today people reach their own work only.
"""

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from django.http import Http404

from exercises.models import Answer, Kept, Pulse, Reading, Revision
from exercises.models.answer import Place
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt
from trustbook.accounts.models import User

ROWS_AT_A_TIME = 20
"""Of rows that are read with all that was ever saved in them."""


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


def own_answers_beside(
    person: User, lesson: Lesson, recalled: Collection[Place]
) -> dict[Place, Answer]:
    """A person's answers to one lesson and to the places that it recalls, in one query."""
    answers = Answer.objects.beside(person, lesson.id, recalled)
    return {(answer.lesson_id, answer.prompt_id): answer for answer in answers}


def own_kept(person: User, row_id: uuid.UUID) -> Answer | Pulse:
    """One answer, or one week's pulse, of one's own."""
    found = Answer.objects.of(person).filter(pk=row_id).first()
    found_or_week = found or Pulse.objects.of(person).filter(pk=row_id).first()
    if found_or_week is None:
        raise Http404
    return found_or_week


def revisions_of(row: Answer | Pulse) -> list[Revision]:
    """All revisions of a row that was fetched here, in the order of saving."""
    return list(row.revisions.order_by("saved_at", "pk"))


def revision_of(row: Answer | Pulse, revision_id: uuid.UUID) -> Revision:
    """One revision of a row that was fetched here."""
    revision = row.revisions.filter(pk=revision_id).first()
    if revision is None:
        raise Http404
    return revision


def own_pulses(person: User) -> list[Pulse]:
    """A person's weeks, the first one first."""
    return list(Pulse.objects.of(person))


def own_rows(person: User, kept: type[Kept], *order: str, **where: object) -> Iterator[Kept]:
    """A person's rows of one class with every revision, a few at a time."""
    rows: Any = kept._default_manager.filter(author=person, **where).order_by(*order)
    yield from rows.prefetch_related("revisions").iterator(chunk_size=ROWS_AT_A_TIME)


def own_newest(person: User, kept: type[Kept]) -> list[Any]:
    """All of a person's rows of one class with their newest revisions."""
    rows: Any = kept._default_manager.filter(author=person)
    return list(rows.select_related("head"))


def own_progress(person: User) -> list[Reading]:
    """What a person has opened, in no order."""
    return Reading.objects.progress_of(person)


def own_readings(person: User) -> list[Reading]:
    """What a person has opened, the last first."""
    return list(Reading.objects.of(person))
