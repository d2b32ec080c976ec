"""What two people do where they write together.

Whatever is written here is written in a transaction that has locked the couple first: who leaves at
that moment comes before it, and nothing is saved, or after it, and both have a copy of it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, QueryDict

from exercises import access, joint
from exercises.asked import as_asked
from exercises.models import Answer, Couple, JointAnswer, Revision
from exercises.recording import Draft, Recorded, record
from exercises.saving import read_draft, read_id
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt, Refused
from trustbook.accounts.models import User
from trustbook.lib import sqlite_log


@dataclass(frozen=True)
class Place:
    """A lesson and a prompt, by their permanent ids."""

    lesson_id: str
    prompt_id: str

    @property
    def where(self) -> dict[str, str]:
        """The fields that tell what is written here from what is written elsewhere."""
        return {"lesson_id": self.lesson_id, "prompt_id": self.prompt_id}

    @property
    def lesson(self) -> Lesson | None:
        """None for one that left the course."""
        return catalogue().lesson_by_id(self.lesson_id)

    @property
    def prompt(self) -> BasePrompt | None:
        """What two people are asked here now; None where they are not, or not any more."""
        prompt = self.lesson.exercise.prompt(self.prompt_id) if self.lesson else None
        # A pulse is one person's, of one week.
        joint = prompt and prompt.joint and prompt.answered and prompt.kind != "pulse"
        return prompt if joint else None


@dataclass(frozen=True)
class Piece:
    """What a couple has written, or may write, in one place."""

    place: Place
    couple: Couple
    row: JointAnswer | None


def piece_at(person: User, place: Place) -> Piece:
    """Raises ``Http404`` without a couple, and where two have neither written nor are asked."""
    couple = access.own_couple(person)
    row = _row(couple, place)
    if row is None and place.prompt is None:
        raise Http404
    return Piece(place, couple, row)


def written_at(person: User, place: Place) -> tuple[Couple, JointAnswer]:
    """What the couple has written there. Raises ``Http404`` where that is nothing."""
    couple = access.own_couple(person)
    return couple, _there(couple, place)


def _row(couple: Couple, place: Place) -> JointAnswer | None:
    if "\0" in f"{place.lesson_id}{place.prompt_id}":  # no database takes it
        return None
    return access.joint_answer(couple, place.lesson_id, place.prompt_id)


def _there(couple: Couple, place: Place) -> JointAnswer:
    row = _row(couple, place)
    if row is None:
        raise Http404
    return row


@contextmanager
def together(person: User) -> Iterator[Couple]:
    """The couple, locked until the commit. Raises ``Http404`` without one."""
    with transaction.atomic():
        yield access.locked_couple(person)


@dataclass(frozen=True)
class Saved:
    """What has become of what was posted."""

    couple: Couple
    asked: BasePrompt
    recorded: Recorded | None


def save(person: User, place: Place, post: QueryDict) -> Saved:
    """Keeps what was posted. Raises ``Refused``, and ``Http404`` where two are not asked.

    When this returns, it is committed.
    """
    with together(person) as couple:
        if place.prompt is None:
            raise Http404
        asked = as_asked(place.prompt, post)
        draft = read_draft(asked, post)
        recorded = record(JointAnswer, place.where, couple, asked, draft, writer=person)
    return Saved(couple, asked, recorded)


def copy_mine(person: User, place: Place, post: QueryDict) -> Saved:
    """Makes a text of one's own, the very one that was shown, the newest of both.

    ``post`` has its revision (``text``), the newest of both that the page knew (``base``) and a
    ``token``. Raises ``Http404`` where two are not asked.
    """
    with together(person) as couple:
        answer = access.own_answer(person, place.lesson_id, place.prompt_id)
        if answer is None or place.prompt is None:
            raise Http404
        mine = answer.open(access.revision_of(answer, read_id(post.get("text"))), person)
        draft = _draft(mine.value, post)
        recorded = record(JointAnswer, place.where, couple, mine.prompt, draft, writer=person)
    return Saved(couple, mine.prompt, recorded)


def copy_ours(person: User, place: Place, post: QueryDict) -> Recorded | None:
    """The other way round; ``base`` is the newest of one's own that the page knew."""
    with together(person) as couple:
        row = _there(couple, place)
        ours = row.open(access.revision_of(row, read_id(post.get("text"))), couple)
        draft = _draft(ours.value, post)
        return record(Answer, place.where, person, ours.prompt, draft)


def bring_back(person: User, place: Place, post: QueryDict) -> Recorded | None:
    """Makes what an earlier ``revision`` says the newest again, in the wording it answered."""
    with together(person) as couple:
        row = _there(couple, place)
        old = row.open(access.revision_of(row, read_id(post.get("revision"))), couple)
        draft = _draft(old.value, post)
        return record(JointAnswer, {"pk": row.pk}, couple, old.prompt, draft, writer=person)


def delete(person: User, place: Place, post: QueryDict) -> bool:
    """Deletes it for both; False, and nothing done, where it is not as it was ``seen``."""
    with together(person) as couple:
        gone = joint.delete(couple, _there(couple, place), _seen(post))
    sqlite_log.forget("default")
    return gone


def _draft(value: object, post: QueryDict) -> Draft:
    base = post.get("base")
    return Draft(value, read_id(base) if base else None, read_id(post.get("token")))


def _seen(post: QueryDict) -> uuid.UUID:
    try:
        return read_id(post.get("seen"))
    except Refused:
        return uuid.UUID(int=0)


def is_of(person: User, revision: Revision) -> bool:
    """Whether the person, and not their partner, saved a revision of what the two wrote."""
    return bool(revision.writer_id == person.pk)  # type: ignore[attr-defined]
