"""What a person writes, and how far they are."""

from exercises.models.answer import Answer, AnswerRevision
from exercises.models.pulse import Pulse, PulseRevision, WeekNote, WeekNoteRevision
from exercises.models.reading import Reading
from exercises.models.revisions import Immutable, Kept, Opened, Revision

__all__ = [
    "Answer",
    "AnswerRevision",
    "Immutable",
    "Kept",
    "Opened",
    "Pulse",
    "PulseRevision",
    "Reading",
    "Revision",
    "WeekNote",
    "WeekNoteRevision",
]
