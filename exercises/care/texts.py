"""What a client shares, in the order in which it is read: by lesson, as it was asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.utils.safestring import SafeString

from exercises.access import Read
from exercises.lesson_names import Names, name_of
from exercises.models import Answer
from exercises.models.answer import Place
from exercises.past import Week, week_told
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

    @classmethod
    def of(cls, read: Read) -> "Text":
        """The wording that was asked, and the answer to it."""
        prompt, value = read.opened.prompt, read.opened.value
        return cls(read, prompt.ask, prompt.show(value), prompt.as_text(value).strip())

    @property
    def since(self) -> date:
        """The day of sharing."""
        return self.read.since

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"text-{self.read.row.pk}"


def texts_by_lesson(reads: Iterable[Read], own: Names) -> list[Chapter[Text]]:
    """The answers among what was opened."""
    texts = [Text.of(read) for read in reads if isinstance(read.row, Answer)]
    return by_lesson(texts, lambda text: text.read.row, own)


def by_lesson(parts: Iterable[One], row: Callable[[One], object], own: Names) -> list[Chapter[One]]:
    """In the order of the courses and their prompts; then the therapist's own lessons, by name.

    ``row`` is the answer to which a part belongs.
    """
    order = {place: number for number, place in enumerate(questions())}
    found: dict[str, list[tuple[int, str, One]]] = {}
    for part in parts:
        answer = row(part)
        assert isinstance(answer, Answer)  # noqa: S101 - for the type checker
        place = (answer.lesson_id, answer.prompt_id)
        entry = (order.get(place, len(order)), answer.prompt_id, part)
        found.setdefault(answer.lesson_id, []).append(entry)
    first = {lesson: number for (lesson, _), number in reversed(order.items())}
    ids = sorted(found, key=lambda one: (first.get(one, len(order)), name_of(one, own), one))
    return [
        Chapter(one, name_of(one, own), [part for *_, part in _sorted(found[one])]) for one in ids
    ]


def _sorted(entries: list[tuple[int, str, One]]) -> list[tuple[int, str, One]]:
    return sorted(entries, key=lambda entry: entry[:2])


def questions() -> dict[Place, BasePrompt]:
    """What the courses ask today, in their order."""
    return {
        (lesson.id, prompt.id): prompt
        for course in catalogue().courses
        for lesson in course.lessons
        for prompt in lesson.exercise.prompts
    }


def weeks_of(reads: Iterable[Read]) -> list[Week]:
    """The weeks among what was opened, the first one first."""
    weeks = [week_told(read.week, read.opened) for read in reads if read.week]
    return sorted(weeks, key=lambda week: week.monday)
