"""The way to a lesson that one's therapist wrote: it is read where every lesson is."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from exercises import access
from exercises.models.assigned import OWN
from trustbook.accounts.requests import SignedInRequest


@require_safe
def lesson(request: SignedInRequest, lesson: uuid.UUID) -> HttpResponse:
    """To its page in the workbook, for whoever was given it."""
    access.given_lesson(request.user, f"{OWN}{lesson}")
    return redirect("workbook:own_lesson", lesson=lesson)
