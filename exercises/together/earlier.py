"""What two people wrote together before: who wrote what, when, and how to bring it back."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access
from exercises.compare import differences
from exercises.models import JointAnswer, Revision
from exercises.saving import read_id, saves
from exercises.sittings import by_sitting
from exercises.together import writing
from exercises.together.texts import GONE, Text, text_of, while_two
from exercises.together.writing import Place
from lessons.kinds import Refused
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Sitting:
    """What one of the two saved, one soon after the other; ``last`` is the last of that."""

    revisions: list[Revision]
    last: Text

    @property
    def began(self) -> datetime:
        """When the first of it was saved."""
        return self.revisions[-1].saved_at


@require_safe
@while_two
def history(request: SignedInRequest, place: Place) -> HttpResponse:
    """Who wrote what, and when; ``?version=`` shows one version beside the newest."""
    return show(request, place, request.GET.get("version"))


@partial(saves, gone=GONE)
@while_two
def bring_back(request: SignedInRequest, place: Place) -> HttpResponse:
    """Makes an earlier version the newest; the one it replaces stays in the history."""
    recorded = writing.bring_back(request.user, place, request.POST)
    if recorded and recorded.conflict:
        messages.warning(
            request, "A newer version was saved meanwhile. Look at it first; it is below."
        )
    else:
        messages.success(request, "Brought back, for both of you. The version before it is kept.")
    return show(request, place)


def show(request: SignedInRequest, place: Place, wanted: str | None = None) -> HttpResponse:
    """The page of all versions, the newest sitting first."""
    person = request.user
    couple, row = writing.written_at(person, place)
    newest = text_of(person, row, couple)
    chosen = text_of(person, row, couple, _version(row, wanted)) if wanted else None
    groups = by_sitting(access.revisions_of(row), lambda one: writing.is_of(person, one))
    context = {
        "place": place,
        "row": row,
        "newest": newest,
        "chosen": chosen,
        "changes": differences(chosen.text, newest.text) if chosen else "",
        "sittings": [Sitting(group, text_of(person, row, couple, group[0])) for group in groups],
        "owner": owner_mark(person),
        "token": uuid.uuid4(),
    }
    return render(request, "together/history.html", context)


def _version(row: JointAnswer, wanted: str) -> Revision:
    try:
        return access.revision_of(row, read_id(wanted))
    except Refused:
        raise Http404 from None
