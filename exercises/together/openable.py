"""What can be opened together, with one's own state only: of the other it knows what is open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from exercises import access
from exercises.models import Ready
from exercises.together.pieces import Asked, Text
from exercises.together.topics import ALL_WEEKS, place_of, topic_of_week, weeks_called
from exercises.weeks import week_of
from lessons.catalogue import Lesson
from trustbook.accounts.models import User

OPEN, READY, ANSWERED, NOT_ANSWERED = "open", "you are ready", "answered", "not answered"


@dataclass(frozen=True)
class Openable:
    """One thing, and how far with it the person is who reads this."""

    topic: str
    title: str
    lesson: Lesson | None
    """None for weeks, and for what is no longer asked."""
    state: str

    @property
    def chosen(self) -> bool:
        """Whether the person has said that it may open."""
        return self.state in (OPEN, READY)


def openable(person: User, readies: Iterable[Ready], asked: Asked) -> list[Openable]:
    """What the courses offer, in their order; this week, all weeks; what else one is ready for."""
    own = {ready.topic: ready for ready in readies if ready.person_id == person.pk}
    offered = {question.topic: question for question in asked.values() if question.prompt.reveal}
    weekly = [topic_of_week(week_of(person)), ALL_WEEKS]
    named = {*offered, *weekly}
    others = [topic for topic, ready in own.items() if topic not in named and not ready.opened_on]
    done = _done(person, {question.place for question in offered.values()})

    def one(topic: str) -> Openable:
        state = ANSWERED if topic in done else NOT_ANSWERED
        if ready := own.get(topic):
            state = OPEN if ready.opened_on else READY
        if question := offered.get(topic):
            return Openable(topic, question.prompt.ask, question.lesson, state)
        return Openable(topic, _title(topic, ready), None, state)

    return [one(topic) for topic in [*offered, *weekly, *sorted(others)]]


def _title(topic: str, ready: Ready | None) -> str:
    """Of what no course offers; a prompt that is asked no more is called as its answer has it."""
    if place_of(topic) is None or ready is None:
        return weeks_called(topic)
    return Text.pinned(ready.pins.all()[0]).asked


def _done(person: User, places: Collection[tuple[str, str]]) -> set[str]:
    """The topics of what the person has answered, and not emptied again."""
    answers = access.own_answers_at(person, places)
    done = {
        f"answer.{answer.lesson_id}.{answer.prompt_id}"
        for answer in answers
        if Text.of(answer.open(answer.head, person)).shown
    }
    weeks = {
        topic_of_week(pulse.week)
        for pulse in access.own_pulses(person)
        if Text.of(pulse.open(pulse.head, person)).shown
    }
    return done | weeks | ({ALL_WEEKS} if weeks else set())
