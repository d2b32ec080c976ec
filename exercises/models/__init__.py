"""What a person writes, how far they are, and what two people do together."""

from exercises.models.answer import Answer, AnswerRevision
from exercises.models.couple import Couple, Invitation, Membership, NeverWrite, Parted
from exercises.models.joint import JointAnswer, JointRevision, Keepsake, KeepsakeRevision
from exercises.models.promise import Promise, PromiseView
from exercises.models.pulse import Pulse, PulseRevision, WeekNote, WeekNoteRevision
from exercises.models.reading import Reading
from exercises.models.revisions import Immutable, Keeper, Kept, Opened, Own, Revision
from exercises.models.sharing import Audience, Pin, Ready, ReadyPin, Share

__all__ = [
    "Answer",
    "AnswerRevision",
    "Audience",
    "Couple",
    "Immutable",
    "Invitation",
    "JointAnswer",
    "JointRevision",
    "Keeper",
    "Keepsake",
    "KeepsakeRevision",
    "Kept",
    "Membership",
    "NeverWrite",
    "Opened",
    "Own",
    "Parted",
    "Pin",
    "Promise",
    "PromiseView",
    "Pulse",
    "PulseRevision",
    "Reading",
    "Ready",
    "ReadyPin",
    "Revision",
    "Share",
    "WeekNote",
    "WeekNoteRevision",
]
