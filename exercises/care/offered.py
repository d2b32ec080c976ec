"""What a therapist can assign: the lessons of the courses, and their own."""

from dataclasses import dataclass

from exercises import access
from exercises.own_lessons import title_of
from lessons.catalogue import catalogue
from trustbook.accounts.models import User

OWN_LESSONS = "Lessons of your own"


@dataclass(frozen=True)
class Offered:
    """One lesson."""

    lesson_id: str
    title: str
    minutes: int | None


@dataclass(frozen=True)
class Group:
    """Lessons that stand together: a part of a course, or a therapist's own."""

    title: str
    key: str
    """What stands for all of them in a form; empty where they are not taken as one."""
    lessons: list[Offered]


def offered(therapist: User) -> list[Group]:
    """All of it, in reading order; what was withdrawn is not among it."""
    groups = [
        Group(
            f"{course.title}: {part.title}",
            f"{course.id}.{part.id}",
            [Offered(lesson.id, lesson.title, lesson.minutes) for lesson in part.lessons],
        )
        for course in catalogue().courses
        for part in course.parts
        if part.lessons
    ]
    own = _own(therapist)
    return [*groups, Group(OWN_LESSONS, "", own)] if own else groups


def _own(therapist: User) -> list[Offered]:
    rows = [row for row in access.written_lessons(therapist) if row.withdrawn_on is None]
    found = [Offered(row.lesson_id, title_of(row.head, therapist), None) for row in rows]
    return sorted(found, key=lambda lesson: (lesson.title.casefold(), lesson.lesson_id))


def titles(groups: list[Group]) -> dict[str, str]:
    """What the lessons are called, by their ids, in the order in which they stand."""
    return {lesson.lesson_id: lesson.title for group in groups for lesson in group.lessons}
