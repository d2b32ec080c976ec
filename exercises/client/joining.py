"""Being invited by a therapist: what it is, who it is and what they will see, and accepting."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exercises import access, carelinks
from exercises.client import accepting
from exercises.client.forms import AcceptForm
from exercises.client.therapist import who_is
from exercises.invitations import limits
from exercises.models import CareLink, Invitation
from lessons.public import Context, public_page
from trustbook.accounts.requests import SignedInRequest


@public_page("client/welcome.html")
def welcome() -> Context:
    """Where the link of an invitation leads: the same for everybody, and it uses nothing up."""
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: SignedInRequest) -> HttpResponse:
    """A form for what one was handed; then who invites and what they will see; then it is done."""
    if link := access.care_of(request.user):
        return _taken(request, link)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _tried(request, form)
    return _page(request, form, 422 if form.errors else 200)


def _tried(request: SignedInRequest, form: AcceptForm) -> HttpResponse:
    """What opens nothing counts as a try, whatever the reason, and the reason is not told."""
    counted = limits.spend(request, "join")
    if counted is None:
        form.add_error(None, limits.ENOUGH_TRIES)
        return _page(request, form, 429)
    invitation = accepting.invitation_for(request.user, form.cleaned_data["invitation"])
    if invitation is None:
        return _wrong(request, form)
    counted.rollback()
    if "accept" in request.POST:
        return _accepted(request, form, invitation)
    who, handed = who_is(invitation.inviter), form.cleaned_data["invitation"].text
    context = {"therapist": who, "about": who.about, "handed": handed}
    return render(request, "client/invitation.html", context)


def _accepted(request: SignedInRequest, form: AcceptForm, invitation: Invitation) -> HttpResponse:
    """They have a therapist, from this press or from another that was faster."""
    try:
        accepting.accept(request.user, invitation)
    except carelinks.NotPossible:
        return _wrong(request, form)
    return redirect("client:therapist")


def _wrong(request: SignedInRequest, form: AcceptForm) -> HttpResponse:
    """It opens nothing; or whoever pressed twice is a client by now, so it is gone."""
    if link := access.care_of(request.user):
        return _taken(request, link)
    return _page(request, form, 422, wrong=True)


def _taken(request: SignedInRequest, link: CareLink) -> HttpResponse:
    """One therapist at a time; an invitation that was handed in stays as it is."""
    context = {"therapist": who_is(link.therapist), "link": link}
    status = 409 if request.method == "POST" else 200
    return render(request, "client/taken.html", context, status=status)


def _page(
    request: SignedInRequest, form: AcceptForm, status: int, *, wrong: bool = False
) -> HttpResponse:
    return render(request, "client/accept.html", {"form": form, "wrong": wrong}, status=status)
