"""Inviting a client, inviting one again, and taking an invitation back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exercises import access
from exercises.care import invitations
from exercises.care.inviting_forms import AgainForm, InviteForm
from exercises.invitations import limits
from exercises.models import ClientFile
from trustbook.accounts.requests import SignedInRequest

ENOUGH_OPEN = (
    f"{invitations.MOST_OPEN} invitations are open, which is as many as there can be. "
    "Withdraw one, or wait until one is used, then invite again."
)
ENOUGH_MAILS = (
    "Fifty mails have gone out within a day, which is as many as there can be. Try tomorrow, or "
    "leave this empty and pass the invitation on yourself."
)
USED = (
    "This form was sent before. Its invitation has been used or withdrawn since, or is older than "
    "72 hours."
)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """A form for a new client, and which invitations are open."""
    form = InviteForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _invited(request, form)
    return _page(request, form, 422 if form.errors else 200)


def _invited(request: SignedInRequest, form: InviteForm) -> HttpResponse:
    """The one page that ever shows the link and the code."""
    draft, by_mail = form.draft, form.cleaned_data["email"]
    if form.made_before and not invitations.still_open(request.user, [draft]):
        messages.info(request, USED)
        return redirect("care:client", file=draft.file)
    counted = None
    if by_mail and not form.made_before:
        counted = limits.spend(request, "invite_client_by_mail")
        if counted is None:
            form.add_error("email", ENOUGH_MAILS)
            return _page(request, form, 429)
    try:
        invitations.invite(request.user, [draft])
    except invitations.TooMany:
        if counted:
            counted.rollback()
        form.add_error(None, ENOUGH_OPEN)
        return _page(request, form, 422)
    shown = {"made": draft.made, "by_mail": by_mail, "label": draft.label, "file": draft.file}
    return render(request, "care/invited.html", shown)


def _page(request: SignedInRequest, form: InviteForm, status: int) -> HttpResponse:
    opened = access.client_invitations(request.user)
    labelled = [
        (invitation, invitation.file.label(request.user))
        for invitation in opened
        if invitation.file
    ]
    context = {"form": form, "invitations": labelled}
    return render(request, "care/invite.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def invite_again(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """Another invitation for a client who has used none, or with whom it has ended."""
    found = access.own_file(request.user, file)
    if access.link_of(found):
        return redirect("care:client", file=file)
    form = AgainForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _invited_again(request, found, form)
    return _page_again(request, found, form, 422 if form.errors else 200)


def _invited_again(request: SignedInRequest, file: ClientFile, form: AgainForm) -> HttpResponse:
    by_mail, token = form.cleaned_data["email"], form.cleaned_data["token"]
    counted = limits.spend(request, "invite_client_by_mail") if by_mail else None
    if by_mail and counted is None:
        form.add_error("email", ENOUGH_MAILS)
        return _page_again(request, file, form, 429)
    try:
        made = invitations.invite_again(request.user, file, token, by_mail)
    except (invitations.Linked, invitations.TooMany) as refusal:
        if counted:
            counted.rollback()
        if isinstance(refusal, invitations.Linked):
            return redirect("care:client", file=file.pk)
        form.add_error(None, ENOUGH_OPEN)
        return _page_again(request, file, form, 422)
    label = file.label(request.user)
    shown = {"made": made, "by_mail": by_mail, "label": label, "file": file.pk}
    return render(request, "care/invited.html", shown)


def _page_again(
    request: SignedInRequest, file: ClientFile, form: AgainForm, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "file": file,
        "label": file.label(request.user),
        "open": access.invitation_of(file),
    }
    return render(request, "care/invite_again.html", context, status=status)


@require_POST
def withdraw(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """From now on it opens nothing."""
    found = access.own_file(request.user, file)
    invitations.withdraw(request.user, found)
    messages.success(
        request, "The invitation is withdrawn. Its link and its code open nothing now."
    )
    return redirect("care:invite")
