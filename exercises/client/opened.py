"""The access record, as the client sees it: each time that something of theirs was opened."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from exercises import access
from exercises.lesson_names import Names, name_of, names_for
from exercises.models import AnswerRevision, CareLink, How, Opening
from exercises.weeks import week_name
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest

MOST = 100
"""Openings on one page."""
NOW, BEFORE = "your therapist", "a therapist you had before"


@dataclass(frozen=True)
class Thing:
    """What was opened: the question as it was asked, and where."""

    asked: str
    place: str
    href: str


@dataclass(frozen=True)
class Reading:
    """What one therapist opened in one minute in one way."""

    at: datetime
    who: str
    how: str
    things: list[Thing]


@dataclass(frozen=True)
class Day:
    """The readings of one day, the last first."""

    day: date
    readings: list[Reading]


@require_safe
def opened(request: SignedInRequest) -> HttpResponse:
    """All of it, the last first, in the time zone of whose it is."""
    link = access.care_of(request.user)
    record = Paginator(access.own_openings(request.user), MOST)
    page = record.get_page(request.GET.get("page"))
    revisions = access.own_revisions(request.user, {one.revision for one in page})
    own = names_for(request.user, (one.lesson_id for one in page))
    told = _Told(request.user, link, {one.pk: one for one in revisions}, own)
    days = [
        Day(day, [told.reading(list(same)) for _, same in groupby(of_day, _together)])
        for day, of_day in groupby(page, lambda one: timezone.localdate(one.opened_at))
    ]
    return render(request, "client/opened.html", {"days": days, "page": page})


def _together(one: Opening) -> tuple[datetime, uuid.UUID, str]:
    return one.opened_at.replace(second=0, microsecond=0), one.reader, one.how


@dataclass(frozen=True)
class _Told:
    """What the words are taken from."""

    person: User
    link: CareLink | None
    revisions: Mapping[uuid.UUID, AnswerRevision]
    own: Names

    def reading(self, openings: list[Opening]) -> Reading:
        """Openings of one minute as one."""
        first = openings[0]
        now = self.link is not None and first.reader == self.link.therapist_id
        things = list(dict.fromkeys(self._thing(one) for one in openings))
        return Reading(first.opened_at, NOW if now else BEFORE, How(first.how).label, things)

    def _thing(self, one: Opening) -> Thing:
        if one.week:
            return Thing(f"The {week_name(one.week)}", "", "")
        place = name_of(one.lesson_id, self.own)
        revision = self.revisions.get(one.revision)
        if revision is None:
            return Thing("An answer that you have deleted", place, "")
        asked = revision.row.open(revision, self.person).prompt.ask
        return Thing(asked, place, reverse("workbook:history", args=[revision.row.pk]))
