"""What a client was assigned: one page of each, and the presses on it."""

import uuid
from collections.abc import Callable

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

TAKEN_BACK = "Your therapist had taken this back meanwhile, so nothing was shown by that press."


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
    told = request.POST.get("day", "")
    pressed = _pressed(request, lambda: pressing.begin(request.user, assignment, told), assignment)
    return _on(request, assignment, pressed)


@require_POST
def done(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Shows the therapist that it is done."""
    told = request.POST.get("day", "")
    _pressed(request, lambda: pressing.done(request.user, assignment, told), assignment)
    return redirect("client:assignment", assignment=assignment)


@require_POST
def aside(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Puts it aside, for the client alone."""
    row = _pressed(request, lambda: pressing.put_aside(request.user, assignment), assignment)
    if row and row.aside_at:
        messages.success(request, "It is put aside. Only you can see that.")
    return redirect("client:assignment", assignment=assignment)


@require_POST
def resume(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Takes it up again, and leads to the lesson."""
    pressed = _pressed(request, lambda: pressing.take_up(request.user, assignment), assignment)
    return _on(request, assignment, pressed)


def _pressed(
    request: SignedInRequest, press: Callable[[], Assignment], assignment: uuid.UUID
) -> Assignment | None:
    """What was pressed; None where its own page says why nothing came of it."""
    try:
        return press()
    except pressing.AnotherDay:
        messages.warning(request, ANOTHER_DAY)
    except Http404:
        rows = access.own_assignments(request.user, today_of(request.user))
        if all(row.pk != assignment for row in rows):
            raise
        messages.warning(request, TAKEN_BACK)
    return None


def _on(
    request: SignedInRequest, assignment: uuid.UUID, pressed: Assignment | None
) -> HttpResponse:
    """To the lesson, if it is still offered."""
    found = tasks([pressed], today_of(request.user)) if pressed else []
    href = next((task.href for task in found), "")
    return redirect(href) if href else redirect("client:assignment", assignment=assignment)
