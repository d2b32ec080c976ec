"""What a client shares, in the order in which it is read: by lesson, as it was asked."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.utils.safestring import SafeString

from exercises import access
from exercises.access import Read
from exercises.lesson_names import Names, name_of, own_names
from exercises.models import Answer, CareLink
from exercises.models.answer import Place
from exercises.own_lessons import is_own, lesson_of
from exercises.past import Week, week_told
from exercises.threads import Thread
from lessons.catalogue import catalogue
from lessons.kinds import BasePrompt

One = TypeVar("One")


@dataclass(frozen=True)
class Chapter(Generic[One]):
    """What belongs to one lesson."""

    lesson_id: str
    title: str
    parts: list[One]


@dataclass(frozen=True)
class Text:
    """A shared answer, opened."""

    read: Read
    asked: str
    shown: SafeString
    plain: str
    thread: Thread | None = None
    """What was said about it, where that is shown."""

    @classmethod
    def of(cls, read: Read, thread: Thread | None = None) -> "Text":
        """The wording that was asked, and the answer to it."""
        prompt, value = read.opened.prompt, read.opened.value
        return cls(read, prompt.ask, prompt.show(value), prompt.as_text(value).strip(), thread)

    @property
    def since(self) -> date:
        """The day of sharing."""
        return self.read.since

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"text-{self.read.row.pk}"


@dataclass(frozen=True)
class Asked:
    """The lessons that one client may have answered: what they are called, what they ask today."""

    names: Names
    prompts: dict[Place, BasePrompt]

    def of(self, answer: Answer) -> BasePrompt | None:
        """The question as it is asked today; None for one that is no longer."""
        return self.prompts.get((answer.lesson_id, answer.prompt_id))


def asked_of(link: CareLink) -> Asked:
    """The courses, then the therapist's own lessons as the client has them. Two queries."""
    found = {
        (lesson.id, prompt.id): prompt
        for course in catalogue().courses
        for lesson in course.lessons
        for prompt in lesson.exercise.prompts
    }
    for row in access.given_lessons(link.client):
        if row.version:
            lesson = lesson_of(row.version, link.therapist)
            found |= {(lesson.id, prompt.id): prompt for prompt in lesson.exercise.prompts}
    return Asked(own_names(link.therapist), found)


def texts_by_lesson(
    reads: Iterable[Read], asked: Asked, threads: Mapping[uuid.UUID, Thread]
) -> list[Chapter[Text]]:
    """The answers among what was opened, each with what was said about it."""
    texts = [Text.of(one, threads.get(one.row.pk)) for one in reads if isinstance(one.row, Answer)]
    return by_lesson(texts, lambda text: text.read.row, asked)


def by_lesson(
    parts: Iterable[One], row: Callable[[One], object], asked: Asked
) -> list[Chapter[One]]:
    """In the order of the courses and their prompts; then the therapist's own lessons, by name.

    ``row`` is the answer to which a part belongs.
    """
    order = {place: number for number, place in enumerate(asked.prompts)}
    found: dict[str, list[tuple[int, str, One]]] = {}
    for part in parts:
        answer = row(part)
        assert isinstance(answer, Answer)  # noqa: S101 - for the type checker
        place = (answer.lesson_id, answer.prompt_id)
        entry = (order.get(place, len(order)), answer.prompt_id, part)
        found.setdefault(answer.lesson_id, []).append(entry)
    first: dict[str, int] = {}
    for (lesson_id, _), number in order.items():
        first.setdefault(lesson_id, len(order) if is_own(lesson_id) else number)
    named = {one: name_of(one, asked.names) for one in found}
    ids = sorted(found, key=lambda one: (first.get(one, len(order)), named[one], one))
    return [
        Chapter(one, named[one], [part for *_, part in sorted(found[one], key=_place)])
        for one in ids
    ]


def _place(entry: tuple[int, str, One]) -> tuple[int, str]:
    return entry[:2]


def weeks_of(reads: Iterable[Read]) -> list[Week]:
    """The weeks among what was opened, the first one first."""
    weeks = [week_told(read.week, read.opened) for read in reads if read.week]
    return sorted(weeks, key=lambda week: week.monday)
