"""One prompt on one person's page, with their own answer filled in.

Its frame, which is the same for everybody, is rendered once; a request only fills the holes.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from exercises import access, labels
from exercises.asked import signed
from exercises.models import Keeper, Kept, Opened, Revision
from exercises.recording import Recorded
from lessons.kinds import BasePrompt, RowsPrompt
from lessons.kinds.pattern import Pattern, hole
from lessons.kinds.rows import HIDDEN
from trustbook.accounts.models import User

UNANSWERED = "Not answered yet"
HOLES = ("notice", "inputs", "base", "token", "week", "state", "row", "unanswered", "who")


@dataclass
class Slot:
    """One prompt on one person's page."""

    prompt: BasePrompt
    kept: Kept | None = None
    revision: Revision | None = None
    """The newest revision, on which the next change is based."""
    opened: Opened | None = None
    """The answer of ``revision``."""
    typed: Any = None
    """What stands in the inputs instead of the stored answer, after a conflict."""
    week: str = ""
    """The Monday that it is about, for what is asked anew each week."""
    more: int = 0
    """Blank rows that the writer asked for."""
    who: SafeString | str = ""
    """Who can see it, as HTML; nothing of what belongs to two."""
    unanswered: str = UNANSWERED
    """What is said where nothing is saved yet."""
    by_partner: bool = False
    """Whether the newest revision is the other one's of a couple."""

    @property
    def value(self) -> Any:
        """What stands in the inputs; blank where the question changed since it was answered."""
        if self.typed is not None:
            return self.typed
        return self.opened.value if self.opened and not self.earlier else self.prompt.empty()

    @property
    def earlier(self) -> bool:
        """Whether the stored answer was given to another wording or kind of this question."""
        return self.opened is not None and not self.opened.asked_as(self.prompt)


def frame(prompt: BasePrompt, save: str, *, weekly: bool = False, history: str = "") -> Pattern:
    """What stands around the inputs of a prompt whose answers are sent to the address ``save``.

    Their earlier versions are at ``history``, or where those of one's own are.
    """
    history = history or f"{reverse('workbook:answers')}{hole('row')}/"
    same = {"prompt": prompt, "save": save, "history": SafeString(history)}
    same |= {"asked": signed(prompt), "weekly": weekly}
    return Pattern.of("workbook/prompt.html", {**same, **{name: hole(name) for name in HOLES}})


def fill(frame: Pattern, slot: Slot) -> SafeString:
    """The prompt as HTML."""
    values: dict[str, str] = {
        "inputs": inputs(slot),
        "token": str(uuid.uuid4()),
        "week": slot.week,
        "notice": notice(slot),
        "who": slot.who,
    }
    if slot.kept is None or slot.revision is None:
        return frame.fill(values | {"state": slot.unanswered, "unanswered": HIDDEN})
    saved = {
        "state": saved_label(slot.revision.saved_at),
        "base": str(slot.revision.pk),
        "row": str(slot.kept.pk),
    }
    return frame.fill(values | saved)


def inputs(slot: Slot) -> SafeString:
    """The prompt's inputs, filled in."""
    if slot.more and isinstance(slot.prompt, RowsPrompt):
        return slot.prompt.form(slot.value, slot.more)
    return slot.prompt.form(slot.value)


def saved_label(moment: datetime) -> str:
    """``Saved 14:02`` today, ``Saved 3 May, 14:02`` before, in the time zone of the request."""
    local, today = timezone.localtime(moment), timezone.localdate()
    if local.date() == today:
        return f"Saved {local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"Saved {local.day} {local:%b}{year}, {local:%H:%M}"


def notice(slot: Slot) -> str:
    """What must be said above the inputs: another text is kept, or the question changed."""
    if slot.opened is None or not (slot.earlier or slot.typed is not None):
        return ""
    shown = slot.opened.prompt.show(slot.opened.value)
    context = {"slot": slot, "shown": shown, "asked": slot.opened.snapshot["ask"]}
    return render_to_string("workbook/notice.html", context)


def reply(
    keeper: Keeper,
    prompt: BasePrompt,
    recorded: Recorded | None,
    history: str = "",
    **told: str,
) -> JsonResponse:
    """What a script is told about its save; 409 with both texts when another page was faster.

    ``told`` replaces words of ours on that.
    """
    if recorded is None:
        return JsonResponse({"revision": "", "state": UNANSWERED})
    history = history or reverse("workbook:history", args=[recorded.row.pk])
    if recorded.conflict:
        both = _both_texts(keeper, prompt, recorded) | {"history": history} | told
        return JsonResponse(both, status=409)
    return JsonResponse(
        {
            "revision": str(recorded.revision.pk),
            "state": saved_label(recorded.revision.saved_at),
            "history": history,
            "who": _who(keeper, recorded.row),
        }
    )


def _who(keeper: Keeper, row: Kept) -> str:
    """Who can see it now: an earlier version, it may be. Empty where that never changes."""
    if not (isinstance(row, access.Showable) and isinstance(keeper, User)):
        return ""
    return labels.line(access.seen_of(keeper, row), row)


def _both_texts(keeper: Keeper, prompt: BasePrompt, recorded: Recorded) -> dict[str, str]:
    """The newest text to read and to edit, beside the one in the page."""
    opened = recorded.row.open(recorded.head, keeper)
    fits = opened.asked_as(prompt)
    return {
        "error": "conflict",
        "message": "Another page saved this after you began. Both texts are kept.",
        "head": str(recorded.head.pk),
        "shown": opened.prompt.show(opened.value),
        "form": prompt.form(opened.value) if fits else "",
        "who": _who(keeper, recorded.row),
    }
