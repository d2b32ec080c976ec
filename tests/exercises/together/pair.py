"""What two people write, show and open, made without their pages."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from exercises.models import Answer, Couple, JointAnswer, Own, Pulse, Ready, ReadyPin, Share
from exercises.recording import Draft, record
from lessons.catalogue import catalogue
from lessons.kinds import BasePrompt, prompt_from
from trustbook.accounts.models import User

WEEK = prompt_from({"id": "pulse", "kind": "pulse"})
DAY = date(2026, 5, 3)
ZOO = Path(__file__).parent / "zoo"
"""A small course with what two people can do; its first lesson is the last in the alphabet."""


def wrote(person: User, lesson: str, prompt: str, value: Any, ask: str = "") -> Answer:
    """An answer; another one to the same prompt is its newest version. ``ask`` words it anew."""
    where = {"lesson_id": lesson, "prompt_id": prompt}
    before = Answer.objects.filter(author=person, **where).first()
    draft = Draft(value, before.head_id if before else None, uuid.uuid4())
    done = record(Answer, where, person, _asked(lesson, prompt, ask), draft)
    assert done
    return Answer.objects.of(person).get(**where)


def told(person: User, week: date, numbers: dict[str, int]) -> Pulse:
    """The numbers of a week; said again, they are its newest version."""
    before = Pulse.objects.filter(author=person, week=week).first()
    draft = Draft(WEEK.empty() | numbers, before.head_id if before else None, uuid.uuid4())
    assert record(Pulse, {"week": week}, person, WEEK, draft)
    pulse: Pulse = Pulse.objects.of(person).get(week=week)
    return pulse


def ours(couple: Couple, writer: User, lesson: str, prompt: str, value: Any) -> None:
    """A common answer."""
    where = {"lesson_id": lesson, "prompt_id": prompt}
    draft = Draft(value, None, uuid.uuid4())
    record(JointAnswer, where, couple, _asked(lesson, prompt), draft, writer=writer)


def shows(couple: Couple, row: Own, since: date = DAY) -> Share:
    """Its writer shows the newest version to the partner."""
    pinned = Share.fields_of(row, row.head)
    where = {"owner": row.author, "couple": couple, "audience": "partner", "since": since}
    return Share.objects.create(**where, **pinned)


def is_ready(couple: Couple, topic: str, rows: Iterable[Own], on: date | None = None) -> Ready:
    """The writer of ``rows`` is ready to open them; ``on`` a day, they are open."""
    rows = list(rows)
    ready = Ready.objects.create(couple=couple, person=rows[0].author, topic=topic, opened_on=on)
    for row in rows:
        ReadyPin.objects.create(ready=ready, **ReadyPin.fields_of(row, row.head))
    return ready


def opened(
    couple: Couple, lesson: str, prompt: str, said: Mapping[User, Any], on: date = DAY
) -> None:
    """Both have answered, and opened that together."""
    for person, value in said.items():
        is_ready(couple, f"answer.{lesson}.{prompt}", [wrote(person, lesson, prompt, value)], on)


def _asked(lesson: str, prompt: str, ask: str = "") -> BasePrompt:
    found = catalogue().lesson_by_id(lesson)
    asked = found.exercise.prompt(prompt) if found else None
    if asked is None:
        return prompt_from({"id": prompt, "kind": "text", "ask": ask or "What was it?"})
    return asked.model_copy(update={"ask": ask}) if ask else asked
