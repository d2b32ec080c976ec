"""A therapist reads what a client shares: the answers, those to one lesson, the weeks."""

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access
from exercises.care.opening import opens
from exercises.care.texts import Chapter, Text, texts_by_lesson, weeks_of
from exercises.lesson_names import own_names
from exercises.models import ClientFile, How
from exercises.past import Week
from exercises.plot import Plot, plots
from lessons.kinds.pulse import HIGH, LOW, NAMES
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Weeks:
    """Shared weeks as lines and numbers, the first one first."""

    weeks: list[Week]
    plots: list[Plot]
    rows: list[tuple[Week, access.Read]]
    """Each with what was opened for it, the newest first."""
    names: tuple[str, ...] = tuple(NAMES.values())
    low: str = LOW
    high: str = HIGH

    @classmethod
    def of(cls, reads: list[access.Read]) -> "Weeks":
        """The weeks among what was opened."""
        weeks = weeks_of(reads)
        by_monday = {read.week: read for read in reads}
        rows = [(week, by_monday[week.monday]) for week in reversed(weeks)]
        return cls(weeks, plots(weeks), rows)


@require_safe
@opens
def shared(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """All shared answers, by lesson."""
    found = access.own_file(request.user, file)
    reads = access.read_shared(request.user, file, How.SCREEN, answer__isnull=False)
    chapters = texts_by_lesson(reads, own_names(request.user))
    return _answers(request, found, chapters)


@require_safe
@opens
def shared_lesson(request: SignedInRequest, file: uuid.UUID, lesson: str) -> HttpResponse:
    """Those to one lesson; where nothing is shared, there is no page."""
    if "\0" in lesson:  # no database takes it
        raise Http404
    found = access.own_file(request.user, file)
    reads = access.read_shared(request.user, file, How.SCREEN, answer__lesson_id=lesson)
    if not reads:
        raise Http404
    chapters = texts_by_lesson(reads, own_names(request.user))
    return _answers(request, found, chapters, one=chapters[0].title)


def _answers(
    request: SignedInRequest, file: ClientFile, chapters: list[Chapter[Text]], one: str = ""
) -> HttpResponse:
    context = about(request.user, file) | {"chapters": chapters, "one": one}
    return render(request, "care/shared.html", context)


@require_safe
@opens
def weeks(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """The shared weeks as lines, with a table beside them."""
    found = access.own_file(request.user, file)
    reads = access.read_shared(request.user, file, How.SCREEN, pulse__isnull=False)
    context = about(request.user, found) | {"page": Weeks.of(reads)}
    return render(request, "care/weeks.html", context)


def about(therapist: User, file: ClientFile) -> dict[str, object]:
    """What every page about a client says of them."""
    return {"file": file, "label": file.label(therapist)}
