"""Opening something together: both at the same moment, or neither.

Each verb locks the couple first, so that of two presses one comes after the other. Nothing here
looks at what the other has chosen before all is said about one's own: whoever is not ready, and
whoever is refused, learns nothing of the other.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from exercises import access, shown, telling
from exercises.models import Couple, Opened, Own, Ready, ReadyPin, Revision
from exercises.topics import Topic
from lessons.kinds import Refused
from trustbook.accounts.models import User

BLANK = "There is nothing to open yet: this is not answered. Answer it first, then come back."


class Outdated(Exception):
    """The page showed another text than the one that is the newest now; nothing was pinned."""

    says_nothing_private = True


@dataclass(frozen=True)
class Text:
    """One text of a person's own that can be shown, opened."""

    row: Own
    revision: Revision
    opened: Opened


def texts_of(person: User, rows: Iterable[tuple[Own, Revision]]) -> list[Text]:
    """Those of a person's own texts that say something; a blank one cannot be opened."""
    texts = [Text(row, revision, row.open(revision, person)) for row, revision in rows]
    return [text for text in texts if text.opened.prompt.says(text.opened.value)]


def ready(person: User, topic: Topic, seen: Collection[uuid.UUID]) -> None:
    """``person`` is ready to show the revisions ``seen``; if the other is too, both open now.

    Pressed again, it changes nothing; with a newer text, that takes the place of the earlier one,
    as long as nothing is open. Raises ``Refused`` where there is nothing to show, ``Outdated``
    where the newest text is not the one that was seen, ``Http404`` where nobody can open it.
    """
    with transaction.atomic():
        couple = access.locked_couple(person)
        own = Ready.objects.filter(couple=couple, person=person, topic=topic.name)
        if own.filter(opened_on__isnull=False).exists():
            return
        if not topic.offered_to(person):
            raise Http404
        texts = texts_of(person, access.locked_rows_about(person, topic))
        if not texts:
            raise Refused(BLANK)
        if {text.revision.pk for text in texts} != set(seen):
            raise Outdated
        if not _pinned(own, texts):
            shown.close(own)
            _pin(couple, person, topic, texts)
        _open_if_both(couple, person, topic)


def _pinned(own: "Iterable[Ready]", texts: list[Text]) -> bool:
    """Whether these texts are what the person is ready with already."""
    pinned = {pin.revision.pk for one in own for pin in one.pins.all()}
    return pinned == {text.revision.pk for text in texts}


def _pin(couple: Couple, person: User, topic: Topic, texts: list[Text]) -> None:
    made = Ready.objects.create(couple=couple, person=person, topic=topic.name)
    ReadyPin.objects.bulk_create(
        ReadyPin(ready=made, **ReadyPin.fields_of(text.row, text.revision)) for text in texts
    )


def _open_if_both(couple: Couple, person: User, topic: Topic) -> None:
    """Opens for both, on the same day, in one statement."""
    both = Ready.objects.filter(couple=couple, topic=topic.name)
    if both.exclude(person=person).filter(pins__isnull=False).exists():
        both.update(opened_on=timezone.localdate(timezone=person.zone))
        telling.tell_both(couple, person)


class Closed(Enum):
    """What taking back or closing has done."""

    TAKEN_BACK = auto()
    """Nothing was open, and nothing of it is left."""
    FOR_BOTH = auto()
    """It was open, as the page that was pressed on had said."""
    AFTER_ALL = auto()
    """The other had opened it in the moment before."""


def close(person: User, topic: Topic, *, was_open: bool) -> Closed:
    """Takes back being ready; what is open is closed for both. Called again, it does no harm.

    ``was_open`` is what the page showed on which it was pressed. Raises ``Http404`` for a topic
    that nobody can open and that was not chosen either.
    """
    with transaction.atomic():
        couple = access.locked_couple(person)
        own = Ready.objects.filter(couple=couple, person=person, topic=topic.name)
        is_open = own.filter(opened_on__isnull=False).exists()
        if not shown.close(own) and not topic.offered_to(person):
            raise Http404
    if was_open:
        return Closed.FOR_BOTH
    return Closed.AFTER_ALL if is_open else Closed.TAKEN_BACK
