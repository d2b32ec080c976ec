"""The pages about weeks, as a browser holds them."""

import uuid
from datetime import date
from typing import Any

from exercises.models import Pulse, WeekNote
from exercises.pulse.prompts import NOTE, PULSE
from exercises.recording import Draft, record
from tests.exercises.workbook import Typed, Workbook
from trustbook.accounts.models import User

WEEKS = "/workbook/pulse/"
SAVE = f"{WEEKS}save/"


class CheckIn(Workbook):
    """One person's page of a week: sends what a browser would send."""

    def save(self, prompt: str, typed: Typed, *, script: bool = True, **changes: Any) -> Any:
        """Sends the numbers or the note."""
        fields = {"owner": self.owner} | self.fields(prompt, typed, **changes)
        return self.post(f"{SAVE}{prompt}/", fields, script=script)

    def send(self, *prompts: Any, **more: str) -> Any:
        """Sends the whole form, as without scripts."""
        fields: dict[str, Any] = {"owner": self.owner}
        for prompt in prompts:
            fields |= prompt
        return self.post(SAVE, fields | more, script=False)

    def numbers(self) -> dict[str, dict[str, int]]:
        """The numbers that are stored, by week, without what was skipped."""
        return {
            str(row.week): {part: number for part, number in value.items() if number}
            for row in Pulse.objects.of(self.person)
            for value in [row.open(row.head, self.person).value]
        }

    def notes(self) -> dict[str, str]:
        """The notes that are stored, by week."""
        rows = WeekNote.objects.of(self.person)
        return {str(row.week): row.open(row.head, self.person).value for row in rows}


def told(person: User, week: date, numbers: dict[str, int], **wording: str) -> None:
    """A pulse of a week long ago; ``wording`` is that of then."""
    statements = {**PULSE.statements, **wording}
    asked = PULSE.model_copy(update={"statements": statements})
    draft = Draft(PULSE.empty() | numbers, None, uuid.uuid4())
    record(Pulse, {"week": week}, person, asked, draft)


def empty(person: User, week: date) -> None:
    """Takes back every number of a week."""
    head = Pulse.objects.of(person).get(week=week).head_id
    record(Pulse, {"week": week}, person, PULSE, Draft(PULSE.empty(), head, uuid.uuid4()))


def noted(person: User, week: date, text: str) -> None:
    """A note on a week long ago."""
    record(WeekNote, {"week": week}, person, NOTE, Draft(text, None, uuid.uuid4()))
