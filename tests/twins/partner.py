"""What the partner does, through the pages: the same in both worlds. Each returns what comes back.

What they do themselves, and what they try: with the ids of the author's own things too.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from exercises import access
from exercises.models import Answer, JointAnswer
from exercises.topics import topic_called
from exercises.weeks import week_of
from tests.exercises.workbook import Workbook
from tests.twins.pages import NOBODYS, named
from tests.twins.unseen import TOPICS, asked, numbers, questions, said
from tests.twins.world import World

Deed = Callable[[World, int, str], str]


def writes(world: World, number: int, text: str) -> str:
    """An answer of their own."""
    lesson, prompt = asked(number)
    row = Answer.objects.filter(author=world.partner, lesson_id=lesson.id, prompt_id=prompt.id)
    base = str(row[0].head_id) if row else ""
    value = said(prompt, text)
    typed = value if isinstance(value, dict) else str(value or "")
    book = Workbook(world.beside, world.partner, lesson.id)  # type: ignore[arg-type]
    return world.eyes.answer("", book.save(prompt.id, typed, base=base))


def shares(world: World, number: int, text: str) -> str:
    """An answer of their own, or what is none of theirs."""
    path, row = _own(world, number)
    revision = row.head_id if row else NOBODYS
    return world.sends(path, step="confirm", audience="partner", revision=revision)


def withdraws(world: World, number: int, text: str) -> str:
    """The same, whether or not it was shared."""
    return world.sends(f"{_own(world, number)[0]}withdraw/", audience="partner")


def _own(world: World, number: int) -> tuple[str, Any]:
    rows = list(Answer.objects.filter(author=world.partner).order_by("lesson_id", "prompt_id"))
    row = rows[number % len(rows)] if rows else None
    return f"/sharing/{row.pk if row else NOBODYS}/", row


def answers(world: World, number: int, text: str) -> str:
    """What they will be ready to open."""
    topic = topic_called(TOPICS[number % len(TOPICS)])
    places = [(lesson.id, prompt.id) for lesson, prompt in questions()]
    if topic.place:
        return writes(world, places.index(topic.place), text)
    return tells_of_the_week(world, number, text)


def is_ready(world: World, number: int, text: str) -> str:
    """To open something together, with what they wrote."""
    name = TOPICS[number % len(TOPICS)]
    rows = access.own_rows_about(world.partner, topic_called(name))
    seen = " ".join(str(revision.pk) for _, revision in rows)
    return world.sends(f"/together/reveal/{name}/", seen=seen)


def closes(world: World, number: int, text: str) -> str:
    """What is open, or takes back being ready."""
    return world.sends(f"/together/reveal/{TOPICS[number % len(TOPICS)]}/close/")


def tells_of_the_week(world: World, number: int, text: str) -> str:
    """Numbers of their own, this week's or those of the week before."""
    week = week_of(world.partner) - timedelta(weeks=number % 2)
    fields = {f"pulse.{name}": str(said) for name, said in numbers(number).items()}
    about = {"pulse:week": week.isoformat(), "pulse:base": "", "pulse:token": uuid.uuid4()}
    return world.sends("/workbook/pulse/save/pulse/", **fields, **about)


def promises(world: World, number: int, text: str) -> str:
    """A promise of either of the two."""
    fields = {"by": ("me", "them")[number % 2], "what": text, "promise:token": uuid.uuid4()}
    return world.sends("/together/promises/write/", **fields)


def writes_together(world: World, number: int, text: str) -> str:
    """Into what belongs to both; now and then from an old page."""
    row = JointAnswer.objects.filter(couple=world.couple).first() if number % 3 else None
    fields = {"ours": text, "ours:base": row.head_id if row else "", "ours:token": uuid.uuid4()}
    return world.sends("/together/ours/one/ours/save/", **fields)


def tries_a_code(world: World, number: int, text: str) -> str:
    """That nobody has given them."""
    return world.sends("/together/join/", invitation=f"{number:010}")


def leaves(world: World, number: int, text: str) -> str:
    """For good, whether or not there is anybody to leave."""
    world.couple = None
    return world.sends("/together/leave/")


DEEDS: tuple[Deed, ...] = (
    *(writes, writes, shares, withdraws, closes, tells_of_the_week, promises, writes_together),
    tries_a_code,
)


def tries_the_door(world: World, number: int, text: str) -> str:
    """An address that names something by its id, with one of the author's; where that is shown
    already, or there is nothing, with nobody's."""
    name, parts = DOORS[number % len(DOORS)]
    things = world.secret_ids()
    thing = things[len(text) % len(things)] if things else NOBODYS
    path = reverse(name, kwargs=dict.fromkeys(parts, thing))
    ask = world.looking.get if number % 2 else world.looking.post
    return world.eyes.answer(path, ask(path), hidden=str(thing))


DOORS = [
    (name, parts)
    for name, parts in named()
    if parts
    and set(parts)
    <= {
        "row",
        "revision",
        "session",
        "invitation",
        "promise",
        "copy",
        "assignment",
        "response",
        "file",
    }
]
"""The addresses with an id of something that belongs to somebody."""
