"""Writing together: one answer of two people, which either may change."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access
from exercises.saving import saves
from exercises.slots import Slot, fill, frame, reply
from exercises.together import writing
from exercises.together.texts import GONE, at, text_of, while_two
from exercises.together.writing import Piece, Place
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest

BY_PARTNER = {
    "message": "Your partner saved this after you began. Both texts are kept.",
    "whose": "Saved by your partner:",
}


@dataclass(frozen=True)
class Sent:
    """What a page without scripts has sent: it is shown again as it was."""

    saved: bool = False
    typed: Any = None
    """The text that is kept beside a newer one."""
    more: int = 0


@require_safe
@while_two
def ours(request: SignedInRequest, place: Place) -> HttpResponse:
    """What the two wrote, to go on with; one's own answer beside it."""
    return show(request, writing.piece_at(request.user, place), Sent())


@partial(saves, gone=GONE)
@while_two
def save(request: SignedInRequest, place: Place) -> HttpResponse:
    """Keeps what was typed; 409 with both texts when another page, or the other one, was faster."""
    saved = writing.save(request.user, place, request.POST)
    recorded, typed = saved.recorded, None
    if "application/json" in request.headers.get("Accept", ""):
        beside = recorded is not None and not writing.is_of(request.user, recorded.head)
        told = BY_PARTNER if beside else {}
        return reply(saved.couple, saved.asked, recorded, at(place, "history"), **told)
    if recorded and recorded.conflict:
        typed = recorded.row.open(recorded.revision, saved.couple).value
    more = int(request.POST.get("more") == place.prompt_id)
    sent = Sent(saved=True, typed=typed, more=more)
    return show(request, writing.piece_at(request.user, place), sent)


def show(request: SignedInRequest, piece: Piece, sent: Sent) -> HttpResponse:
    """The page; 409 when it shows two texts of which one must be chosen."""
    person, place, row = request.user, piece.place, piece.row
    answer = access.own_answer(person, place.lesson_id, place.prompt_id)
    context = {
        "place": place,
        "newest": text_of(person, row, piece.couple) if row else None,
        "form": _form(person, piece, sent),
        "mine": text_of(person, answer, person) if answer else None,
        "sent": sent,
        "owner": owner_mark(person),
    }
    status = 200 if sent.typed is None else 409
    return render(request, "together/ours.html", context, status=status)


def _form(person: User, piece: Piece, sent: Sent) -> SafeString | None:
    """The prompt with its inputs; None where it is no longer asked."""
    place, row, prompt = piece.place, piece.row, piece.place.prompt
    if prompt is None:
        return None
    slot = Slot(prompt, typed=sent.typed, more=sent.more)
    if row is not None:
        slot.kept, slot.revision, slot.opened = row, row.head, row.open(row.head, piece.couple)
        slot.by_partner = not writing.is_of(person, row.head)
    return fill(frame(prompt, at(place, "save_ours"), history=at(place, "history")), slot)


@require_http_methods(["GET", "HEAD", "POST"])
@while_two
def delete(request: SignedInRequest, place: Place) -> HttpResponse:
    """What goes is said, and what stays with whom; pressed, it is gone for both."""
    changed = request.method == "POST" and not writing.delete(request.user, place, request.POST)
    if request.method == "POST" and not changed:
        messages.success(request, "Deleted, for both of you.")
        return redirect(at(place, "ours") if place.prompt else "together:together")
    couple, row = writing.written_at(request.user, place)
    context = {
        "place": place,
        "row": row,
        "newest": text_of(request.user, row, couple),
        "saved": [revision.saved_at for revision in access.revisions_of(row)],
        "changed": changed,
    }
    return render(request, "together/delete.html", context, status=409 if changed else 200)
