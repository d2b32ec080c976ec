"""Showing an answer or a week to somebody in two steps, and taking it back in one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exercises import access
from exercises.sharing import actions
from exercises.sharing.forms import CONFIRM, Showing, TakingBack
from exercises.sharing.page import page_of
from exercises.sharing.who import show_who
from trustbook.accounts.requests import SignedInRequest

NEWER = (
    "A newer text was saved after this page was opened, so nothing was shared. "
    "Read the text below as it is now, then decide again."
)
EMPTY = "There is nothing to show: this answer is empty. Nothing was shared."
INCOMPLETE = "A part of this page was missing, so nothing was changed. Try again from here."


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """The text as it would be seen; looked at for one audience; confirmed, it is shown."""
    found = access.own_showable(request.user, row)
    if not access.audiences(request.user):
        return nobody(request)
    if request.method != "POST":
        return _choose(request, found)
    form = Showing(request.POST)
    if not form.is_valid():
        return _choose(request, found, INCOMPLETE, status=422)
    access.revision_of(found, form.cleaned_data["revision"])
    if form.cleaned_data["step"] == CONFIRM:
        return _confirm(request, found, form)
    return _look(request, found, form)


def _choose(
    request: SignedInRequest, row: access.Showable, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Step one: the newest text, and to whom it can be shown."""
    page = page_of(request.user, row, access.seen_of(request.user, row))
    context = {"page": page, "refusal": refusal}
    return render(request, "sharing/share.html", context, status=status)


def _look(request: SignedInRequest, row: access.Showable, form: Showing) -> HttpResponse:
    """Between the steps: exactly the text that will be seen, and by whom."""
    page = page_of(request.user, row, access.seen_of(request.user, row))
    sight = next(
        (one for one in page.sights if one.audience == form.cleaned_data["audience"]), None
    )
    if sight is None:
        return nobody(request)
    if page.text.revision != form.cleaned_data["revision"]:
        return _choose(request, row, NEWER, status=409)
    if not page.text.shown:
        return _choose(request, row, EMPTY, status=422)
    others = sight.noted and any(not one.noted for one in page.sights)
    context = {"page": page, "sight": sight, "others": others}
    return render(request, "sharing/confirm.html", context)


def _confirm(request: SignedInRequest, row: access.Showable, form: Showing) -> HttpResponse:
    """Step two."""
    audience = form.cleaned_data["audience"]
    try:
        actions.share(request.user, row, form.cleaned_data["revision"], audience)
    except access.NobodyThere:
        return nobody(request)
    except actions.Newer:
        newest = access.own_showable(request.user, row.pk)
        return _choose(request, newest, NEWER, status=409)
    except actions.NothingToShow:
        return _choose(request, row, EMPTY, status=422)
    messages.success(request, f"{audience.label} can see this text now, until you take it back.")
    return redirect("sharing:share", row=row.pk)


@require_POST
def withdraw(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """One press, at once."""
    found = access.own_showable(request.user, row)
    form = TakingBack(request.POST)
    if not form.is_valid():
        return show_who(request, INCOMPLETE, status=422)
    actions.withdraw(request.user, found, form.cleaned_data["audience"])
    return taken_back(request, form, row)


def taken_back(
    request: SignedInRequest, form: TakingBack, row: uuid.UUID | None = None
) -> HttpResponse:
    """To the page on which it was pressed."""
    messages.success(request, "Taken back. It is shared no more.")
    back = form.cleaned_data["back"] or "who"
    if back in ("share", "history"):
        return redirect(TakingBack.BACK[back], row=row) if row else redirect("sharing:who")
    return redirect(TakingBack.BACK[back])


def nobody(request: SignedInRequest) -> HttpResponse:
    """The same for everybody who has nobody to show it to, or not the one who was chosen."""
    others = bool(access.audiences(request.user))
    return render(request, "sharing/nobody.html", {"others": others}, status=404)
