"""The practice page: what a therapist says of themselves to their own clients."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exercises import access
from exercises.care.practice_form import PracticeForm
from exercises.models import About, Practice
from exercises.practices import own_practice
from trustbook.accounts.kept import keeps_sent
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@keeps_sent
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: SignedInRequest) -> HttpResponse:
    """Writes it, looks at it as a client would, or takes it away."""
    shown = own_practice(request.user)
    if request.method == "POST" and "remove" in request.POST:
        remove(request.user)
        messages.success(request, "Your clients no longer see a page of yours.")
        return redirect("care:practice")
    form = PracticeForm(request.POST or None, initial=PracticeForm.initial_of(shown))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return _page(request, form, shown, status, shown=shown is not None)
    if "look" in request.POST:
        return _page(request, form, form.about_page(), 200, shown=shown is not None, looking=True)
    keep(request.user, form.about_page())
    messages.success(request, "Saved. This is what your clients see from now on.")
    return redirect("care:practice")


def _page(
    request: SignedInRequest, form: PracticeForm, about: About | None, status: int, **more: Any
) -> HttpResponse:
    return render(
        request, "care/practice.html", {"form": form, "about": about} | more, status=status
    )


def keep(therapist: User, about: About) -> None:
    """Keeps what the page says from now on, under the therapist's own key."""
    with transaction.atomic():
        row = access.practice_of(therapist) or Practice(therapist=therapist)
        row.seal(therapist, about)
        row.save()


def remove(therapist: User) -> None:
    """Takes it away."""
    Practice.objects.filter(therapist=therapist).delete()
