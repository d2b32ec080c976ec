"""What can be opened together, with one's own state only: of the other it knows what is open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from exercises import access
from exercises.access import Chosen, OpenedPair
from exercises.models import Own
from exercises.models.answer import Place
from exercises.together.pieces import Asked, asked_of, called
from exercises.topics import Topic, answer_topic, topic_called
from exercises.weeks import week_of
from trustbook.accounts.models import User

OPEN, READY, ANSWERED, NOT_ANSWERED = "open", "you are ready", "answered", "not answered"
ALL_WEEKS = "weeks"


@dataclass(frozen=True)
class Openable:
    """One thing, and how far with it the person is who reads this."""

    topic: Topic
    title: str
    state: str

    @property
    def chosen(self) -> bool:
        """Whether the person has said that it may open."""
        return self.state in (OPEN, READY)


def openable(
    person: User, pairs: Iterable[OpenedPair], chosen: Iterable[Chosen], asked: Asked
) -> list[Openable]:
    """What the courses offer, in their order; this week, all weeks; what else one is ready for."""
    opened = {pair.topic.name for pair in pairs}
    ready = {one.topic.name: one for one in chosen}
    places = [place for place, question in asked.items() if question.prompt.opens_together]
    offered = [*map(answer_topic, places), f"week.{week_of(person).isoformat()}", ALL_WEEKS]
    done = _done(person, places)

    def state(name: str) -> str:
        if name in opened or name in ready:
            return OPEN if name in opened else READY
        return ANSWERED if name in done else NOT_ANSWERED

    def one(name: str) -> Openable:
        topic = topic_called(name)
        said = asked_of(ready[name]) if name in ready else ""
        return Openable(topic, called(topic, said), state(name))

    return [one(name) for name in dict.fromkeys([*offered, *ready])]


def _done(person: User, places: Collection[Place]) -> set[str]:
    """The names of what the person could open: what is answered, and not emptied again."""
    answers = access.own_answers_at(person, places)
    done = {answer_topic((row.lesson_id, row.prompt_id)) for row in answers if _says(row, person)}
    weeks = [row.week for row in access.own_pulses(person) if _says(row, person)]
    return done | {f"week.{week.isoformat()}" for week in weeks} | ({ALL_WEEKS} if weeks else set())


def _says(row: Own, person: User) -> bool:
    opened = row.open(row.head, person)
    return opened.prompt.says(opened.value)
