"""What one of two people reads of the other, and of what both wrote: texts with their wording."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from exercises.models import Couple, JointAnswer, Opened, Pin, Ready, Share
from exercises.models.answer import Place
from exercises.together.topics import Question, place_of, weeks_called
from trustbook.accounts.models import User

Asked = dict[Place, Question]


@dataclass(frozen=True)
class Text:
    """A text to read: the question as it was asked, and the answer."""

    asked: str
    shown: SafeString
    plain: str

    @property
    def line(self) -> str:
        """All of it on one line."""
        return " / ".join(part for part in self.plain.splitlines() if part.strip())

    @classmethod
    def of(cls, opened: Opened) -> "Text":
        """What a decrypted revision says."""
        prompt, value = opened.prompt, opened.value
        return cls(prompt.ask, prompt.show(value), prompt.as_text(value).strip())

    @classmethod
    def pinned(cls, pin: Pin) -> "Text":
        """What is shown to somebody, under the key of who wrote it."""
        return cls.of(pin.row.open(pin.revision, pin.row.author))


@dataclass(frozen=True)
class Showing:
    """A text that one of the two shows the other."""

    share: Share
    text: Text

    @classmethod
    def of(cls, share: Share) -> "Showing":
        """What a share shows."""
        return cls(share, Text.of(share.row.open(share.revision, share.owner)))


@dataclass(frozen=True)
class Pair:
    """Two texts that were opened at the same moment; of weeks, only that they were."""

    topic: str
    on: date
    title: str
    question: Question | None
    """None for weeks, and for what is no longer asked."""
    mine: Text | None = None
    theirs: Text | None = None


def pairs_of(readies: Iterable[Ready], person: User, asked: Asked) -> list[Pair]:
    """What is open, in the order of the courses."""
    sides: dict[str, dict[bool, Ready]] = {}
    for ready in readies:
        if ready.opened_on:
            sides.setdefault(ready.topic, {})[ready.person_id == person.pk] = ready
    pairs = [_pair(both[True], both[False], asked) for both in sides.values() if len(both) == 2]
    order = {question.topic: number for number, question in enumerate(asked.values())}
    return sorted(pairs, key=lambda pair: (order.get(pair.topic, len(order)), pair.topic))


def _pair(mine: Ready, theirs: Ready, asked: Asked) -> Pair:
    assert mine.opened_on  # noqa: S101 - for the type checker
    place = place_of(mine.topic)
    if place is None:
        return Pair(mine.topic, mine.opened_on, weeks_called(mine.topic), None)
    texts = [Text.pinned(ready.pins.all()[0]) for ready in (mine, theirs)]
    question = asked.get(place)
    title = question.prompt.ask if question else texts[0].asked
    return Pair(mine.topic, mine.opened_on, title, question, *texts)


@dataclass(frozen=True)
class Ours:
    """A question to answer in common; ``text`` is None where nothing is written."""

    place: Place
    title: str
    question: Question | None
    """None for what is no longer asked."""
    text: Text | None


def ours_of(couple: Couple, written: Iterable[JointAnswer], asked: Asked) -> list[Ours]:
    """In the order of the courses, then what is no longer asked."""
    texts = {
        (piece.lesson_id, piece.prompt_id): Text.of(piece.open(piece.head, couple))
        for piece in written
    }
    texts = {place: text for place, text in texts.items() if text.shown}
    places = [place for place, question in asked.items() if question.prompt.joint]
    places += [place for place in asked if place in texts and place not in places]
    places += sorted(texts.keys() - asked.keys())
    return [_ours(place, asked.get(place), texts.get(place)) for place in places]


def _ours(place: Place, question: Question | None, text: Text | None) -> Ours:
    title = question.prompt.ask if question else text.asked if text else ""
    return Ours(place, title, question, text)
