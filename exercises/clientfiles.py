"""A therapist's files of clients: what they are called, and how one is deleted."""

import unicodedata
import uuid
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import transaction

from exercises import access, carelinks
from exercises.couples import locked
from exercises.models import ClientFile
from trustbook.accounts.models import User
from trustbook.lib import ledger, sqlite_log

WORD = "file"
"""What the ledger calls a file that was deleted: no backup brings its label and notes back."""
LONGEST = 100
"""Characters of a label; encrypted, all of them have the same length."""
NO_LABEL = "Write a label: whatever tells you who this is."
TOO_LONG = f"This label is longer than {LONGEST} characters."
NOT_KEPT = "This has characters that cannot be kept, such as one without a picture. Type it anew."
KNOWN = (
    "You have a client with this label already. Choose another, so that you can tell the two apart."
)
UNSEEN = ("Cf", "Zs")
NEVER = ("Cc", "Cs", "Zl", "Zp")
LOST = "\N{REPLACEMENT CHARACTER}"
"""What stands where something could not be read, half a pair of surrogates for example."""


def wrong_with(label: str) -> str:
    """What keeps a label from being one, in words; nothing for one that will do."""
    kinds = [unicodedata.category(sign) for sign in label]
    if LOST in label or any(kind in NEVER for kind in kinds):
        return NOT_KEPT
    if all(kind in UNSEEN for kind in kinds):
        return NO_LABEL
    return TOO_LONG if len(label) > LONGEST else ""


def same(label: str) -> str:
    """Two labels that nobody can tell apart come to the same."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def known_labels(therapist: User, but: Iterable[uuid.UUID] = ()) -> set[str]:
    """The labels of a therapist's clients, as ``same`` has them."""
    left_out = set(but)
    files = [file for file in access.own_files(therapist) if file.pk not in left_out]
    return {same(file.label(therapist)) for file in files}


def rename(therapist: User, file: ClientFile, label: str) -> None:
    """Nothing is left of what it was called before."""
    file.seal_label(therapist, label)
    file.save(update_fields=["sealed_label"])
    sqlite_log.forget("default")


def delete(therapist: User, file: ClientFile) -> bool:
    """The file goes with its label and its notes, for good; False, and nothing done, while its
    client is one. Its invitation goes with it.
    """
    end_what_rests(file)
    with transaction.atomic():
        locked(therapist)  # as whoever accepts at this moment does, and before the file
        rows = ClientFile.objects.filter(pk=file.pk, therapist=therapist)
        found = rows.select_for_update().first()
        if found is not None and found.link_id:
            return False
        if found is not None:
            ledger.append(settings.LEDGER, [(WORD, found.pk)])
            found.delete()
    sqlite_log.forget("default")
    return True


def end_what_rests(file: ClientFile) -> None:
    """Ends a link that does not hold, because its client's account is closed for now: whoever
    deletes the file, or invites somebody for it, is told that nobody is linked.
    """
    if file.link and access.link_of(file) is None:
        carelinks.end(file.link)
        file.link = None


def forget(ids: Collection[uuid.UUID]) -> int:
    """Deletes the files with these ids that a restored backup brought back; how many."""
    found = list(ClientFile.objects.filter(pk__in=list(ids)).select_related("link"))
    for file in found:
        if file.link:
            carelinks.end(file.link)
        file.delete()
    return len(found)
