"""Copying between one's own answer and the one of both, in two steps: nothing goes by itself."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exercises import access
from exercises.saving import saves
from exercises.together import writing
from exercises.together.ours import Sent, show
from exercises.together.texts import GONE, Text, at, text_of, while_two
from exercises.together.writing import Place
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def copy_mine(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    """Says which text of one's own goes into what both see; pressed, it does."""
    view = _copied_mine if request.method == "POST" else _ask_for_mine
    return view(request, lesson=lesson, prompt=prompt)


@while_two
def _ask_for_mine(request: SignedInRequest, place: Place) -> HttpResponse:
    piece = writing.piece_at(request.user, place)
    answer = access.own_answer(request.user, place.lesson_id, place.prompt_id)
    if answer is None or place.prompt is None:
        raise Http404
    before = text_of(request.user, piece.row, piece.couple) if piece.row else None
    going = text_of(request.user, answer, request.user)
    return _ask(request, place, going, before, "mine")


@partial(saves, gone=GONE)
@while_two
def _copied_mine(request: SignedInRequest, place: Place) -> HttpResponse:
    saved = writing.copy_mine(request.user, place, request.POST)
    recorded = saved.recorded
    if recorded and recorded.conflict:
        typed = recorded.row.open(recorded.revision, saved.couple).value
        return show(request, writing.piece_at(request.user, place), Sent(typed=typed))
    messages.success(request, "Copied. Both of you see it now.")
    return redirect(at(place, "ours"))


@require_http_methods(["GET", "HEAD", "POST"])
def copy_ours(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    """Says which text goes into one's own answer; pressed, it does."""
    view = _copied_ours if request.method == "POST" else _ask_for_ours
    return view(request, lesson=lesson, prompt=prompt)


@while_two
def _ask_for_ours(request: SignedInRequest, place: Place) -> HttpResponse:
    couple, row = writing.written_at(request.user, place)
    answer = access.own_answer(request.user, place.lesson_id, place.prompt_id)
    before = text_of(request.user, answer, request.user) if answer else None
    return _ask(request, place, text_of(request.user, row, couple), before, "ours")


@partial(saves, gone=GONE)
@while_two
def _copied_ours(request: SignedInRequest, place: Place) -> HttpResponse:
    recorded = writing.copy_ours(request.user, place, request.POST)
    if recorded and recorded.conflict:
        messages.warning(
            request,
            "You have saved something newer meanwhile, so that stays the newest. "
            "What you copied is kept beside it, below.",
        )
        return redirect("workbook:history", row=recorded.row.pk)
    messages.success(request, "Copied into your own answer, which only you see.")
    return redirect(at(place, "ours"))


def _ask(
    request: SignedInRequest, place: Place, going: Text, before: Text | None, what: str
) -> HttpResponse:
    """Exactly which text goes where, and what stands there until then."""
    if not going.shown:
        raise Http404
    context = {
        "place": place,
        "going": going,
        "before": before,
        "what": what,
        "owner": owner_mark(request.user),
        "token": uuid.uuid4(),
    }
    return render(request, "together/copy.html", context)
