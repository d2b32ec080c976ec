"""Ending what one has here: the answers of a course, or the whole account.

Both want a fresh proof of who asks, say beforehand what goes, and happen at once. There is no
undo: the single answer has one (``exercises/answering/deleting.py``).
"""

import logging
from collections import Counter
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access
from exercises.deletion import delete_lessons
from lessons.catalogue import Course, Lesson, catalogue
from lessons.public import Context, public_page
from trustbook.accounts import erasure
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import made_for, owner_mark
from trustbook.accounts.requests import SignedInRequest

logger = logging.getLogger(__name__)


class SureForm(forms.Form):
    """A box to tick, on a page that was made for the person who sends it."""

    sure = forms.BooleanField(
        error_messages={"required": "Tick this box if you mean it. Nothing is deleted yet."}
    )
    owner = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, request: SignedInRequest, label: str) -> None:
        self.person = request.user
        super().__init__(request.POST if request.method == "POST" else None)
        self.fields["sure"].label = label
        self.fields["owner"].initial = owner_mark(request.user)

    def clean(self) -> dict[str, Any]:
        """Refuses a page that was opened while somebody else was signed in."""
        if not made_for(self.cleaned_data.get("owner", ""), self.person):
            raise forms.ValidationError(
                "This page belongs to another account than the one that is signed in now. "
                "Nothing is deleted; open the page anew."
            )
        return self.cleaned_data


@require_safe
def choose(request: SignedInRequest) -> HttpResponse:
    """What can be deleted, from one answer to everything."""
    written = _answers_by_lesson(request.user)
    courses = [
        (course, sum(written[lesson.id] for lesson in course.lessons))
        for course in catalogue().courses
    ]
    return render(request, "privacy/delete.html", {"courses": courses})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def delete_course(request: SignedInRequest, course: str) -> HttpResponse:
    """The answers to the lessons of one course, and how far they were read."""
    found = catalogue().course(course)
    if found is None:
        raise Http404
    form = SureForm(request, "Delete them for good. This cannot be undone.")
    if request.method == "POST" and form.is_valid():
        number = delete_lessons(request.user, [lesson.id for lesson in found.lessons])
        messages.success(request, f"Deleted for good: {_counted(number)} of “{found.title}”.")
        return redirect("privacy:delete")
    context = {"form": form, "course": found, "lessons": _going(request.user, found)}
    status = 422 if form.errors else 200
    return render(request, "privacy/delete_course.html", context, status=status)


def _counted(number: int) -> str:
    return "1 answer" if number == 1 else f"{number} answers"


def _answers_by_lesson(person: User) -> Counter[str]:
    return Counter(answer.lesson_id for answer in access.own_answers(person))


def _going(person: User, course: Course) -> list[tuple[Lesson, int]]:
    """The lessons of which something goes, with the number of answers."""
    written = _answers_by_lesson(person)
    touched = {row.lesson_id for row in access.own_progress(person)} | set(written)
    return [(lesson, written[lesson.id]) for lesson in course.lessons if lesson.id in touched]


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def delete_account(request: SignedInRequest) -> HttpResponse:
    """Everything. Ends on a page that is the same for everybody, with no cookie left."""
    form = SureForm(request, "Delete my account and everything in it. This cannot be undone.")
    if request.method == "POST" and form.is_valid():
        return _end(request)
    context = {
        "form": form,
        "answers": len(access.own_answers(request.user)),
        "weeks": len(access.weeks_written_about(request.user)),
        "opened": len(access.own_progress(request.user)),
    }
    status = 422 if form.errors else 200
    return render(request, "privacy/delete_account.html", context, status=status)


def _end(request: SignedInRequest) -> HttpResponse:
    person = User.objects.get(pk=request.user.pk)
    try:
        erasure.erase(person)
    except (OSError, DatabaseError):
        if not User.objects.filter(pk=person.pk, erasing=True).exists():
            raise
        logger.error("An account is closed, but not deleted yet: run manage.py finish_erasures.")
    request.session.flush()
    request.user = AnonymousUser()  # type: ignore[assignment]
    response = redirect("privacy:ended")
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
    return response


@public_page("privacy/ended.html")
def ended() -> Context:
    """The account is gone; public and the same for everybody, so it says nothing about anybody."""
    return {}
