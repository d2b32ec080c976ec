"""The exercise of a lesson as one person sees it: prompts with their own answers filled in.

A request only fills the frames that ``printed`` has rendered.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from exercises.answering.printed import printed
from exercises.models import Kept, Opened, Revision
from lessons.catalogue import Lesson
from lessons.kinds import BasePrompt, RowsPrompt
from lessons.kinds.pattern import Pattern
from lessons.kinds.rows import HIDDEN

UNANSWERED = "Not answered yet"


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
    more: int = 0
    """Blank rows that the writer asked for."""

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


def fill(lesson: Lesson, slots: list[Slot], recalled: dict[str, SafeString]) -> SafeString:
    """The prompts of the exercise as HTML."""
    frames = printed(lesson).prompts
    return SafeString("".join(_fill(frames[slot.prompt.id], slot, recalled) for slot in slots))


def _fill(frame: Pattern, slot: Slot, recalled: dict[str, SafeString]) -> SafeString:
    if not slot.prompt.answered:
        return frame.fill({"inputs": recalled.get(slot.prompt.id, SafeString(""))})
    values: dict[str, str] = {
        "inputs": inputs(slot),
        "token": str(uuid.uuid4()),
        "week": slot.week,
        "notice": notice(slot),
    }
    if slot.kept is None or slot.revision is None:
        return frame.fill(values | {"state": UNANSWERED, "unanswered": HIDDEN})
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
