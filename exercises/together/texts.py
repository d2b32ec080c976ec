"""What two people wrote together, to read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from exercises.models import JointAnswer, Keeper, Kept, Revision
from exercises.together.writing import Place, is_of
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest

GONE = (
    "This can no longer be written together from this page, so it is not saved. "
    "Your text is still here to copy; what you keep is under “My answers”."
)
"""The same whoever left, and for who never shared a workbook."""
View = Callable[..., HttpResponse]


def while_two(view: View) -> View:
    """A view for which the two must share a workbook until its end: their key goes with that."""

    @wraps(view)
    def guarded(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
        try:
            return view(request, Place(lesson, prompt))
        except KeyGone:
            raise Http404 from None

    return guarded


def at(place: Place, name: str) -> str:
    """An address about what is written together in one place."""
    return reverse(f"together:{name}", args=[place.lesson_id, place.prompt_id])


@dataclass(frozen=True)
class Text:
    """A text to read, and where it stands."""

    revision: Revision
    asked: str
    shown: SafeString
    text: str
    who: str = ""
    """Whose save it was: “You” or “Your partner”."""

    @property
    def saved_at(self) -> datetime:
        """When it was saved."""
        return self.revision.saved_at


def text_of(person: User, row: Kept, keeper: Keeper, revision: Revision | None = None) -> Text:
    """A revision, or the newest, of what the two wrote or of one's own."""
    revision = revision or row.head
    opened = row.open(revision, keeper)
    prompt = opened.prompt
    who = ""
    if isinstance(row, JointAnswer):
        who = "You" if is_of(person, revision) else "Your partner"
    shown, text = prompt.show(opened.value), prompt.as_text(opened.value)
    return Text(revision, prompt.ask, shown, text, who)
