"""What lessons are called, those of the courses and a therapist's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from exercises import access
from exercises.models import CareLink, Keepsake
from exercises.models.assigned import OWN
from exercises.own_lessons import is_own, title_of
from lessons.catalogue import Lesson, catalogue
from trustbook.accounts.models import User

NO_LONGER_OFFERED = "A lesson that is no longer offered"
FROM_THERAPIST = "A lesson from your therapist"
"""What a client calls one that they cannot read (any more)."""
OF_ONE = "Another lesson"
"""What their partner calls it, once an answer to it is shared."""
LESSON = "lesson"
"""The prompt id of a keepsake that is a copy of one of these lessons."""
Names = Mapping[str, str]
"""Titles of a therapist's own lessons, by their lesson ids."""


@dataclass(frozen=True)
class Place:
    """Where something was written; ``href`` is empty where there is no page of it (any more)."""

    title: str
    href: str


def name_of(lesson_id: str, own: Names) -> str:
    """The title of a lesson; ``own`` names those that are in no course."""
    lesson = catalogue().lesson_by_id(lesson_id)
    if lesson:
        return lesson.title
    return own.get(lesson_id, FROM_THERAPIST if is_own(lesson_id) else NO_LONGER_OFFERED)


def address_of(lesson: Lesson) -> str:
    """The workbook's page of a lesson."""
    if is_own(lesson.id):
        return reverse("workbook:own_lesson", args=[lesson.slug])
    return reverse("workbook:lesson", args=[lesson.course_id, lesson.slug])


def place_of(lesson_id: str, own: Names) -> Place:
    """The lesson in which a client wrote something; ``own`` are those of ``names_for`` them."""
    if lesson := catalogue().lesson_by_id(lesson_id):
        return Place(lesson.title, address_of(lesson))
    if lesson_id in own:
        href = reverse("workbook:own_lesson", args=[lesson_id.removeprefix(OWN)])
        return Place(own[lesson_id], href)
    return Place(name_of(lesson_id, own), "")


def own_names(therapist: User) -> Names:
    """What a therapist's own lessons are called now. One query."""
    rows = access.written_lessons(therapist)
    return {row.lesson_id: title_of(row.head, therapist) for row in rows}


def given_names(link: CareLink) -> Names:
    """What those are called that one client was given and may read, each in the version that they
    have. Two queries at most.
    """
    rows = access.given_lessons(link.client)
    return {row.lesson_id: title_of(row.version, link.therapist) for row in rows if row.version}


def names_for(client: User, lesson_ids: Iterable[str]) -> Names:
    """The same for pages on which a client meets these lessons. No query without one's own."""
    if not any(map(is_own, lesson_ids)):
        return {}
    link = access.care_of(client)
    return given_names(link) if link else {}


def kept_names(person: User, keepsakes: Iterable[Keepsake]) -> Names:
    """What those of a therapist’s lessons were called of which a person keeps a copy. No query."""
    return {
        row.lesson_id: row.open(row.head, person).prompt.ask
        for row in keepsakes
        if row.prompt_id == LESSON and is_own(row.lesson_id)
    }
