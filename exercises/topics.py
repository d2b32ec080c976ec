"""What two people can open together: their answers to a question, one week's numbers, all weeks.

A topic is named as it stands in addresses and with ``Ready``: ``answer.LESSON.PROMPT``,
``week.MONDAY`` or ``weeks``.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from exercises.models.answer import Place
from exercises.weeks import week_of
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt
from trustbook.accounts.models import User

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_NAME = re.compile(
    rf"answer\.(?P<lesson>{_ID})\.(?P<prompt>{_ID})"
    r"|week\.(?P<week>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"|weeks"
)


@dataclass(frozen=True)
class Topic:
    """One of them. Of ``place`` and ``week``, ``weeks`` has neither."""

    name: str
    place: Place | None = None
    week: date | None = None
    """A Monday."""

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that asks it; None for weeks, and for one that was withdrawn."""
        return catalogue().lesson_by_id(self.place[0]) if self.place else None

    @property
    def prompt(self) -> BasePrompt | None:
        """The question as it is asked today; None for weeks, and for one that is not any more."""
        lesson = self.lesson
        return lesson.exercise.prompt(self.place[1]) if lesson and self.place else None

    def offered_to(self, person: User) -> bool:
        """Whether ``person`` can be ready for it now."""
        if self.place:
            prompt = self.prompt
            return prompt is not None and prompt.opens_together
        return self.week is None or self.week <= week_of(person)

    @property
    def order(self) -> tuple[int, int, int, str]:
        """The order of the courses and of their prompts, then what was withdrawn, then weeks.

        Nothing in it tells when anything was chosen.
        """
        if not self.place:
            return (1, 0, 0, self.name)
        position = 0
        for course in catalogue().courses:
            for lesson in course.lessons:
                position += 1
                if lesson.id == self.place[0]:
                    asked = [prompt.id for prompt in lesson.exercise.prompts]
                    found = self.place[1] in asked
                    number = asked.index(self.place[1]) if found else len(asked)
                    return (0, position, number, self.name)
        return (0, position + 1, 0, self.name)


def topic_called(name: str) -> Topic:
    """The topic of that name, whether or not it is offered."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise Http404
    if found["lesson"]:
        return Topic(name, place=(found["lesson"], found["prompt"]))
    return Topic(name, week=_monday(found["week"]) if found["week"] else None)


def answer_topic(place: Place) -> str:
    """The name of a topic."""
    return f"answer.{place[0]}.{place[1]}"


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day.weekday():
        raise Http404
    return day
