"""A person's own promises, from their own answers, which they can take over into the ledger of two.

Nobody else is shown this list. Nothing of it is copied but by a press on a page that shows the
words.
"""

import hmac
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from exercises import access
from exercises.models import Couple
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt
from lessons.kinds.base import Given
from lessons.kinds.promises import BY
from trustbook.accounts.models import User


@dataclass(frozen=True)
class OwnPromise:
    """One of them."""

    token: uuid.UUID
    """With which it is copied: the same promise is copied once."""
    given: Given
    lesson: Lesson
    copied: uuid.UUID | None
    """The id that it has in the ledger; none where it is not there."""

    @property
    def facts(self) -> str:
        """``I promised · each evening``."""
        return " · ".join(part for part in (BY.get(self.given.by, ""), self.given.until) if part)


def own_list(person: User, couple: Couple) -> list[OwnPromise]:
    """All of them, in the order of the courses. Two queries."""
    asked = dict(_asked())
    answers = access.own_answers_at(person, asked)
    copied = access.copied_promises(couple, person)
    found = {(answer.lesson_id, answer.prompt_id): answer for answer in answers}
    promises = []
    for place, (lesson, prompt) in asked.items():
        if answer := found.get(place):
            value = answer.open(answer.head, person).value
            for given in prompt.given(value) if prompt.fits(value) else ():
                token = _token(person, couple, place, given)
                promises.append(OwnPromise(token, given, lesson, copied.get(token)))
    return promises


def _asked() -> Iterator[tuple[tuple[str, str], tuple[Lesson, BasePrompt]]]:
    """Where lessons ask for promises."""
    for course in catalogue().courses:
        for lesson in course.lessons:
            for prompt in lesson.exercise.prompts:
                if prompt.gives:
                    yield (lesson.id, prompt.id), (lesson, prompt)


def _token(person: User, couple: Couple, place: tuple[str, str], given: Given) -> uuid.UUID:
    """Always the same for one promise, and without the person's key it says nothing of it."""
    told = " ".join(("copied into the ledger of", str(couple.pk), *place, given.mark)).encode()
    return uuid.UUID(bytes=hmac.digest(person.data_key(), told, "sha256")[:16])
