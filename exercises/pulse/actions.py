"""What a person does about a week."""

from datetime import date

from django.http import QueryDict

from exercises import access
from exercises.models import Pulse, WeekNote
from exercises.recording import Recorded, record
from exercises.saving import read_draft
from exercises.weeks import week_asked
from lessons.kinds import BasePrompt
from lessons.kinds import Pulse as PulsePrompt
from trustbook.accounts.models import User


def save_week(person: User, prompt: BasePrompt, post: QueryDict) -> tuple[date, Recorded | None]:
    """Keeps the numbers or the note that were posted, and says of which week.

    Numbers are taken of this week and the last one, when they can still be told; a note may be
    written to any week about which there is something. Raises ``Refused``.
    """
    draft = read_draft(prompt, post)
    if isinstance(prompt, PulsePrompt):
        week = week_asked(person, prompt, post)
        return week, record(Pulse, {"week": week}, person, prompt, draft)
    week = week_asked(person, prompt, post, access.weeks_written_about(person))
    return week, record(WeekNote, {"week": week}, person, prompt, draft)
