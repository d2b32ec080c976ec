"""A therapist reads what a client shares: the answers, those to one lesson, the weeks."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access
from exercises.access import Read
from exercises.care.opening import opens
from exercises.care.texts import asked_of, texts_by_lesson, weeks_of
from exercises.models import CareLink, ClientFile, How
from exercises.past import Week
from exercises.plot import Plot, plots
from exercises.threads import Thread, therapists_threads
from lessons.kinds.pulse import HIGH, LOW, NAMES
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Told:
    """A shared week, and what was said about it."""

    week: Week
    read: Read
    thread: Thread


@dataclass(frozen=True)
class Weeks:
    """Shared weeks as lines and numbers, the first one first."""

    weeks: list[Week]
    plots: list[Plot]
    rows: list[Told]
    """The newest first."""
    names: tuple[str, ...] = tuple(NAMES.values())
    low: str = LOW
    high: str = HIGH

    @classmethod
    def of(cls, reads: list[Read], threads: Mapping[uuid.UUID, Thread]) -> "Weeks":
        """The weeks among what was opened."""
        weeks = weeks_of(reads)
        read = {read.week: read for read in reads}
        found = [(week, read[week.monday]) for week in reversed(weeks)]
        rows = [Told(week, one, threads[one.row.pk]) for week, one in found]
        return cls(weeks, plots(weeks), rows)


def threads_of(link: CareLink, reads: list[Read]) -> dict[uuid.UUID, Thread]:
    """What was said about each of what was opened; one query."""
    return therapists_threads(link, [(read.row.pk, read.revision_id) for read in reads])


@require_safe
@opens
def shared(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """All shared answers, by lesson."""
    link = access.own_link(request.user, file)
    reads = access.read_shared(request.user, file, How.SCREEN, answer__isnull=False)
    return _answers(request, link, reads)


@require_safe
@opens
def shared_lesson(request: SignedInRequest, file: uuid.UUID, lesson: str) -> HttpResponse:
    """Those to one lesson; where nothing is shared, there is no page."""
    if "\0" in lesson:  # no database takes it
        raise Http404
    link = access.own_link(request.user, file)
    reads = access.read_shared(request.user, file, How.SCREEN, answer__lesson_id=lesson)
    if not reads:
        raise Http404
    return _answers(request, link, reads, one=True)


def _answers(
    request: SignedInRequest, link: CareLink, reads: list[Read], *, one: bool = False
) -> HttpResponse:
    chapters = texts_by_lesson(reads, asked_of(link), threads_of(link, reads))
    context = about(request.user, link.file) | {
        "chapters": chapters,
        "one": chapters[0].title if one else "",
    }
    return render(request, "care/shared.html", context)


@require_safe
@opens
def weeks(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """The shared weeks as lines, with a table beside them."""
    link = access.own_link(request.user, file)
    reads = access.read_shared(request.user, file, How.SCREEN, pulse__isnull=False)
    page = Weeks.of(reads, threads_of(link, reads))
    return render(request, "care/weeks.html", about(request.user, link.file) | {"page": page})


def about(therapist: User, file: ClientFile) -> dict[str, object]:
    """What every page about a client says of them."""
    return {"file": file, "label": file.label(therapist)}
