"""What a client shares with their therapist, as FHIR, for themselves."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access
from exercises.fhir.bundles import WEEKS, WEEKS_ARE_CALLED, Piece, attachment
from exercises.lesson_names import given_names, name_of
from exercises.models import Answer, Pulse, Share
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@require_safe
def take_along(request: SignedInRequest) -> HttpResponse:
    """Of which lessons there is such a file: those from which something is shared now."""
    link = access.own_care(request.user)
    there = {_lesson_of(share) for share in access.shares_with_therapist(link)}
    names = given_names(link)
    lessons = sorted((name_of(one, names), one) for one in there - {WEEKS})
    weeks = [(WEEKS_ARE_CALLED, WEEKS)] if WEEKS in there else []
    return render(request, "client/take_along.html", {"lessons": lessons + weeks})


@require_safe
def fhir(request: SignedInRequest, lesson: str) -> HttpResponse:
    """The texts that their therapist can open now, of a lesson or of all weeks."""
    link = access.own_care(request.user)
    shares = access.shares_with_therapist(link)
    pieces = [_piece(one, request.user) for one in shares if _lesson_of(one) == lesson]
    return attachment(lesson, pieces, given_names(link))


def _lesson_of(share: Share) -> str:
    return share.row.lesson_id if isinstance(share.row, Answer) else WEEKS


def _piece(share: Share, owner: User) -> Piece:
    week = share.row.week if isinstance(share.row, Pulse) else None
    return Piece(share.revision_id, share.row.open(share.revision, owner), week)
