"""Together: what two people have chosen to show each other, and nothing else."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access
from exercises.together.both import page_for
from exercises.together.one_lesson import lesson_for
from exercises.together.weeks_shown import weeks_for
from trustbook.accounts.requests import SignedInRequest


@require_safe
def together(request: SignedInRequest) -> HttpResponse:
    """The page of the two; one and the same page for everybody who shares no workbook now."""
    couple = access.couple_of(request.user)
    if couple is None:
        return render(request, "together/alone.html")
    return render(request, "together/together.html", {"page": page_for(request.user, couple)})


@require_safe
def lesson(request: SignedInRequest, lesson: str) -> HttpResponse:
    """What both show each other on one lesson of the courses, or of those that it once had."""
    page = lesson_for(request.user, access.own_couple(request.user), lesson)
    if not (page.lesson or page.pieces):
        raise Http404
    return render(request, "together/lesson.html", {"page": page})


@require_safe
def weeks(request: SignedInRequest) -> HttpResponse:
    """The weeks that both show each other."""
    access.own_couple(request.user)
    return render(request, "together/weeks.html", {"page": weeks_for(request.user)})
