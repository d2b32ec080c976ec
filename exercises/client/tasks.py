"""What a client was assigned: one page of each, and the presses on it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from exercises import access
from exercises.assignments import tasks, today_of
from exercises.client import pressing
from exercises.models import Assignment
from trustbook.accounts.requests import SignedInRequest

ANOTHER_DAY = (
    "A new day has begun since that page was opened, so your therapist was shown nothing. Look at "
    "what would be shown now, and press again if you like."
)


@require_safe
def assignment(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """What was assigned, by when, with which words, and what can be said about it."""
    today = today_of(request.user)
    rows = [row for row in access.own_assignments(request.user, today) if row.pk == assignment]
    for task in tasks(rows, today):
        return render(request, "client/assignment.html", {"task": task})
    raise Http404


@require_POST
def begin(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Shows the therapist that it is begun, then leads to the lesson."""
    try:
        row = pressing.begin(request.user, assignment, request.POST.get("day", ""))
    except pressing.AnotherDay:
        return _anew(request, assignment)
    return _on(request, row)


@require_POST
def done(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Shows the therapist that it is done."""
    try:
        row = pressing.done(request.user, assignment, request.POST.get("day", ""))
    except pressing.AnotherDay:
        return _anew(request, assignment)
    return redirect("client:assignment", assignment=row.pk)


@require_POST
def aside(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Puts it aside, for the client alone."""
    pressing.put_aside(request.user, assignment)
    messages.success(request, "It is put aside. Only you can see that.")
    return redirect("client:assignment", assignment=assignment)


@require_POST
def resume(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Takes it up again, and leads to the lesson."""
    return _on(request, pressing.take_up(request.user, assignment))


def _on(request: SignedInRequest, row: Assignment) -> HttpResponse:
    """To the lesson, if it is still in a course."""
    href = next((task.href for task in tasks([row], today_of(request.user))), "")
    return redirect(href) if href else redirect("client:assignment", assignment=row.pk)


def _anew(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    messages.warning(request, ANOTHER_DAY)
    return redirect("client:assignment", assignment=assignment)
