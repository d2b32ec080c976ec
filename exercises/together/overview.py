"""Together: what two people have chosen to show each other, and nothing else."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access
from exercises.together.addresses import lesson_called
from exercises.together.both import Page, page_for
from exercises.together.one_lesson import lesson_for
from exercises.together.weeks_shown import weeks_for
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@require_safe
def together(request: SignedInRequest) -> HttpResponse:
    """The page of the two; one and the same page for everybody who shares no workbook now."""
    page = _page_for(request.user)
    if page is None:
        return render(request, "together/alone.html")
    return render(request, "together/together.html", {"page": page})


def _page_for(person: User) -> Page | None:
    couple = access.couple_of(person)
    try:
        return page_for(person, couple) if couple else None
    except KeyGone:  # the other has left since the line before
        return None


@require_safe
def lesson(request: SignedInRequest, lesson: str) -> HttpResponse:
    """What both show each other on one lesson of the courses, or of those that it once had."""
    couple = access.own_couple(request.user)
    try:
        page = lesson_for(request.user, couple, lesson_called(couple, request.user, lesson))
    except KeyGone:
        raise Http404 from None
    if not (page.lesson or page.pieces):
        raise Http404
    return render(request, "together/lesson.html", {"page": page})


@require_safe
def weeks(request: SignedInRequest) -> HttpResponse:
    """The weeks that both show each other."""
    access.own_couple(request.user)
    try:
        page = weeks_for(request.user)
    except KeyGone:
        raise Http404 from None
    return render(request, "together/weeks.html", {"page": page})
