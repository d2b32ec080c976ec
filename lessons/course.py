"""The content as it is served: frozen, validated, rendered. ``lessons.catalogue`` hands it out."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from lessons.kinds import BasePrompt


@dataclass(frozen=True)
class Exercise:
    """The exercise beside a lesson. ``intro_html`` is safe, and empty if there is none."""

    intro_html: SafeString
    prompts: tuple[BasePrompt, ...]

    def prompt(self, prompt_id: str) -> BasePrompt | None:
        """The prompt with this id, or None."""
        return next((prompt for prompt in self.prompts if prompt.id == prompt_id), None)


LONG = 4
"""With so many headings, a lesson begins with a list of them."""


@dataclass(frozen=True)
class Lesson:
    """One lesson. ``html`` is safe; ``headings`` holds id and text of each ``h2`` in it.

    ``number`` counts from 1 through the whole course of ``total`` lessons; ``previous`` and
    ``next`` are slugs in the same course. ``digest`` differs when anything of this differs.
    ``therapist`` has a client shown their own therapist's page, in the workbook.
    """

    id: str
    slug: str
    course_id: str
    course_title: str
    part_title: str
    part_number: int
    number: int
    total: int
    title: str
    summary: str
    minutes: int
    html: SafeString
    headings: tuple[tuple[str, str], ...]
    exercise: Exercise
    draft: bool
    previous: str | None
    next: str | None
    digest: str
    therapist: bool = False

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Id and text of each heading to list before the text: none where it is short."""
        return self.headings if len(self.headings) >= LONG else ()


@dataclass(frozen=True)
class Part:
    """One part of a course; ``number`` counts from 1, ``lessons`` may be empty."""

    number: int
    id: str
    title: str
    summary: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class SuppliedPathway:
    """Lessons in the order in which a therapist may assign them; it comes with a course."""

    id: str
    title: str
    summary: str
    steps: tuple[tuple[str, int], ...]
    """The id of a lesson, and the days after the one before it until it is due. A lesson that is a
    draft or has a fault is not in the catalogue."""


@dataclass(frozen=True)
class Course:
    """One course; ``lessons`` are those of all its parts in reading order, at least one."""

    id: str
    title: str
    summary: str
    parts: tuple[Part, ...]
    lessons: tuple[Lesson, ...]
    pathways: tuple[SuppliedPathway, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All courses. ``digest`` differs when anything that is shown of them differs."""

    courses: tuple[Course, ...]
    digest: str

    def course(self, course_id: str) -> Course | None:
        """The course with this id, or None."""
        return self._courses.get(course_id)

    def lesson(self, course_id: str, slug: str) -> Lesson | None:
        """The lesson at this address, or None."""
        return self._by_slug.get((course_id, slug))

    def lesson_by_id(self, lesson_id: str) -> Lesson | None:
        """The lesson with this permanent id in any course, or None (never was, or withdrawn)."""
        return self._by_id.get(lesson_id)

    def pathway(self, pathway_id: str) -> SuppliedPathway | None:
        """The supplied pathway with this id, or None."""
        return next((path for path in self.pathways if path.id == pathway_id), None)

    @cached_property
    def pathways(self) -> tuple[SuppliedPathway, ...]:
        """Those that are supplied with any course."""
        return tuple(path for course in self.courses for path in course.pathways)

    @cached_property
    def _courses(self) -> dict[str, Course]:
        return {course.id: course for course in self.courses}

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Lesson]:
        return {
            (lesson.course_id, lesson.slug): lesson
            for course in self.courses
            for lesson in course.lessons
        }

    @cached_property
    def _by_id(self) -> dict[str, Lesson]:
        return {lesson.id: lesson for lesson in self._by_slug.values()}
