"""Inviting somebody, taking an invitation back, and never being written to."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exercises import access, couples
from exercises.invitations import letters, limits
from exercises.together import invitations
from exercises.together.forms import InviteForm
from trustbook.accounts.requests import SignedInRequest
from trustbook.lib.outbox.one_press import by_one_press

ENOUGH_OPEN = (
    "Five invitations are open, which is as many as there can be. Withdraw one below, then "
    "invite again."
)
ENOUGH_MAILS = (
    "Five mails have gone out within a day, which is as many as there can be. Try tomorrow, or "
    "leave this empty and pass the invitation on yourself."
)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """What to think of first, a form, and which invitations are open."""
    if access.couple_of(request.user):
        return redirect("together:together")
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _invited(request, form)
    return _page(request, form, 422 if form.errors else 200)


def _invited(request: SignedInRequest, form: InviteForm) -> HttpResponse:
    """The one page that ever shows the link and the code."""
    by_mail = form.cleaned_data["email"]
    counted = limits.spend(request, "invite_by_mail") if by_mail else None
    if by_mail and counted is None:
        form.add_error("email", ENOUGH_MAILS)
        return _page(request, form, 429)
    try:
        made = invitations.invite(request.user, again=form.cleaned_data["again"], to=by_mail)
    except (invitations.TooMany, couples.NotFree) as refusal:
        if counted:
            counted.rollback()
        if isinstance(refusal, couples.NotFree):
            return redirect("together:together")
        form.add_error(None, ENOUGH_OPEN)
        return _page(request, form, 422)
    return render(request, "together/invited.html", {"made": made, "by_mail": by_mail})


def _page(request: SignedInRequest, form: InviteForm, status: int) -> HttpResponse:
    context = {"form": form, "invitations": access.own_invitations(request.user)}
    return render(request, "together/invite.html", context, status=status)


@require_POST
def withdraw(request: SignedInRequest, invitation: uuid.UUID) -> HttpResponse:
    """From now on it opens nothing."""
    access.own_invitation(request.user, invitation).delete()
    messages.success(
        request, "The invitation is withdrawn. Its link and its code open nothing now."
    )
    return redirect("together:invite")


@by_one_press("together/never_write.html")
def never_write(token: str) -> None:
    """No more invitations to the address that ``token`` is about."""
    letters.never_write(token)
