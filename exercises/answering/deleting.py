"""Deleting one answer, week or note with all its versions; taking it back for 30 seconds."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises import access, deletion, labels
from exercises.answering.looking_back import entry_of, place_in
from exercises.models import Answer, Audience, Keepsake, Own, Pulse, WeekNote
from exercises.saving import read_id
from lessons.kinds import Refused
from trustbook.accounts.requests import SignedInRequest

UNTIL = "undo_until"
"""In the session: when the last deletion of this browser can no longer be undone."""
CALLED: dict[type[Own], str] = {
    Answer: "answer",
    Pulse: "week",
    WeekNote: "note",
    Keepsake: "copy",
}
logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """What goes is said; pressed once more, it is hidden at once."""
    try:
        found = access.own_kept(request.user, row)
    except Http404:
        if request.method != "POST":
            raise
        access.own_hidden(request.user, row)  # pressed twice
        return redirect("workbook:deleted", row=row)
    if request.method != "POST":
        return _ask(request, found)
    if not deletion.hide(found, _seen(request)):
        return _ask(request, access.own_kept(request.user, row), changed=True)
    request.session[UNTIL] = time.time() + deletion.UNDO.total_seconds()
    return redirect("workbook:deleted", row=row)


def _seen(request: SignedInRequest) -> uuid.UUID:
    """The newest version that the page spoke of."""
    try:
        return read_id(request.POST.get("seen"))
    except Refused:
        return uuid.UUID(int=0)


def _ask(request: SignedInRequest, row: access.Row, *, changed: bool = False) -> HttpResponse:
    seen = access.seen_of(request.user, row)
    with_therapist = Audience.THERAPIST in seen.audiences
    context = {
        "row": row,
        "what": CALLED[type(row)],
        "entry": entry_of(request.user, row),
        "place": place_in(request.user, row),
        "saved": [revision.saved_at for revision in access.revisions_of(row)],
        "seen_by": labels.seen_by(seen, row),
        "said": access.own_responses(request.user, row.pk) if with_therapist else [],
        "changed": changed,
    }
    return render(request, "workbook/delete.html", context, status=409 if changed else 200)


@require_safe
def deleted(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """It is gone from everywhere; for a moment it can be taken back."""
    try:
        found = access.own_hidden(request.user, row)
    except Http404:
        return _gone(request)
    assert found.deleted_at  # noqa: S101 - for the type checker
    left = found.deleted_at + deletion.UNDO - timezone.now()
    context = {"row": found, "seconds": max(1, round(left.total_seconds()))}
    return render(request, "workbook/deleted.html", context)


@require_POST
def undo(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """Shows it again, with its history; pressing it twice does no harm."""
    try:
        found = access.own_hidden(request.user, row)
    except Http404:
        return _undone_before(request, row)
    undone = deletion.undo(found, request.user)
    if undone is None:
        return _undone_before(request, row)
    if undone.beside_newer:
        messages.warning(
            request,
            "You have written something new there meanwhile, so that stays the newest. "
            "What you took back stands before it, below.",
        )
    else:
        messages.success(request, "Taken back. It is all there again.")
    return redirect("workbook:history", row=row)


def _undone_before(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    try:
        access.own_kept(request.user, row)
    except Http404:
        return _gone(request)
    return redirect("workbook:history", row=row)


@require_POST
def purge(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """Does not wait: it can't be taken back any more. 204 to a script."""
    try:
        deletion.purge_now(access.own_hidden(request.user, row))
    except Http404:
        return _gone(request)
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    messages.success(request, "It is gone for good.")
    return redirect("workbook:answers")


def _gone(request: SignedInRequest) -> HttpResponse:
    """The same for what is purged, for what never was and for what is somebody else's."""
    return render(request, "workbook/gone.html", status=404)


class PurgeMiddleware:
    """A person's next request completes what they deleted, once it can't be undone any more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing: what is private is known only once the view is."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Asks the session, which a private page has read anyway, and nothing else."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        until = request.session.get(UNTIL)
        if until is not None and time.time() >= until:
            try:
                deletion.purge(author=request.user)
            except OSError:
                # No space for the ledger, say: `finish_erasures` comes back to it.
                logger.error("What was deleted could not be purged yet.")
            del request.session[UNTIL]
        return None
