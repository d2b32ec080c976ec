"""What a page of the workbook sends: read strictly, refused with a sentence that helps."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import Http404, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from exercises.recording import Draft, read_value
from lessons.catalogue import Lesson
from lessons.kinds import BasePrompt, Fields, Refused
from lessons.kinds.base import FORM_NAMES
from trustbook.accounts.kept import keeps_typed, kept
from trustbook.accounts.owner_mark import made_for
from trustbook.accounts.requests import SignedInRequest

FORM = "application/x-www-form-urlencoded"

ANOTHER_PERSON = (
    "This page belongs to another account than the one that is signed in now, so nothing was "
    "saved. Sign in with the account that the page was opened with, then send it again."
)
NO_LONGER_ASKED = (
    "This question is no longer part of the lesson, so it cannot take a new answer. "
    "Your text is still here to copy; earlier answers are under “My answers”."
)
ASKED_OTHERWISE = (
    "This question has changed since the page was opened, and a part of what you wrote has no "
    "place in it any more. Copy your text, reload the page, then answer anew."
)

View = Callable[..., HttpResponse]


class Unacceptable(Refused):
    """A request that no page of ours would send."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def saves(view: View, *, gone: str = NO_LONGER_ASKED) -> View:
    """A view that keeps what its owner wrote: POST only, never a redirect, the text never lost.

    ``gone`` is what the writer is told where there is nothing to write to.
    """

    @keeps_typed
    @require_POST
    @wraps(view)
    def guarded(request: SignedInRequest, **ids: Any) -> HttpResponse:
        try:
            check_readable(request)
            if not made_for(request.POST.get("owner", ""), request.user):
                return kept(request, 403, "owner", ANOTHER_PERSON)
            return view(request, **ids)
        except Unacceptable as refusal:
            return kept(request, refusal.status, "refused", str(refusal))
        except Refused as refusal:
            return kept(request, 422, "refused", str(refusal))
        except Http404:
            return kept(request, 404, "gone", gone, again=False)

    return guarded


def check_readable(request: SignedInRequest) -> None:
    """Raises ``Unacceptable`` unless the body is an ordinary form in whole UTF-8.

    Django reads broken bytes as question marks; here nothing that was written is altered.
    """
    if request.content_type != FORM:
        raise Unacceptable(415, f"Answers are sent as {FORM}; this was something else.")
    try:
        unquote_to_bytes(request.body.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise Unacceptable(
            400,
            "The text contains a broken character, often half of an emoji, that cannot be saved. "
            "Remove what was pasted last and try again.",
        ) from None


def prompts_sent(post: QueryDict) -> set[str]:
    """The ids of the prompts of which any field was posted."""
    return {_prompt_of(name) for name in post} - FORM_NAMES


def written_elsewhere(lesson: Lesson, post: QueryDict) -> bool:
    """Whether anything was written to a question that the lesson does not ask (any more)."""
    asked = {prompt.id for prompt in lesson.exercise.prompts if prompt.answered} | FORM_NAMES
    unasked = [name for name in post if ":" not in name and _prompt_of(name) not in asked]
    return any(text.strip() for name in unasked for text in post.getlist(name))


def _prompt_of(field: str) -> str:
    """The prompt's id in ``prompt``, ``prompt.part`` and ``prompt:token``."""
    return field.partition(":")[0].partition(".")[0]


def read_draft(prompt: BasePrompt, post: QueryDict) -> Draft:
    """The draft of one prompt. Raises ``Refused`` with what its writer should do."""
    fields = Fields(post, prompt.id)
    value = read_value(prompt, fields)
    if fields.unread():
        raise Refused(ASKED_OTHERWISE)
    base = post.get(f"{prompt.id}:base", "")
    return Draft(
        value=value,
        base=read_id(base) if base else None,
        token=read_id(post.get(f"{prompt.id}:token", "")),
    )


def read_id(text: str | None) -> uuid.UUID:
    """A UUID. Raises ``Refused`` for anything else, as a page that was tampered with would send."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        raise Refused(
            "A part of this page is missing. Copy your text, reload the page, try again."
        ) from None
