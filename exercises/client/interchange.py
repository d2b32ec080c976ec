"""What a client shares of one lesson, as FHIR, for themselves."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from exercises import access
from exercises.fhir.bundles import WEEKS, Piece, attachment
from exercises.lesson_names import given_names
from exercises.models import Answer, Pulse, Share
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@require_safe
def fhir(request: SignedInRequest, lesson: str) -> HttpResponse:
    """The texts that their therapist can open now, of a lesson or of all weeks."""
    link = access.own_care(request.user)
    shares = [one for one in access.shares_with_therapist(link) if _is_of(one, lesson)]
    pieces = [_piece(one, request.user) for one in shares]
    return attachment(lesson, pieces, given_names(link))


def _piece(share: Share, owner: User) -> Piece:
    week = share.row.week if isinstance(share.row, Pulse) else None
    return Piece(share.revision_id, share.row.open(share.revision, owner), week)


def _is_of(share: Share, lesson: str) -> bool:
    return share.row.lesson_id == lesson if isinstance(share.row, Answer) else lesson == WEEKS
