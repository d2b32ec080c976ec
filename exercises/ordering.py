"""Answers in the order in which they are read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exercises.models import Answer
from lessons.catalogue import Lesson, catalogue


@dataclass(frozen=True)
class Written:
    """The answers to one lesson; ``lesson`` is None for one that left the course."""

    lesson: Lesson | None
    lesson_id: str
    title: str
    answers: list[Answer]


def by_lesson(answers: Iterable[Answer]) -> Iterator[Written]:
    """In the order of the courses and of their prompts, then what was withdrawn."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.lesson_id, []).append(answer)
    for course in catalogue().courses:
        for lesson in course.lessons:
            if rows := found.pop(lesson.id, None):
                order = [prompt.id for prompt in lesson.exercise.prompts]
                rows.sort(key=lambda row: _position(order, row.prompt_id))
                yield Written(lesson, lesson.id, lesson.title, rows)
    for lesson_id, rows in sorted(found.items()):
        rows.sort(key=lambda row: (row.head.saved_at, row.prompt_id))
        title = f"A lesson that is no longer offered ({lesson_id})"
        yield Written(None, lesson_id, title, rows)


def _position(order: list[str], prompt_id: str) -> tuple[int, str]:
    return (order.index(prompt_id) if prompt_id in order else len(order), prompt_id)
