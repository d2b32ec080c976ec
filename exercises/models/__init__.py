"""What a person writes, how far they are, and what they do with a partner or a therapist."""

from exercises.models.answer import Answer, AnswerRevision
from exercises.models.assigned import (
    OWN,
    Assignment,
    OwnLesson,
    OwnLessonVersion,
    Pathway,
    Step,
)
from exercises.models.care import (
    About,
    CareLink,
    ClientFile,
    How,
    Opening,
    Practice,
    Response,
    SessionNote,
    SessionNoteRevision,
)
from exercises.models.couple import Couple, Invitation, Membership, NeverWrite, Parted
from exercises.models.joint import (
    JointAnswer,
    JointRevision,
    Keepsake,
    KeepsakeRevision,
    KeptFrom,
)
from exercises.models.promise import Promise, PromiseView
from exercises.models.pulse import Pulse, PulseRevision, WeekNote, WeekNoteRevision
from exercises.models.reading import Reading
from exercises.models.revisions import Immutable, Keeper, Kept, Opened, Own, Revision
from exercises.models.sharing import Audience, Pin, Ready, ReadyPin, Share

__all__ = [
    "OWN",
    "About",
    "Answer",
    "AnswerRevision",
    "Assignment",
    "Audience",
    "CareLink",
    "ClientFile",
    "Couple",
    "How",
    "Immutable",
    "Invitation",
    "JointAnswer",
    "JointRevision",
    "Keeper",
    "Keepsake",
    "KeepsakeRevision",
    "Kept",
    "KeptFrom",
    "Membership",
    "NeverWrite",
    "Opened",
    "Opening",
    "Own",
    "OwnLesson",
    "OwnLessonVersion",
    "Parted",
    "Pathway",
    "Pin",
    "Practice",
    "Promise",
    "PromiseView",
    "Pulse",
    "PulseRevision",
    "Reading",
    "Ready",
    "ReadyPin",
    "Response",
    "Revision",
    "SessionNote",
    "SessionNoteRevision",
    "Share",
    "Step",
    "WeekNote",
    "WeekNoteRevision",
]
