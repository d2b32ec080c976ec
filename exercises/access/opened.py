"""What two people have opened together, and what one of them is ready to open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404

from exercises.models import (
    Answer,
    AnswerRevision,
    Couple,
    Own,
    Pulse,
    PulseRevision,
    ReadyPin,
    Revision,
)
from exercises.topics import Topic, topic_called
from trustbook.accounts.models import User


@dataclass(frozen=True)
class Chosen:
    """The exact texts that one person has chosen to show for a topic; of weeks, in their order."""

    topic: Topic
    person: User
    pins: list[ReadyPin]


@dataclass(frozen=True)
class OpenedPair:
    """A topic that is open: each of the two is shown what the other has chosen."""

    topic: Topic
    since: date
    mine: Chosen
    theirs: Chosen


def opened_pairs(couple: Couple, person: User) -> list[OpenedPair]:
    """All that is open between the two, in the order of the courses; in one query.

    Both sides come from the same query: whoever closes meanwhile, nobody sees one without the
    other.
    """
    chosen = _by_person(_pins(couple, ready__opened_on__isnull=False))
    mine = {one.topic: one for one in chosen if one.person == person}
    theirs = {one.topic: one for one in chosen if one.person != person}
    return [
        OpenedPair(topic, _since(mine[topic]), mine[topic], theirs[topic])
        for topic in sorted(mine.keys() & theirs.keys(), key=lambda topic: topic.order)
    ]


def opened_pair(couple: Couple, person: User, topic: Topic) -> OpenedPair | None:
    """One topic, if it is open."""
    opened = _pins(couple, ready__topic=topic.name, ready__opened_on__isnull=False)
    sides = {one.person == person: one for one in _by_person(opened)}
    if len(sides) < 2:
        return None
    return OpenedPair(topic, _since(sides[True]), sides[True], sides[False])


def own_ready(couple: Couple, person: User) -> list[Chosen]:
    """What a person is ready to open and what is not open yet, in the order of the courses.

    Nobody else is ever told of it.
    """
    pins = _pins(couple, ready__person=person, ready__opened_on=None)
    return sorted(_by_person(pins), key=lambda one: one.topic.order)


def own_ready_for(couple: Couple, person: User, topic: Topic) -> Chosen | None:
    """The same for one topic."""
    found = _pins(couple, ready__person=person, ready__topic=topic.name, ready__opened_on=None)
    return next(iter(_by_person(found)), None)


def own_rows_about(person: User, topic: Topic) -> list[tuple[Own, Revision]]:
    """What a person has written about a topic, with its newest revisions; weeks in their order."""
    return [(row, row.head) for row in _rows(person, topic).select_related("head")]


def locked_rows_about(person: User, topic: Topic) -> list[tuple[Own, Revision]]:
    """The same, locked until the commit, so that no newer revision comes between."""
    rows = list(_rows(person, topic).select_for_update())
    revisions: Any = AnswerRevision if topic.place else PulseRevision
    # Apart from the rows: where PostgreSQL had to wait for a save, a join would look for the new
    # head among the revisions from before it waited.
    heads = revisions.objects.in_bulk([row.head_id for row in rows])
    return [(row, heads[row.head_id]) for row in rows]


def _rows(person: User, topic: Topic) -> Any:
    if topic.place:
        lesson, prompt = topic.place
        return Answer.objects.filter(author=person, lesson_id=lesson, prompt_id=prompt)
    pulses = Pulse.objects.filter(author=person).order_by("week")
    return pulses.filter(week=topic.week) if topic.week else pulses


def _pins(couple: Couple, **where: Any) -> list[ReadyPin]:
    """Pins with all that is needed to read them."""
    pins = ReadyPin.objects.filter(ready__couple=couple, **where).select_related(
        "ready__person", "answer", "answer_revision", "pulse", "pulse_revision"
    )
    return list(pins.order_by("ready_id", "pulse__week"))


def _by_person(pins: Iterable[ReadyPin]) -> list[Chosen]:
    """For each topic and person their pins.

    A text that was deleted takes all of its side away; deleting closes, so that is a second belt.
    """
    chosen = []
    for _, of_one in groupby(pins, key=lambda pin: pin.ready_id):
        side = list(of_one)
        if all(pin.row.deleted_at is None for pin in side) and (topic := _topic(side[0])):
            chosen.append(Chosen(topic, side[0].ready.person, side))
    return chosen


def _topic(pin: ReadyPin) -> Topic | None:
    try:
        return topic_called(pin.ready.topic)
    except Http404:
        return None


def _since(side: Chosen) -> date:
    since = side.pins[0].ready.opened_on
    assert since  # noqa: S101 - for the type checker
    return since
