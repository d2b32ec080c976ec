"""What a client shares of one lesson, as FHIR, for their therapist."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from exercises import access
from exercises.care.opening import opens
from exercises.fhir.bundles import Piece, attachment, narrowed
from exercises.lesson_names import own_names
from exercises.models import How
from trustbook.accounts.requests import SignedInRequest


@require_safe
@opens
def fhir(request: SignedInRequest, file: uuid.UUID, lesson: str) -> HttpResponse:
    """What is shared of a lesson, or all weeks. The access record says that it was taken."""
    found = access.read_shared(request.user, file, How.EXPORT, **narrowed(lesson))
    pieces = [Piece(one.revision_id, one.opened, one.week) for one in found]
    return attachment(lesson, pieces, own_names(request.user))
