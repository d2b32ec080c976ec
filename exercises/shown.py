"""Ending what was shown to somebody: a share, something opened together, a promise of two.

Nothing is left of it, and no backup brings it back: the ledger knows the ids. Showing begins in
the rooms; it ends here, because deleting an answer ends it too.
"""

import logging
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from exercises.models import CareLink, Couple, Own, Promise, Ready, ReadyPin, Share
from exercises.models.answer import Answer
from exercises.models.pulse import Pulse
from trustbook.accounts.models import User
from trustbook.lib import ledger

Shown = type[Share] | type[Ready] | type[Promise]
WORDS: dict[str, Shown] = {"share": Share, "ready": Ready, "promise": Promise}
"""What the ledger calls them."""
PINNED: dict[type[Own], str] = {Answer: "answer", Pulse: "pulse"}
"""What can be shown, and the field that pins it."""
logger = logging.getLogger(__name__)


def withdraw(shares: QuerySet[Share]) -> int:
    """From the next request on nobody is shown these; how many there were."""
    return _end("share", shares)


def close(readies: QuerySet[Ready]) -> int:
    """Takes back being ready; what is open already is closed for both. How many rows went.

    The caller has locked the couple.
    """
    opened = readies.filter(opened_on__isnull=False).values_list("couple", "topic")
    both = Q(pk__in=list(readies.values_list("pk", flat=True)))
    for couple, topic in opened:
        both |= Q(couple=couple, topic=topic)
    return _end("ready", Ready.objects.filter(both))


def remove(promises: QuerySet[Promise]) -> int:
    """Takes promises out of a ledger, with all that both said of them; how many there were.

    The caller has locked the couple.
    """
    return _end("promise", promises)


def hide(author: User, rows: QuerySet[Any], **fields: Any) -> int:
    """Updates ``rows``, which nobody may be shown any more, and ends whatever shows them.

    The couple is locked first, as wherever something begins to be shown. How many rows.
    """
    with transaction.atomic():
        lock(author)
        ids = list(rows.values_list("pk", flat=True))
        hidden: int = rows.filter(pk__in=ids).update(**fields)
        if hidden:
            end(author, rows.model, ids)
    return hidden


def end(author: User, kept: type[Own], ids: Collection[uuid.UUID]) -> None:
    """Ends whatever shows these rows of an author, who has locked the couple."""
    if field := PINNED.get(kept):
        withdraw(Share.objects.filter(owner=author, **{f"{field}__in": ids}))
        pins = ReadyPin.objects.filter(**{f"{field}__in": ids})
        close(Ready.objects.filter(person=author, pk__in=pins.values("ready")))


def lock(person: User) -> None:
    """Locks the person's couple, then their care link, where there are any, until the commit."""
    list(Couple.objects.of(person).select_for_update())
    list(CareLink.objects.filter(client=person, ended_at=None).select_for_update())


def forget(what: str, ids: Collection[uuid.UUID]) -> int | None:
    """Ends what a restored backup has brought back; None for another's word."""
    if what not in WORDS:
        return None
    return _deleted(WORDS[what].objects.filter(pk__in=ids), WORDS[what])


def _end(word: str, rows: QuerySet[Any]) -> int:
    with transaction.atomic():
        ids = list(rows.select_for_update().values_list("pk", flat=True))
        note((word, row) for row in ids)
        return _deleted(WORDS[word].objects.filter(pk__in=ids), WORDS[word])


def _deleted(rows: QuerySet[Any], model: Shown) -> int:
    return rows.delete()[1].get(model._meta.label, 0)


def note(entries: Iterable[ledger.Entry]) -> None:
    """Into the ledger. A full disk keeps nobody from withdrawing: without its line, a restore of
    an older backup might show it anew, and the log says so.
    """
    try:
        ledger.append(settings.LEDGER, entries)
    except OSError:
        logger.error("What was withdrawn could not be noted in the ledger.")
