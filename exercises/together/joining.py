"""Being invited: what it is, what to think of first, and coming together."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access, couples
from exercises.invitations import limits
from exercises.models import Invitation
from exercises.together import invitations
from exercises.together.forms import JoinForm
from lessons.public import Context, public_page
from trustbook.accounts.requests import SignedInRequest


@public_page("together/welcome.html")
def welcome() -> Context:
    """Where the link of an invitation leads: the same for everybody, and it uses nothing up."""
    return {}


@require_safe
def safety(request: SignedInRequest) -> HttpResponse:
    """What to think of before sharing a workbook. Nothing remembers that it was opened."""
    return render(request, "together/safety.html")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest) -> HttpResponse:
    """A form for what one was handed; then who invites, and what each will see of the other."""
    if access.couple_of(request.user):
        return redirect("together:together")
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _tried(request, form)
    return _page(request, form, 422 if form.errors else 200)


def _tried(request: SignedInRequest, form: JoinForm) -> HttpResponse:
    """What opens nothing counts as a try, whatever the reason, and the reason is not told."""
    counted = limits.spend(request, "join")
    if counted is None:
        form.add_error(None, limits.ENOUGH_TRIES)
        return _page(request, form, 429)
    handed, again = form.cleaned_data["invitation"], form.cleaned_data["again"]
    invitation = access.invitation_for(request.user, handed.where, again=again)
    if invitation is None:
        return _wrong(request, form)
    counted.rollback()
    if "accept" in request.POST:
        return _accepted(request, form, invitation)
    context = {"inviter": invitation.inviter.email, "fields": form.as_hidden_fields()}
    return render(request, "together/invitation.html", context)


def _accepted(request: SignedInRequest, form: JoinForm, invitation: Invitation) -> HttpResponse:
    """They share a workbook, from this press or from another that was faster."""
    try:
        invitations.accept(request.user, invitation, again=form.cleaned_data["again"])
    except couples.NotFree:
        return _wrong(request, form)
    return redirect("together:together")


def _wrong(request: SignedInRequest, form: JoinForm) -> HttpResponse:
    """It opens nothing; or whoever pressed twice shares a workbook by now, so it is gone."""
    if access.couple_of(request.user):
        return redirect("together:together")
    return _page(request, form, 422, wrong=True)


def _page(
    request: SignedInRequest, form: JoinForm, status: int, *, wrong: bool = False
) -> HttpResponse:
    return render(request, "together/join.html", {"form": form, "wrong": wrong}, status=status)
