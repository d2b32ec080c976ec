"""What a person wrote, in taking everything along and in ending everything."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from typing import Any

from django.conf import settings

from exercises import (
    care_chapters,
    carelinks,
    clientfiles,
    couples,
    deletion,
    joint,
    sessionnotes,
    shown,
    threads,
)
from exercises import exported_care as of_care
from exercises import exported_together as of_two
from exercises.chapters import chapters_of
from exercises.exported import DOCUMENT as OWN
from exercises.exported import data_of
from exercises.imported import checked
from exercises.models import CareLink, Couple, Invitation, Pathway, Reading
from exercises.models.assigned import PATHWAY
from trustbook.accounts.models import User
from trustbook.lib import ledger
from trustbook.lib.export import Bringing, Part
from trustbook.lib.personal_data import EXPORTED, Fields, nobodys, unexported

ROW = unexported("tells rows apart, and says nothing")
DOCUMENT = {**OWN, **of_two.DOCUMENT, **of_care.DOCUMENT}
SECRET = unexported("a secret of this installation, of no use elsewhere")
KEPT = {
    "id": EXPORTED,
    "author": ROW,
    "head": EXPORTED,
    "deleted_at": unexported("stands only on what was deleted, which nobody is shown any more"),
}
REVISION = {
    "id": EXPORTED,
    "row": ROW,
    "base": EXPORTED,
    "token": unexported("tells a save from its repetition; of no use once it was answered"),
    "aside": EXPORTED,
    "sealed": EXPORTED,
    "saved_at": EXPORTED,
}
PINNED = {
    "answer": ROW,
    "answer_revision": EXPORTED,
    "pulse": ROW,
    "pulse_revision": EXPORTED,
}

FIELDS: Fields = {
    "exercises.Answer": {**KEPT, "lesson_id": EXPORTED, "prompt_id": EXPORTED},
    "exercises.AnswerRevision": REVISION,
    "exercises.Pulse": {**KEPT, "week": EXPORTED},
    "exercises.PulseRevision": REVISION,
    "exercises.WeekNote": {**KEPT, "week": EXPORTED},
    "exercises.WeekNoteRevision": REVISION,
    "exercises.Keepsake": {
        **KEPT,
        "kept_from": EXPORTED,
        "lesson_id": EXPORTED,
        "prompt_id": EXPORTED,
        "source": EXPORTED,
    },
    "exercises.KeepsakeRevision": {
        name: fate for name, fate in REVISION.items() if name != "saved_at"
    },
    "exercises.Couple": {"id": ROW, "data_key_id": SECRET, "since": EXPORTED},
    "exercises.Membership": {
        "id": ROW,
        "couple": ROW,
        "person": ROW,
        "known_as": EXPORTED,
        "ended_at": unexported("stands for a moment only, on what is about to be deleted"),
    },
    "exercises.Parted": dict.fromkeys(
        ("id", "person", "other"),
        unexported("only keeps two people who parted from being invited by each other"),
    ),
    "exercises.Invitation": {
        "id": ROW,
        "inviter": ROW,
        "secret_mark": SECRET,
        "code_mark": SECRET,
        "made_at": EXPORTED,
        "again": EXPORTED,
        "file": ROW,
    },
    "exercises.NeverWrite": dict.fromkeys(
        ("id", "address_mark"), nobodys("a mark of an address that has no account here")
    ),
    "exercises.Share": {
        "id": ROW,
        "owner": ROW,
        "couple": ROW,
        "care": ROW,
        "audience": EXPORTED,
        "since": EXPORTED,
        **PINNED,
    },
    "exercises.Ready": {
        "id": ROW,
        "couple": ROW,
        "person": ROW,
        "topic": EXPORTED,
        "opened_on": EXPORTED,
    },
    "exercises.ReadyPin": {"id": ROW, "ready": ROW, **PINNED},
    "exercises.JointAnswer": {
        "id": EXPORTED,
        "couple": ROW,
        "lesson_id": EXPORTED,
        "prompt_id": EXPORTED,
        "head": EXPORTED,
    },
    "exercises.JointRevision": {**REVISION, "writer": EXPORTED},
    "exercises.Promise": {
        "id": ROW,
        "couple": ROW,
        "maker": EXPORTED,
        "writer": EXPORTED,
        "token": REVISION["token"],
        "sealed": EXPORTED,
        "written_on": EXPORTED,
    },
    "exercises.PromiseView": {
        "id": ROW,
        "promise": ROW,
        "person": EXPORTED,
        "token": REVISION["token"],
        "sealed": EXPORTED,
        "said_on": EXPORTED,
        "said_at": unexported("only tells which of two views is the later one"),
    },
    "exercises.CareLink": {
        "id": ROW,
        "therapist": ROW,
        "client": ROW,
        "data_key_id": SECRET,
        "since": EXPORTED,
        "ended_at": unexported("stands for a moment only, on what is about to be deleted"),
    },
    "exercises.ClientFile": {
        "id": ROW,
        "therapist": ROW,
        "link": ROW,
        "sealed_label": EXPORTED,
        "made_on": EXPORTED,
        "began_on": EXPORTED,
        "archived_at": EXPORTED,
        "met_on": EXPORTED,
        "beside": ROW,
    },
    "exercises.SessionNote": {
        "id": EXPORTED,
        "therapist": ROW,
        "file": ROW,
        "day": EXPORTED,
        "head": EXPORTED,
    },
    "exercises.SessionNoteRevision": REVISION,
    "exercises.Practice": {"therapist": ROW, "sealed": EXPORTED},
    "exercises.Response": {
        "id": ROW,
        "link": ROW,
        "answer": EXPORTED,
        "pulse": EXPORTED,
        "revision": EXPORTED,
        "shared_on": EXPORTED,
        "writer": EXPORTED,
        "token": REVISION["token"],
        "sealed": EXPORTED,
        "written_at": EXPORTED,
        "edited_at": EXPORTED,
        "withdrawn_at": EXPORTED,
    },
    "exercises.Opening": {
        "id": ROW,
        "owner": ROW,
        "reader": unexported("tells one therapist from another, and names neither"),
        "row": EXPORTED,
        "revision": EXPORTED,
        "lesson_id": EXPORTED,
        "prompt_id": EXPORTED,
        "week": EXPORTED,
        "how": EXPORTED,
        "opened_at": EXPORTED,
    },
    "exercises.Pathway": {"id": ROW, "therapist": ROW, "sealed": EXPORTED},
    "exercises.OwnLesson": {
        "id": EXPORTED,
        "therapist": ROW,
        "head": EXPORTED,
        "withdrawn_on": EXPORTED,
    },
    "exercises.OwnLessonVersion": {
        "id": EXPORTED,
        "row": ROW,
        "number": EXPORTED,
        "token": REVISION["token"],
        "sealed": EXPORTED,
        "made_at": EXPORTED,
    },
    "exercises.Assignment": {
        "id": ROW,
        "link": ROW,
        "lesson_id": EXPORTED,
        "version": ROW,
        "sealed_note": EXPORTED,
        "assigned_on": EXPORTED,
        "position": ROW,
        "starts_on": EXPORTED,
        "due_on": EXPORTED,
        "begun_on": EXPORTED,
        "done_on": EXPORTED,
        "aside_at": EXPORTED,
        "withdrawn_on": EXPORTED,
    },
    "exercises.Reading": {
        "id": ROW,
        "reader": ROW,
        "lesson_id": EXPORTED,
        "place": EXPORTED,
        "opened_at": EXPORTED,
        "touched_at": EXPORTED,
        "finished_at": EXPORTED,
    },
}


def export_for(person: User) -> Part:
    """This app's part of the export."""
    chapters = chain(
        chapters_of(person), of_two.chapters_of(person), care_chapters.chapters_of(person)
    )
    return Part(data_of(person) | of_two.data_of(person) | of_care.data_of(person), chapters)


def import_for(person: User, document: Any) -> Bringing:
    """Brings answers, weeks and readings in. Raises ``Unfit`` before anything is written."""
    return checked(person, document)


def before_erasing(person: User) -> None:
    """Leaves, so that the other keeps a copy of what the two wrote together."""
    couples.leave(person)
    carelinks.end_all_of(person)


def erase(person: User) -> None:
    """All that was written, hidden or not, and how far the person has read."""
    couples.leave(person)  # a crash may have come before the other had their copies
    carelinks.end_all_of(person)
    for kept in deletion.WORDS.values():
        kept._base_manager.filter(author=person).delete()
    Reading.objects.filter(reader=person).delete()


def finish() -> int:
    """Purges what was deleted and can no longer be undone, of everybody; completes leaving."""
    couples.drop_old_invitations()
    return deletion.purge() + couples.finish() + carelinks.finish()


def forget(what: str, ids: Collection[uuid.UUID]) -> int | None:
    """Deletes or ends what the ledger names."""
    if what == couples.WORD:
        return _part_anew(ids)
    if what == carelinks.WORD:
        return _end_anew(carelinks.forget, ids)
    if what == clientfiles.WORD:
        return _end_anew(clientfiles.forget, ids)
    if what == joint.WORD:
        return joint.forget(ids)
    if what == sessionnotes.WORD:
        return sessionnotes.forget(ids)
    if what == threads.WORD:
        return threads.forget(ids)
    if what == PATHWAY:
        return int(Pathway.objects.filter(pk__in=list(ids)).delete()[0])
    ended = shown.forget(what, ids)
    return deletion.forget(what, ids) if ended is None else ended


def after_restoring() -> None:
    """What was used or withdrawn since the backup must not be open again."""
    Invitation.objects.all().delete()


def _part_anew(ids: Collection[uuid.UUID]) -> int:
    """Ends couples that a restored backup brought back; their keepsakes are copied once more.

    What they had deleted before does not get into these, and what either has deleted of them
    since is deleted again, in whatever order the ledger is replayed.
    """
    erased = _in_the_ledger()
    joint.forget(erased[joint.WORD])
    shown.forget("promise", erased["promise"])
    ended = couples.forget(ids)
    deletion.forget("keepsake", erased["keepsake"])
    return ended


def _end_anew(forget: Callable[[Collection[uuid.UUID]], int], ids: Collection[uuid.UUID]) -> int:
    """Ends care links that a restored backup brought back; what the client keeps, in the same way.

    What was said about an answer that is deleted goes with it, before it could be copied, and so
    does what was withdrawn.
    """
    erased = _in_the_ledger()
    for word in deletion.WORDS:
        deletion.forget(word, erased[word])
    threads.forget(erased[threads.WORD])
    ended = forget(ids)
    deletion.forget("keepsake", erased["keepsake"])
    return ended


def _in_the_ledger() -> defaultdict[str, set[uuid.UUID]]:
    """All ids by their words."""
    erased: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
    for word, row in ledger.read(settings.LEDGER) if settings.LEDGER.exists() else ():
        erased[word].add(row)
    return erased


def named_keys() -> Iterator[uuid.UUID]:
    """The key of each couple and of each care link."""
    yield from Couple.objects.values_list("data_key_id", flat=True).iterator()
    yield from CareLink.objects.values_list("data_key_id", flat=True).iterator()


__all__ = [
    "DOCUMENT",
    "FIELDS",
    "after_restoring",
    "before_erasing",
    "erase",
    "export_for",
    "finish",
    "forget",
    "import_for",
    "named_keys",
]
