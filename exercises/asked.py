"""The question as a page asks it, carried by the page itself.

A lesson may be reworded while somebody writes. What they send then answers the question that
stood before them: the page brings it along, signed, and it is kept with the answer.
"""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from pydantic import ValidationError

from lessons.kinds import BasePrompt, Refused, prompt_from

CHANGED = "A part of this page was changed on its way. Copy your text, reload the page, try again."


def signed(prompt: BasePrompt) -> str:
    """The question for a hidden field; the same for everybody and at every time."""
    return _signer().sign_object(prompt.snapshot(), compress=True)


def as_asked(prompt: BasePrompt, post: QueryDict) -> BasePrompt:
    """``prompt`` as the page asked it, which is as it stands now but for a change in between.

    Raises ``Refused`` for a question that was tampered with.
    """
    sent = post.get(f"{prompt.id}:asked")
    if not sent or sent == signed(prompt):
        return prompt
    try:
        snapshot: dict[str, Any] = _signer().unsign_object(sent)
        asked = prompt_from(snapshot)
    except (BadSignature, ValidationError):
        raise Refused(CHANGED) from None
    if asked.id != prompt.id:
        raise Refused(CHANGED)
    return asked


def _signer() -> Signer:
    return Signer(salt="the question as asked")
