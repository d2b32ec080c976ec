"""The machine finds what it looks for: five leaks are planted, and each is caught."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.shortcuts import render

from exercises import access
from exercises.models import Answer, AnswerRevision, Pulse, Reading
from exercises.together.one_lesson import lesson_for
from tests.twins import unseen
from tests.twins.couples import TwinCouples
from tests.twins.runs import by_hand, run

RUNS = 200
"""At most; nearly always the first few do."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

shared_with, own_progress = access.shared_with, access.own_progress


def the_other(person):
    """Who shares a workbook with ``person``, if anybody does."""
    couple = access.couple_of(person)
    return access.partner_in(couple, person) if couple else None


def a_count(person):
    """Today counts what is written, not what is shown."""
    lessons = Answer.objects.filter(author=the_other(person)).values("lesson_id").distinct()
    return lessons.count(), Pulse.objects.filter(author=the_other(person)).count()


def an_order(person, couple, lesson_id):
    """What was touched last comes first on the page of a lesson."""

    def touched(piece):
        return piece.theirs.share.answer.head.saved_at if piece.theirs else LONG_AGO

    page = lesson_for(person, couple, lesson_id)
    return replace(page, pieces=sorted(page.pieces, key=touched, reverse=True))


def a_time(person):
    """The day of the last change stands where the day of sharing should."""
    shares = shared_with(person)
    for share in shares:
        share.since = share.row.head.saved_at.date()
    return shares


def a_mark_of_progress(person):
    """A lesson that one of the two has finished is finished for both."""
    theirs = Reading.objects.filter(reader=the_other(person)).exclude(finished_at=None)
    return [*own_progress(person), *theirs]


def an_etag(request, *args, **kwargs):
    """The page of the two has the mark of all that either has saved."""
    response = render(request, *args, **kwargs)
    saved = AnswerRevision.objects.filter(row__author=the_other(request.user)).count()
    response["ETag"] = f'"{sha256(str(saved).encode()).hexdigest()}"'
    return response


LEAKS: dict[str, Callable] = {
    "exercises.access.shown_counts": a_count,
    "exercises.together.overview.lesson_for": an_order,
    "exercises.access.shared_with": a_time,
    "exercises.access.own_progress": a_mark_of_progress,
    "exercises.together.overview.render": an_etag,
}


planted = pytest.mark.parametrize("place", LEAKS, ids=lambda place: LEAKS[place].__name__)


def a_private_life() -> None:
    """In one world the author goes on by themselves after two answers were shared."""
    with by_hand(2, TwinCouples) as machine:
        machine.evening(())
        machine.evening(())
        writes, changes = (unseen.writes, 4, "a"), (unseen.changes_what_is_shown, 0, "b")
        machine.author_alone([writes, changes, (unseen.finishes, 0, "")], [], ())


def test_nothing_leaks():
    """The control."""
    a_private_life()


@planted
def test_a_planted_leak_is_seen(monkeypatch, place):
    monkeypatch.setattr(place, LEAKS[place])
    with pytest.raises(AssertionError, match="one world"):
        a_private_life()


@pytest.mark.prove
@planted
def test_a_planted_leak_is_found(monkeypatch, place):
    """By runs that know nothing of it."""
    monkeypatch.setattr(place, LEAKS[place])
    with pytest.raises(AssertionError, match="one world"):
        run(TwinCouples, RUNS, 30, shrink=False)
