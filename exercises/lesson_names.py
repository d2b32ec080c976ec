"""What lessons are called, those of the courses and a therapist's own."""

from collections.abc import Mapping

from exercises import access
from exercises.models import CareLink
from lessons.catalogue import catalogue
from trustbook.accounts.models import User

NO_LONGER_OFFERED = "A lesson that is no longer offered"
Names = Mapping[str, str]
"""Titles of a therapist's own lessons, by their lesson ids."""


def name_of(lesson_id: str, own: Names) -> str:
    """The title of a lesson; ``own`` names those that are in no course."""
    lesson = catalogue().lesson_by_id(lesson_id)
    return lesson.title if lesson else own.get(lesson_id, NO_LONGER_OFFERED)


def own_names(therapist: User) -> Names:
    """What a therapist's own lessons are called now."""
    return {row.lesson_id: str(row.pk) for row in access.written_lessons(therapist)}


def given_names(link: CareLink) -> Names:
    """What those are called that one client was given, as they were when they were assigned."""
    return {}
