"""Opening an answer or weeks together: being ready, taking it back, closing it for both."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exercises import access
from exercises.models import Couple
from exercises.saving import read_id
from exercises.together import opening
from exercises.together.beside import page_for
from exercises.together.opening import Closed
from exercises.topics import Topic, topic_called
from lessons.kinds import Refused
from lessons.kinds.pulse import HIGH, LOW, NAMES
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.requests import SignedInRequest

CHANGED = (
    "A newer version was saved after this page was opened, so nothing was chosen. This is how it "
    "stands now: look at it, then decide again."
)
SAID = {
    Closed.TAKEN_BACK: "Taken back. Nothing of it is left.",
    Closed.FOR_BOTH: "It is closed again, for both of you.",
    Closed.AFTER_ALL: (
        "It had been opened a moment before; it is closed again for both of you. In that moment "
        "your partner may have seen your text."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: SignedInRequest, topic: str) -> HttpResponse:
    """What would be shown, and a press that says one is ready; or what is open, of both."""
    couple, found = access.own_couple(request.user), topic_called(topic)
    if request.method != "POST":
        return _show(request, couple, found)
    try:
        opening.ready(request.user, found, _seen(request))
    except opening.Outdated:
        return _show(request, couple, found, CHANGED, status=409)
    except Refused as refusal:
        return _show(request, couple, found, str(refusal), status=422)
    return redirect("together:reveal", topic)


@require_POST
def close(request: SignedInRequest, topic: str) -> HttpResponse:
    """Takes back being ready, or closes what is open, for both."""
    found = topic_called(topic)
    closed = opening.close(request.user, found, was_open="open" in request.POST)
    messages.success(request, SAID[closed])
    if not found.offered_to(request.user):
        return redirect("together:together")
    return redirect("together:reveal", topic)


def _show(
    request: SignedInRequest, couple: Couple, topic: Topic, problem: str = "", status: int = 200
) -> HttpResponse:
    try:
        page = page_for(request.user, couple, topic)
    except KeyGone:  # in this very moment the other's account ends
        raise Http404 from None
    context = {
        "page": page,
        "topic": topic,
        "problem": problem,
        "low": LOW,
        "high": HIGH,
        "names": NAMES.values(),
    }
    return render(request, "together/reveal.html", context, status=status)


def _seen(request: SignedInRequest) -> set[uuid.UUID]:
    """The revisions that the page showed; none where it was tampered with."""
    try:
        return {read_id(one) for one in request.POST.get("seen", "").split()}
    except Refused:
        return set()
