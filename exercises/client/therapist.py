"""My therapist: who they are, what they see, what they have assigned; and ending it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access, carelinks
from exercises.assignments import assigned
from exercises.models import About, CareLink
from exercises.practices import own_practice
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Therapist:
    """Who somebody is to their clients, and to whom they invite."""

    email: str
    about: About | None

    @property
    def name(self) -> str:
        """What they call themselves, else their address."""
        return self.about.name if self.about else self.email


def who_is(therapist: User) -> Therapist:
    """What they say of their practice; only their address, if they say nothing of it."""
    try:
        about = own_practice(therapist)
    except KeyGone:  # their account has been deleted since the line before
        about = None
    return Therapist(therapist.email, about if about and about.name else None)


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
    who = who_is(link.therapist)
    return {
        "link": link,
        "therapist": who,
        "about": who.about,
        "assigned": assigned(person),
        "shown": len(access.shares_with_therapist(link)),
    }


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
