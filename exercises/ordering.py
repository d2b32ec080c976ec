"""Answers in the order in which they are read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exercises.lesson_names import Names, Place, address_of, place_of
from exercises.models import Answer, Keepsake, KeptFrom
from exercises.own_lessons import is_own
from lessons.catalogue import Lesson, catalogue

OF_NO_LESSON = {
    KeptFrom.PARTNER: "What the two of you promised",
    KeptFrom.THERAPIST: "About your weeks, with a therapist",
}
"""Keepsakes that belong to no lesson."""

WORDS = {KeptFrom.PARTNER: "promises", KeptFrom.THERAPIST: "weeks-with-a-therapist"}


@dataclass
class Written:
    """What belongs to one lesson; ``lesson`` is None for one that is in no course (any more)."""

    lesson_id: str
    lesson: Lesson | None = None
    answers: list[Answer] = field(default_factory=list)
    keepsakes: list[Keepsake] = field(default_factory=list)
    """What is kept of what was written there with somebody else."""
    own: Place | None = None
    """A lesson that the writer's therapist wrote."""

    @property
    def name(self) -> str:
        """A word for it."""
        return self.lesson_id or WORDS[KeptFrom(self.keepsakes[0].kept_from)]

    @property
    def title(self) -> str:
        """The lesson's, or what is said of it."""
        if self.lesson:
            return self.lesson.title
        if not self.lesson_id:
            return OF_NO_LESSON[KeptFrom(self.keepsakes[0].kept_from)]
        if self.own:
            return self.own.title
        return f"A lesson that is no longer offered ({self.lesson_id})"

    @property
    def href(self) -> str:
        """The page on which it can be read and answered; empty where there is none."""
        if self.lesson:
            return address_of(self.lesson)
        return self.own.href if self.own else ""


def by_lesson(
    answers: Iterable[Answer],
    keepsakes: Iterable[Keepsake] = (),
    own: Names | None = None,
    kept: Names | None = None,
) -> Iterator[Written]:
    """In the order of the courses and of their prompts, then what is in no course.

    ``own`` are the names of the lessons that the writer has from a therapist, ``kept`` those of
    which they have a copy.
    """
    found: dict[str, Written] = {}
    for answer in answers:
        found.setdefault(answer.lesson_id, Written(answer.lesson_id)).answers.append(answer)
    for keepsake in keepsakes:
        place = keepsake.lesson_id or f":{keepsake.kept_from}"  # no lesson is called so
        found.setdefault(place, Written(keepsake.lesson_id)).keepsakes.append(keepsake)
    for course in catalogue().courses:
        for lesson in course.lessons:
            if written := found.pop(lesson.id, None):
                written.lesson = lesson
                order = [prompt.id for prompt in lesson.exercise.prompts]
                written.answers.sort(key=lambda row: _position(order, row.prompt_id))
                written.keepsakes.sort(
                    key=lambda row: (row.kept_from, *_position(order, row.prompt_id), row.pk)
                )
                yield written
    for lesson_id, written in sorted(found.items()):
        if is_own(lesson_id):
            written.own = place_of(lesson_id, own or {})
            if kept and lesson_id in kept and not written.own.href:
                written.own = Place(kept[lesson_id], "")
        written.answers.sort(key=lambda row: (row.head.saved_at, row.prompt_id))
        written.keepsakes.sort(key=lambda row: (row.kept_from, row.prompt_id, row.pk))
        yield written


def _position(order: list[str], prompt_id: str) -> tuple[int, str]:
    return (order.index(prompt_id) if prompt_id in order else len(order), prompt_id)
