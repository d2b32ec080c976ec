"""Inviting somebody, taking an invitation back, and never being written to."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from exercises import access, couples
from exercises.together import invitations, limits
from exercises.together.forms import InviteForm
from trustbook.accounts.requests import SignedInRequest

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


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def never_write(request: HttpRequest, token: str) -> HttpResponse:
    """No more invitations to the address that ``token`` is about, by one POST without a cookie.

    Looking changes nothing: programs that read mail open every link in it. What a token is about,
    or whether it is one, can't be told from the page.
    """
    done = request.method == "POST"
    if done:
        invitations.never_write(token)
    # Without the request: what a private page shows of its person is not looked up.
    response = HttpResponse(render_to_string("together/never_write.html", {"done": done}))
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response
