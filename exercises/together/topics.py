"""What the courses offer to two people, in the order of the courses; and what topics are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exercises.models.answer import Place
from exercises.weeks import week_name
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt, Pulse

ALL_WEEKS = "weeks"
"""The topic of the whole line of weeks."""


@dataclass(frozen=True)
class Question:
    """A prompt that a course asks today."""

    lesson: Lesson
    prompt: BasePrompt

    @property
    def place(self) -> Place:
        """Lesson and prompt by their ids."""
        return (self.lesson.id, self.prompt.id)

    @property
    def topic(self) -> str:
        """As something to open together."""
        return f"answer.{self.lesson.id}.{self.prompt.id}"


def questions() -> dict[Place, Question]:
    """By their places; what is not among them is no longer asked."""
    return {question.place: question for question in _asked()}


def _asked() -> Iterator[Question]:
    for course in catalogue().courses:
        for lesson in course.lessons:
            for prompt in lesson.exercise.prompts:
                # A pulse belongs to a week, whichever lesson asks for it.
                if prompt.answered and not isinstance(prompt, Pulse):
                    yield Question(lesson, prompt)


def topic_of_week(monday: date) -> str:
    """As something to open together."""
    return f"week.{monday.isoformat()}"


def place_of(topic: str) -> Place | None:
    """The prompt that a topic names; None for weeks."""
    kind, _, rest = topic.partition(".")
    lesson_id, _, prompt_id = rest.partition(".")
    return (lesson_id, prompt_id) if kind == "answer" else None


def weeks_called(topic: str) -> str:
    """The name of a topic that is about weeks."""
    if topic == ALL_WEEKS:
        return "All your weeks"
    name = week_name(date.fromisoformat(topic.removeprefix("week.")))
    return f"The {name}"
