"""Assigning: who gets what and when, kept in one transaction or not at all."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from exercises import access, telling
from exercises.assignments import today_of
from exercises.care.offered import offered, titles
from exercises.models import Assignment, CareLink, OwnLessonVersion
from exercises.models.assigned import Step
from trustbook.accounts.models import User


class NotDone(Exception):
    """Something is not as the page thought, so nothing was assigned."""

    says_nothing_private = True


class Ended(NotDone):
    """Some of the clients are not linked with the therapist any more."""

    def __init__(self, files: Collection[uuid.UUID]) -> None:
        self.files = files


class Over(NotDone):
    """For some clients a day by which something would be due is over."""

    def __init__(self, files: Collection[uuid.UUID]) -> None:
        self.files = files


class Seen(NotDone):
    """The client can see it already, so it is not hidden from them any more."""


class Withdrawn(NotDone):
    """A lesson is not offered any more."""


@dataclass(frozen=True)
class Planned:
    """One lesson, and its days."""

    lesson_id: str
    starts_on: date | None
    due_on: date | None


def at_once(lessons: Iterable[str], starts_on: date | None, due_on: date | None) -> list[Planned]:
    """All of them with the same days."""
    return [Planned(lesson, starts_on, due_on) for lesson in lessons]


def along(steps: Iterable[Step], first: date) -> list[Planned]:
    """One after the other, from a ``first`` day on.

    Each begins on the day on which the one before is due; one with no days between shares the days
    of the one before.
    """
    planned: list[Planned] = []
    begins = due = first
    for step in steps:
        if step.days:
            begins, due = due, due + timedelta(days=step.days)
        planned.append(Planned(step.lesson_id, begins, due))
    return planned


@dataclass(frozen=True)
class Outcome:
    """One lesson for one client, and what becomes of it."""

    file: uuid.UUID
    planned: Planned
    has_it: bool
    """The client has it open already, so it stays as it is."""
    assignment: uuid.UUID | None = None
    """What was made of it."""


def check(links: dict[uuid.UUID, CareLink], plan: Iterable[Planned]) -> None:
    """Raises ``Over`` where a due day is over; days are those of each client."""
    first = min((one.due_on for one in plan if one.due_on), default=None)
    late = {file for file, link in links.items() if first and first < today_of(link.client)}
    if late:
        raise Over(late)


def outcomes(links: dict[uuid.UUID, CareLink], plan: list[Planned]) -> list[Outcome]:
    """What would become of a plan now."""
    wanted = {one.lesson_id for one in plan}
    open_ones = Assignment.objects.open().filter(link__in=links.values(), lesson_id__in=wanted)
    has = set(open_ones.values_list("link", "lesson_id"))
    return [
        Outcome(file, one, (link.pk, one.lesson_id) in has)
        for file, link in links.items()
        for one in plan
    ]


def give(
    therapist: User,
    files: Collection[uuid.UUID],
    plan: list[Planned],
    note: str,
    token: uuid.UUID,
) -> list[Outcome]:
    """Assigns it, and says line by line what came of it; sent twice, it is done once.

    Raises ``NotDone``, with nothing done.
    """
    with transaction.atomic():
        links = access.own_links(therapist, files, lock=True)
        if gone := set(files) - set(links):
            raise Ended(gone)
        check(links, plan)
        versions = _versions(therapist, plan)
        lines = []
        for file, link in links.items():
            lines += _give_one(file, link, plan, note, token, versions)
        return lines


def _versions(therapist: User, plan: list[Planned]) -> dict[str, OwnLessonVersion]:
    """The newest of the therapist's own lessons; what is assigned stays as it is now."""
    known = titles(offered(therapist))
    if any(one.lesson_id not in known for one in plan):
        raise Withdrawn
    return {row.lesson_id: row.head for row in access.written_lessons(therapist)}


def _give_one(
    file: uuid.UUID,
    link: CareLink,
    plan: list[Planned],
    note: str,
    token: uuid.UUID,
    versions: dict[str, OwnLessonVersion],
) -> list[Outcome]:
    today = today_of(link.client)
    ids = {one: uuid.uuid5(token, f"{link.pk} {one.lesson_id}") for one in plan}
    there = Assignment.objects.filter(link=link).filter(
        Q(pk__in=list(ids.values()))
        | Q(lesson_id__in=[one.lesson_id for one in plan], done_on=None, withdrawn_on=None)
    )
    same, others = set[uuid.UUID](), set[str]()
    for row in there:
        if row.pk in ids.values():
            same.add(row.pk)
        else:
            others.add(row.lesson_id)
    made = []
    for position, one in enumerate(plan, Assignment.objects.filter(link=link).count()):
        if ids[one] in same or one.lesson_id in others:
            continue
        row = Assignment(
            pk=ids[one],
            link=link,
            lesson_id=one.lesson_id,
            version=versions.get(one.lesson_id),
            assigned_on=today,
            position=position,
            starts_on=one.starts_on,
            due_on=one.due_on,
        )
        row.seal_note(link, note)
        made.append(row)
    Assignment.objects.bulk_create(made)
    if made:
        telling.tell_client(link, *{max(row.starts_on or today, today) for row in made})
    return [
        Outcome(file, one, True) if one.lesson_id in others else Outcome(file, one, False, ids[one])
        for one in plan
    ]


def change(
    therapist: User,
    assignment: Assignment,
    note: str,
    due_on: date | None,
    starts_on: date | None,
) -> None:
    """Says anew by when, from when, and with which words. Raises ``Http404`` and ``NotDone``.

    A due day that is over may stay; what the client can see is not hidden any more.
    """
    with transaction.atomic():
        link = access.own_link(therapist, assignment.link.file.pk, lock=True)
        row = access.given_assignment(therapist, assignment.pk, lock=True)
        if row.done_on or row.withdrawn_on:
            raise Withdrawn
        today = today_of(link.client)
        if due_on and due_on != row.due_on and due_on < today:
            raise Over([link.file.pk])
        starts_on = row.starts_on if row.begun_on else starts_on
        # they may be reading and answering it without having pressed anything
        if _shown(row.starts_on, today) and not _shown(starts_on, today):
            raise Seen
        row.due_on, row.starts_on = due_on, starts_on
        row.seal_note(link, note)
        row.save(update_fields=["due_on", "starts_on", "sealed_note"])
        if row.starts_on and not _shown(row.starts_on, today):
            telling.tell_client(link, row.starts_on)


def _shown(starts_on: date | None, today: date) -> bool:
    return starts_on is None or starts_on <= today


def take_back(therapist: User, assignment: Assignment) -> None:
    """The client is not asked for it any more; what they wrote is theirs. May be said twice."""
    with transaction.atomic():
        link = access.own_link(therapist, assignment.link.file.pk, lock=True)
        row = access.given_assignment(therapist, assignment.pk, lock=True)
        if row.done_on is None and row.withdrawn_on is None:
            row.withdrawn_on = today_of(link.client)
            row.save(update_fields=["withdrawn_on"])
