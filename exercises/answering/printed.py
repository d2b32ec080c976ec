"""What is the same on everybody's page of a lesson: rendered once, with holes for what is not.

The page template was measured at a third of the whole request; filling it is a join. A lesson that
a therapist wrote for their own clients is rendered each time: nothing of it stays in memory.
"""

from dataclasses import dataclass, fields

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from exercises.offers import offers_at
from exercises.own_lessons import is_own
from exercises.slots import frame
from lessons.catalogue import Lesson
from lessons.heartbeat import Heartbeat
from lessons.kinds import BasePrompt
from lessons.kinds.pattern import Pattern, hole

PAGE_HOLES = (
    *("called", "brand", "idle", "csrf", "owner", "notice", "exercise", "finish", "promise"),
    *("between", "task", "to_clients", "practice"),
)
MOST_LESSONS = 1_000


@dataclass(frozen=True)
class Printed:
    """One lesson's page and the frames around its prompts."""

    page: Pattern
    prompts: dict[str, Pattern]
    offers: dict[str, SafeString]
    """What two people can do at a prompt; the offer of a pulse is made anew each week."""
    between: SafeString
    """The way to what two people show each other on this lesson."""


_printed: dict[tuple[str, str], Printed] = {}


def printed(lesson: Lesson) -> Printed:
    """The patterns of a lesson; made anew when its digest is, or while templates are worked on."""
    if is_own(lesson.id):
        return _print(lesson)
    key = (lesson.digest, settings.SECRET_KEY)  # the questions are signed
    if key not in _printed or settings.DEBUG:
        if len(_printed) >= MOST_LESSONS:
            _printed.clear()
        _printed[key] = _print(lesson)
    return _printed[key]


def _print(lesson: Lesson) -> Printed:
    way = {field.name: hole(f"way.{field.name}") for field in fields(Heartbeat)}
    holes = {name: hole(name) for name in PAGE_HOLES}
    page = Pattern.of("workbook/lesson.html", {"lesson": lesson, "way": way, **holes})
    prompts = {prompt.id: _frame(lesson, prompt) for prompt in lesson.exercise.prompts}
    offers = {prompt.id: offers_at(lesson.id, prompt) for prompt in lesson.exercise.prompts}
    return Printed(page, prompts, offers, _between(lesson))


def _between(lesson: Lesson) -> SafeString:
    """Nothing for a therapist's own lesson, which belongs to one of the two."""
    if is_own(lesson.id):
        return SafeString("")
    return SafeString(render_to_string("workbook/between.html", {"lesson": lesson}))


def _frame(lesson: Lesson, prompt: BasePrompt) -> Pattern:
    if not prompt.answered:
        return Pattern.of("workbook/recalled.html", {"prompt": prompt, "inputs": hole("inputs")})
    save = reverse("workbook:save_prompt", args=[lesson.id, prompt.id])
    return frame(prompt, save, weekly=prompt.kind == "pulse")


def way_values(way: Heartbeat) -> dict[str, str]:
    """What fills the holes of the heartbeat."""
    return {f"way.{name}": str(value) for name, value in vars(way).items()}
