"""``manage.py check --database default``: answers to prompts that the content no longer asks."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections

from exercises.models import Answer
from exercises.own_lessons import is_own
from lessons.catalogue import catalogue


def vanished_prompts(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A warning for each prompt that has answers and is gone; the answers stay readable.

    An id that vanished by mistake, through a new id for an old question, is mended by putting the
    old id back.
    """
    if "default" not in (databases or []) or not _has_table():
        return []
    places = Answer.objects.order_by().values_list("lesson_id", "prompt_id").distinct()
    return [_warning(*place) for place in sorted(places) if not _asked(*place)]


def _has_table() -> bool:
    return Answer._meta.db_table in connections["default"].introspection.table_names()


def _asked(lesson_id: str, prompt_id: str) -> bool:
    if is_own(lesson_id):  # which only their therapist's key opens
        return True
    lesson = catalogue().lesson_by_id(lesson_id)
    return lesson is not None and lesson.exercise.prompt(prompt_id) is not None


def _warning(lesson_id: str, prompt_id: str) -> CheckWarning:
    return CheckWarning(
        f"The prompt “{prompt_id}” of the lesson “{lesson_id}” has answers, but is not asked.",
        hint="If it was renamed, put its old id back; if it was withdrawn, nothing is to do.",
        id="trustbook.W001",
    )
