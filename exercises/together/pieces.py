"""What one of two people reads of the other, and of what both wrote: texts with their wording."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from exercises.access import Chosen, OpenedPair
from exercises.lesson_names import OF_ONE
from exercises.models import Couple, JointAnswer, Opened, Share
from exercises.models.answer import Place
from exercises.own_lessons import is_own
from exercises.topics import Topic
from exercises.weeks import week_name
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt, Predict, Pulse


@dataclass(frozen=True)
class Question:
    """A prompt that a course asks today."""

    lesson: Lesson
    prompt: BasePrompt


Asked = dict[Place, Question]


def questions() -> Asked:
    """All of them, in the order of the courses; what is not there is no longer asked."""
    return {
        (lesson.id, prompt.id): Question(lesson, prompt)
        for course in catalogue().courses
        for lesson in course.lessons
        for prompt in lesson.exercise.prompts
        if prompt.answered and not isinstance(prompt, Pulse)  # that belongs to a week
    }


def lesson_title(lesson_id: str) -> str:
    """The lesson's, as long as there is one.

    Of one that a therapist wrote for one of the two, the other learns nothing but what is shared.
    """
    if is_own(lesson_id):
        return OF_ONE
    lesson = catalogue().lesson_by_id(lesson_id)
    return lesson.title if lesson else f"A lesson that is no longer offered ({lesson_id})"


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
    """What was opened together. Of guesses it has what each said; of weeks, no texts."""

    topic: Topic
    since: date
    title: str
    mine: SafeString | None = None
    theirs: SafeString | None = None

    @classmethod
    def of(cls, pair: OpenedPair) -> "Pair":
        """What is open, to be read on the page of one of the two."""
        if not pair.topic.place:
            return cls(pair.topic, pair.since, called(pair.topic))
        asked, mine = _said(pair.mine)
        return cls(pair.topic, pair.since, called(pair.topic, asked), mine, _said(pair.theirs)[1])


def called(topic: Topic, asked: str = "") -> str:
    """The question as it is asked today, else as it was; or the name of the weeks."""
    if topic.week:
        return f"The {week_name(topic.week)}"
    if not topic.place:
        return "All your weeks"
    return topic.prompt.ask if topic.prompt else asked


def asked_of(chosen: Chosen) -> str:
    """The question to which somebody chose an answer."""
    return _said(chosen)[0]


def _said(chosen: Chosen) -> tuple[str, SafeString]:
    pin = chosen.pins[0]
    opened = pin.row.open(pin.revision, chosen.person)
    prompt = opened.prompt
    if isinstance(prompt, Predict):
        return prompt.ask, prompt.sides(opened.value)[0]
    return prompt.ask, prompt.show(opened.value)


@dataclass(frozen=True)
class Ours:
    """A question to answer in common; ``text`` is None where nothing is written."""

    place: Place
    title: str
    lesson: Lesson | None
    """None where it is no longer asked."""
    text: Text | None


def ours_of(couple: Couple, written: Iterable[JointAnswer], asked: Asked) -> list[Ours]:
    """In the order of the courses, then what is no longer asked."""
    texts = {
        (piece.lesson_id, piece.prompt_id): Text.of(piece.open(piece.head, couple))
        for piece in written
    }
    texts = {place: text for place, text in texts.items() if text.plain}
    there = [place for place, one in asked.items() if one.prompt.joint or place in texts]
    places = there + sorted(texts.keys() - set(there))
    return [_ours(place, asked.get(place), texts.get(place)) for place in places]


def _ours(place: Place, question: Question | None, text: Text | None) -> Ours:
    if question:
        return Ours(place, question.prompt.ask, question.lesson, text)
    return Ours(place, text.asked if text else "", None, text)
