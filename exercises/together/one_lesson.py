"""What two people show each other on one lesson, question by question."""

from collections.abc import Iterable
from dataclasses import dataclass

from exercises import access
from exercises.models import Couple, Share
from exercises.models.answer import Place
from exercises.together.pieces import (
    Ours,
    Pair,
    Question,
    Showing,
    lesson_title,
    ours_of,
    questions,
)
from lessons.catalogue import Lesson, catalogue
from trustbook.accounts.models import User


@dataclass(frozen=True)
class Piece:
    """One question, and all of it that both can read."""

    question: Question | None
    """None for what is no longer asked."""
    theirs: Showing | None
    mine: Showing | None
    pair: Pair | None
    ours: Ours | None

    @property
    def title(self) -> str:
        """As the lesson asks it today, else as it was asked."""
        if self.question:
            return self.question.prompt.ask
        shown, named = self.theirs or self.mine, self.pair or self.ours
        return shown.text.asked if shown else named.title if named else ""


@dataclass(frozen=True)
class Page:
    """One lesson; ``lesson`` is None for one that left the course."""

    lesson: Lesson | None
    title: str
    pieces: list[Piece]


def lesson_for(person: User, couple: Couple, lesson_id: str) -> Page:
    """In the order of the lesson, then what it no longer asks."""
    asked = {place: one for place, one in questions().items() if place[0] == lesson_id}
    theirs = _by_place(access.shared_with(person), lesson_id)
    mine = _by_place(access.shown_to_partner(person), lesson_id)
    pairs = {
        place: Pair.of(pair)
        for pair in access.opened_pairs(couple, person)
        if (place := pair.topic.place) and place[0] == lesson_id
    }
    joint = [piece for piece in access.joint_answers(couple) if piece.lesson_id == lesson_id]
    ours = {one.place: one for one in ours_of(couple, joint, asked) if one.text}
    found = {*theirs, *mine, *pairs, *ours}
    places = [place for place in asked if place in found] + sorted(found - asked.keys())
    pieces = [
        Piece(asked.get(at), theirs.get(at), mine.get(at), pairs.get(at), ours.get(at))
        for at in places
    ]
    return Page(catalogue().lesson_by_id(lesson_id), lesson_title(lesson_id), pieces)


def _by_place(shares: Iterable[Share], lesson_id: str) -> dict[Place, Showing]:
    return {
        (share.answer.lesson_id, share.answer.prompt_id): Showing.of(share)
        for share in shares
        if share.answer and share.answer.lesson_id == lesson_id
    }
