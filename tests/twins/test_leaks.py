"""The machines find what they look for: leaks are planted, and each is caught."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.shortcuts import render

from exercises import access, assignments
from exercises.care import texts
from exercises.models import Answer, AnswerRevision, Assignment, Opening, Pulse, Reading
from exercises.together.one_lesson import lesson_for
from tests.twins import in_care, therapist, unseen
from tests.twins.couples import TwinCouples
from tests.twins.desks import TwinDesks
from tests.twins.runs import by_hand, run

RUNS = 200
"""At most; nearly always the first few do."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

shared_with, own_progress = access.shared_with, access.own_progress
own_assignments, shares_with_therapist = access.own_assignments, access.shares_with_therapist
as_given, texts_by_lesson = assignments.as_given, texts.texts_by_lesson


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


def what_another_was_assigned(person, today):
    """The page about one's therapist has what anybody was assigned there."""
    link = access.care_of(person)
    rows = Assignment.objects.filter(link__therapist=link.therapist) if link else []
    return [*own_assignments(person, today), *rows]


def what_was_opened_of_another(person):
    """The access record has all that one's therapist has opened."""
    link = access.care_of(person)
    return list(Opening.objects.filter(reader=link.therapist_id)) if link else []


LEAKS: dict[str, Callable] = {
    "exercises.access.shown_counts": a_count,
    "exercises.together.overview.lesson_for": an_order,
    "exercises.access.shared_with": a_time,
    "exercises.access.own_progress": a_mark_of_progress,
    "exercises.together.overview.render": an_etag,
    "exercises.access.own_assignments": what_another_was_assigned,
    "exercises.access.own_openings": what_was_opened_of_another,
}


planted = pytest.mark.parametrize("place", LEAKS, ids=lambda place: LEAKS[place].__name__)


def a_private_life() -> None:
    """In one world the author goes on by themselves after two answers were shared."""
    with by_hand(2, TwinCouples) as machine:
        machine.evening(())
        machine.evening(())
        writes, changes = (unseen.writes, 4, "a"), (unseen.changes_what_is_shown, 0, "b")
        machine.author_alone([writes, changes, (unseen.finishes, 0, "")], [], ())
        goes, shows = (in_care.becomes_a_client, 0, ""), (in_care.shows_the_therapist, 0, "c")
        assigned = (in_care.is_assigned, 0, "d")
        machine.author_alone([goes, assigned, shows, (in_care.is_read, 0, "")], [], ())


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


# To a therapist


def a_later_day(link):
    """The day of the last change stands where the day of sharing should."""
    shares = shares_with_therapist(link)
    for share in shares:
        share.since = share.row.head.saved_at.date()
    return shares


def another_order(*about):
    """What was touched last is read first."""

    def touched(text):
        return text.read.row.head.saved_at

    chapters = texts_by_lesson(*about)
    return [replace(one, parts=sorted(one.parts, key=touched, reverse=True)) for one in chapters]


def what_is_put_aside(row, link, names, today):
    """It is as if the therapist had withdrawn it."""
    aside = Assignment.objects.get(pk=row.pk).aside_at
    return replace(as_given(row, link, names, today), withdrawn_on=aside and today)


def a_mark_of_the_list(request, *args, **kwargs):
    """The list has the mark of all that the clients have saved."""
    response = render(request, *args, **kwargs)
    clients = [file.link.client for file in access.own_files(request.user) if file.link]
    saved = AnswerRevision.objects.filter(row__author__in=clients).count()
    response["ETag"] = f'"{sha256(str(saved).encode()).hexdigest()}"'
    return response


def a_couple(request, *args, **kwargs):
    """The list tells of clients who share a workbook with somebody."""
    response = render(request, *args, **kwargs)
    clients = [file.link.client for file in access.own_files(request.user) if file.link]
    response["Couples"] = str(sum(access.couple_of(client) is not None for client in clients))
    return response


AT_THE_DESK: list[tuple[str, Callable]] = [
    ("exercises.access.shares_with_therapist", a_later_day),
    ("exercises.care.reading.texts_by_lesson", another_order),
    ("exercises.assignments.as_given", what_is_put_aside),
    ("exercises.care.client_list.render", a_mark_of_the_list),
    ("exercises.care.client_list.render", a_couple),
]


def a_clients_private_life() -> None:
    """In one world the client goes on alone, and with a partner, after something was shared."""
    with by_hand(2, TwinDesks) as machine:
        machine.evening(())
        machine.see(therapist.assigns, 10, "b")
        machine.evening(())
        writes, changes = (unseen.writes, 4, "a"), (in_care.changes_what_is_shown, 0, "b")
        aside, together = (in_care.puts_aside, 1, ""), (therapist.shares_a_workbook, 0, "")
        machine.author_alone([writes, changes, aside, together], [], ())


def test_nothing_leaks_to_a_therapist():
    """The control."""
    a_clients_private_life()


@pytest.mark.parametrize(
    ("place", "leak"), AT_THE_DESK, ids=lambda one: getattr(one, "__name__", "")
)
def test_a_planted_leak_to_a_therapist_is_seen(monkeypatch, place, leak):
    monkeypatch.setattr(place, leak)
    with pytest.raises(AssertionError, match="one world"):
        a_clients_private_life()
