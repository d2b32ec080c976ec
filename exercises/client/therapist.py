"""My therapist: who they are, what they see, what they have assigned; and ending it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access, carelinks, lesson_names
from exercises.models import About, Assignment, CareLink
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Therapist:
    """Who somebody is to their clients, and to whom they invite."""

    email: str
    about: About

    @property
    def name(self) -> str:
        """What they call themselves, else their address."""
        return self.about.name or self.email


def who_is(therapist: User) -> Therapist:
    """What they say of their practice; only their address, if they say nothing of it."""
    practice = access.practice_of(therapist)
    try:
        about = practice.open(therapist) if practice else About()
    except KeyGone:  # their account has been deleted since the line before
        about = About()
    return Therapist(therapist.email, about)


@require_safe
def therapist(request: SignedInRequest) -> HttpResponse:
    """The page of a client; one and the same page for everybody who has no therapist now."""
    link = access.care_of(request.user)
    try:
        context = _page_of(request.user, link) if link else None
    except KeyGone:  # the therapist has ended it since the line before
        context = None
    if context is None:
        return render(request, "client/nobody.html")
    return render(request, "client/therapist.html", context)


def _page_of(person: User, link: CareLink) -> dict[str, object]:
    today = timezone.localdate(timezone=person.zone)
    names = lesson_names.given_names(link)
    given = [row for row in access.own_assignments(person, today) if _is_open(row)]
    return {
        "today": today,
        "link": link,
        "therapist": who_is(link.therapist),
        "given": [(row, lesson_names.name_of(row.lesson_id, names)) for row in given],
        "shown": len(access.shares_with_therapist(link)),
    }


def _is_open(row: Assignment) -> bool:
    return row.done_on is None and row.withdrawn_on is None and row.aside_at is None


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest) -> HttpResponse:
    """Says what happens, then does it at once: no waiting, and nobody is written to.

    Whoever has no therapist is sent to the same page, ended by either or never begun.
    """
    if request.method == "POST":
        carelinks.end_as_client(request.user)
    elif link := access.care_of(request.user):
        return render(request, "client/end.html", {"therapist": who_is(link.therapist)})
    return redirect("client:therapist")
