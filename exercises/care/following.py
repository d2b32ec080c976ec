"""One client's page: what was assigned, what is shared but not what it says, and one's own.

Nothing of the client's is opened here, so nothing is recorded.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access
from exercises.assignments import Given, given
from exercises.care.page_forms import Met
from exercises.care.reading import about
from exercises.care.side_by_side import beside_of
from exercises.care.texts import Chapter, asked_of, by_lesson
from exercises.models import Answer, CareLink, ClientFile, Share
from exercises.threads import Said, therapists_threads
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest

NO_LONGER_ASKED = "A question that is no longer asked"


@dataclass(frozen=True)
class Line:
    """One shared text, which is not opened here; the question is worded as it is asked today."""

    share: Share
    about: str
    opened: datetime | None
    """When the therapist last opened it, as it is shared now."""
    said: Said | None = None
    """What either said about it last."""


@dataclass(frozen=True)
class Page:
    """What there is of a client with whom the therapist is linked."""

    link: CareLink
    given: list[Given]
    chapters: list[Chapter[Line]]
    weeks: list[Line]
    beside: ClientFile | None

    @property
    def unopened_weeks(self) -> int:
        """How many of the shared weeks the therapist has not opened."""
        return sum(line.opened is None for line in self.weeks)

    @property
    def newest_week(self) -> date:
        """The day on which the last of them was shared."""
        return max(line.share.since for line in self.weeks)


@require_safe
def client(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """The page; of a client who is not linked, only what is the therapist's own."""
    found = access.own_file(request.user, file)
    link = access.link_of(found)
    page = page_of(request.user, found, link) if link else None
    context = about(request.user, found) | {
        "page": page,
        "invitation": access.invitation_of(found),
        "noted": access.session_note_days(found),
        "today": Met.today_of(request.user),
        "met": Met.blank(request.user),
        "beside_label": page.beside.label(request.user) if page and page.beside else "",
    }
    return render(request, "care/client.html", context)


def page_of(therapist: User, file: ClientFile, link: CareLink) -> Page:
    """What there is of this client."""
    asked, opened = asked_of(link), access.opened_by_therapist(link)
    shares = access.shares_with_therapist(link)
    threads = therapists_threads(link, [(one.row_id, one.revision_id) for one in shares])

    def line(share: Share) -> Line:
        times = opened.get(share.revision_id)
        prompt = asked.of(share.answer) if share.answer else None
        about = prompt.ask if prompt else NO_LONGER_ASKED
        return Line(share, about, times[1] if times else None, threads[share.row_id].last)

    lines = [line(share) for share in shares]
    return Page(
        link,
        given=given(link, asked.names),
        chapters=by_lesson([one for one in lines if one.share.answer], _answer, asked),
        weeks=[one for one in lines if one.share.pulse],
        beside=beside_of(therapist, file),
    )


def _answer(line: Line) -> Answer | None:
    return line.share.answer
