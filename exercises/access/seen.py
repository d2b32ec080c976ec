"""Who can see what a person wrote: to whom they can show it, and what is shown now."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.http import Http404

from exercises.access.client import locked_care
from exercises.access.couple import locked_couple
from exercises.access.own import Row, own_kept
from exercises.access.responses import responded_rows
from exercises.models import Answer, Audience, CareLink, Couple, Own, Pulse, Share, WeekNote
from trustbook.accounts.models import User

Showable = Answer | Pulse
"""What can be shown to somebody. A note on a week never is."""


class NobodyThere(Http404):
    """There is nobody (any more) to whom it could be shown."""


@dataclass(frozen=True)
class Shown:
    """One revision that an audience is shown."""

    audience: Audience
    row_id: uuid.UUID
    revision_id: uuid.UUID
    since: date
    topic: str
    """What was opened together; empty for what was shared."""


@dataclass(frozen=True)
class Seen:
    """To whom a person can show something, and what they show: by the ids of rows."""

    audiences: tuple[Audience, ...]
    shown: dict[uuid.UUID, list[Shown]]
    said: frozenset[uuid.UUID] = frozenset()
    """About which rows their therapist has said something."""

    def of(self, row: Own | None) -> list[Shown]:
        """How one row is shown, to the partner first."""
        return self.shown.get(row.pk, []) if row is not None else []


def seen(person: User) -> Seen:
    """Of all that a person wrote, in one query, as are the two below; with a therapist, in two."""
    return _with_said(person, _seen(*Share.objects.seen(person)))


def seen_beside(person: User, lesson_id: str, week: date) -> Seen:
    """Of the answers to one lesson and the pulse of one week."""
    wanted = (
        "answer_id IN (SELECT id FROM exercises_answer WHERE author_id = %s AND lesson_id = %s)"
        " OR pulse_id IN (SELECT id FROM exercises_pulse WHERE author_id = %s AND week = %s)"
    )
    found = Share.objects.seen(person, wanted, person.pk, lesson_id, person.pk, week)
    return _with_said(person, _seen(*found))


def seen_in(person: User, week: date) -> Seen:
    """Of the pulse of one week."""
    return seen_beside(person, "", week)


def seen_of(person: User, row: Row) -> Seen:
    """Of one row, fetched for them; in one query, without what was said about it."""
    if isinstance(row, WeekNote):
        return Seen((), {})
    name = "answer_id" if isinstance(row, Answer) else "pulse_id"
    value = row._meta.pk.get_db_prep_value(row.pk, connection)
    return _seen(*Share.objects.seen(person, f"{name} = %s", value))


def audiences(person: User) -> tuple[Audience, ...]:
    """To whom a person can show something now."""
    return Share.objects.seen(person)[0]


def own_showable(person: User, row_id: uuid.UUID) -> Showable:
    """An answer, or a week's pulse, of one's own."""
    row = own_kept(person, row_id)
    if not isinstance(row, Showable):
        raise Http404
    return row


def locked_showable(person: User, row: Showable) -> Showable:
    """The same, locked until the commit and as it is now; the couple is locked already."""
    locked: Showable | None
    locked = type(row).objects.select_for_update().filter(author=person, pk=row.pk).first()
    if locked is None:
        raise Http404
    return locked


def locked_pulses(person: User) -> list[Pulse]:
    """All weeks of one's own, locked until the commit; the couple is locked already."""
    pulses = Pulse.objects.filter(author=person).order_by("pk").select_for_update()
    ids = list(pulses.values_list("pk", flat=True))
    # Fetched only now: where it had to wait for a save, the join would miss the new revision.
    return list(Pulse.objects.of(person).filter(pk__in=ids))


def locked_audience(person: User, audience: Audience) -> Couple | CareLink:
    """Makes sure of an audience until the commit: the couple, or the care link.

    Raises ``NobodyThere``.
    """
    try:
        if audience is Audience.PARTNER:
            return locked_couple(person)
        return locked_care(person)
    except Http404:
        raise NobodyThere from None


def _with_said(person: User, found: Seen) -> Seen:
    if Audience.THERAPIST not in found.audiences:
        return found
    return replace(found, said=frozenset(responded_rows(person)))


def _seen(audiences: tuple[Audience, ...], shares: list[Share]) -> Seen:
    by_row: defaultdict[uuid.UUID, list[Shown]] = defaultdict(list)
    for share in sorted(shares, key=lambda share: share.audience):
        topic: str = share.topic  # type: ignore[attr-defined]  # of the query
        audience = Audience(share.audience)
        one = Shown(audience, share.row_id, share.revision_id, share.since, topic)
        by_row[share.row_id].append(one)
    return Seen(audiences, dict(by_row))
