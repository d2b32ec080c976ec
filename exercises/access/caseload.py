"""All clients of a therapist at one look, in as many queries for one client as for a thousand.

What a client did is here only as far as a therapist may know it: begun, done, shared, answered
back. What was put aside, read or written is not asked for.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from exercises.models import (
    Assignment,
    Audience,
    CareLink,
    ClientFile,
    Invitation,
    Opening,
    Response,
    Share,
)
from trustbook.accounts.models import User

LATELY = timedelta(weeks=4)
"""How long what was done is listed, where no session was noted since."""


class Given(NamedTuple):
    """An assignment, as its therapist may know it."""

    link_id: uuid.UUID
    lesson_id: str
    position: int
    starts_on: date | None
    due_on: date | None
    begun_on: date | None
    done_on: date | None


class News(NamedTuple):
    """How much of one client their therapist has not seen yet."""

    answers: int = 0
    weeks: int = 0
    replies: int = 0


@dataclass(frozen=True)
class Caseload:
    """The files of a therapist, in no order, and what belongs to those whose link holds."""

    files: list[ClientFile]
    zones: Mapping[uuid.UUID, str]
    """The client's time zone, by the ids of links that hold: no other link is here."""
    given: Mapping[uuid.UUID, list[Given]]
    """By link: what is not done, and what was done since the last session."""
    news: Mapping[uuid.UUID, News]
    """By link; none where there is nothing new."""
    invited: Mapping[uuid.UUID, datetime]
    """Until when an invitation can be accepted, by file."""


def caseload(therapist: User) -> Caseload:
    """Everything for the list of clients. Nothing of it is deciphered here."""
    links = CareLink.objects.live().filter(therapist=therapist)
    invitations = Invitation.objects.to_clients().open().filter(inviter=therapist)
    return Caseload(
        files=list(ClientFile.objects.filter(therapist=therapist)),
        zones=dict(links.values_list("pk", "client__time_zone")),
        given=_given(links),
        news=_news(therapist, links),
        invited={found.file_id: found.until for found in invitations if found.file_id},
    )


def _given(links: QuerySet[CareLink]) -> Mapping[uuid.UUID, list[Given]]:
    lately = Value(timezone.localdate() - LATELY, output_field=DateField())
    since = Coalesce(F("link__file__met_on"), lately)
    rows = Assignment.objects.filter(link__in=links, withdrawn_on=None)
    rows = rows.filter(Q(done_on=None) | Q(done_on__gte=since))
    found = defaultdict(list)
    for row in rows.values_list(*Given._fields):
        found[row[0]].append(Given(*row))
    return found


def _news(therapist: User, links: QuerySet[CareLink]) -> Mapping[uuid.UUID, News]:
    shared = Share.objects.filter(
        ~Exists(_openings(therapist).filter(revision=_either("answer_revision", "pulse_revision"))),
        care__in=links,
        audience=Audience.THERAPIST,
        answer__deleted_at=None,
        pulse__deleted_at=None,
    )
    unread = shared.values("care").annotate(answers=Count("answer"), weeks=Count("pulse"))
    replies = _unread_replies(therapist, links).values("link").annotate(replies=Count("pk"))
    found = {row["care"]: News(row["answers"], row["weeks"]) for row in unread}
    for row in replies:
        found[row["link"]] = found.get(row["link"], News())._replace(replies=row["replies"])
    return found


def _unread_replies(therapist: User, links: QuerySet[CareLink]) -> QuerySet[Response]:
    """What clients said back on something that they share still: since then the therapist has
    neither opened that nor said something on it.
    """
    same = Q(answer=OuterRef("answer")) | Q(pulse=OuterRef("pulse"))
    later = Response.objects.filter(
        same,
        link=OuterRef("link"),
        writer=therapist,
        withdrawn_at=None,
        written_at__gt=OuterRef("written_at"),
    )
    shared = Share.objects.filter(same, care=OuterRef("link"))
    opened = _openings(therapist).filter(opened_at__gt=OuterRef("written_at"))
    rows = Response.objects.filter(
        ~Exists(later), ~Exists(opened), Exists(shared), link__in=links, withdrawn_at=None
    )
    return rows.exclude(writer=therapist)


def _openings(therapist: User) -> QuerySet[Opening]:
    """The times that a therapist opened the answer or pulse that an outer query is about."""
    return Opening.objects.filter(reader=therapist.pk, row=_either("answer", "pulse"))


def _either(one: str, other: str) -> Coalesce:
    return Coalesce(OuterRef(one), OuterRef(other))
