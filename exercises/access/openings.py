"""What a client shares with their therapist, and the access record of each time it was opened.

The one way in which a therapist reads what a client wrote. Each reading is noted in the transaction
that reads; if it cannot be noted, nothing is read.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from exercises.access.care import own_link
from exercises.models import Answer, Audience, CareLink, How, Opened, Opening, Share
from exercises.models.revisions import Own
from trustbook.accounts.models import User

_PINNED = ("answer", "answer_revision", "pulse", "pulse_revision", "owner")


@dataclass(frozen=True)
class Read:
    """One shared text, opened: its wording and its value, and since when it is shared."""

    row: Own
    revision_id: uuid.UUID
    since: date
    opened: Opened

    @property
    def week(self) -> date | None:
        """The Monday, of a pulse."""
        return getattr(self.row, "week", None)


def shares_with_therapist(link: CareLink) -> list[Share]:
    """What a client shares with their therapist: what and since when, not what it says.

    In no order that tells when it was written.
    """
    rows = Share.objects.filter(care=link, audience=Audience.THERAPIST)
    live = [share for share in rows.select_related(*_PINNED) if share.row.deleted_at is None]
    return sorted(live, key=_order)


def read_shared(therapist: User, file: uuid.UUID, how: How, **narrower: object) -> list[Read]:
    """Opens what the client of a file shares, in no order, and notes each in the access record.

    ``narrower`` picks shares, as in ``answer__lesson_id="…"`` or ``since__gte=day``.
    Raises ``Http404`` where the link has ended, by the time of the commit.
    """
    with transaction.atomic():
        link = own_link(therapist, file, lock=True)
        rows = Share.objects.filter(care=link, audience=Audience.THERAPIST, **narrower)
        shares = rows.filter(answer__deleted_at=None, pulse__deleted_at=None)
        found = sorted(shares.select_related(*_PINNED), key=_order)
        _note(therapist, found, how)
        return [_read(share, link.client) for share in found]


def _read(share: Share, client: User) -> Read:
    opened = share.row.open(share.revision, client)
    return Read(share.row, share.revision_id, share.since, opened)


def _note(therapist: User, shares: Iterable[Share], how: How) -> None:
    now = timezone.now()
    Opening.objects.bulk_create(
        Opening(
            owner_id=share.owner_id,
            reader=therapist.pk,
            row=share.row_id,
            revision=share.revision_id,
            how=how,
            opened_at=now,
            **_place(share.row),
        )
        for share in shares
    )


def _place(row: Own) -> dict[str, Any]:
    if isinstance(row, Answer):
        return {"lesson_id": row.lesson_id, "prompt_id": row.prompt_id}
    return {"week": getattr(row, "week", None)}


def unread(link: CareLink) -> set[uuid.UUID]:
    """The ids of what is shared and was not opened as it is shared now."""
    shares = Share.objects.filter(care=link, audience=Audience.THERAPIST)
    shared = {share.revision_id: share.row_id for share in shares}
    opened = Opening.objects.filter(reader=link.therapist_id, revision__in=shared)
    read = set(opened.values_list("revision", flat=True))
    return {row for revision, row in shared.items() if revision not in read}


def last_opened(link: CareLink) -> dict[uuid.UUID, datetime]:
    """When what is shared was opened last, as it is shared now; by the ids of rows."""
    opened = opened_by_therapist(link)
    shares = Share.objects.filter(care=link, audience=Audience.THERAPIST)
    return {one.row_id: opened[one.revision_id][1] for one in shares if one.revision_id in opened}


def opened_by_therapist(link: CareLink) -> dict[uuid.UUID, tuple[datetime, datetime]]:
    """When a therapist first and last opened what their client shared, by the ids of revisions."""
    rows = Opening.objects.filter(owner=link.client_id, reader=link.therapist_id)
    found = rows.values_list("revision").annotate(Min("opened_at"), Max("opened_at"))
    return {revision: (first, last) for revision, first, last in found.order_by()}


def own_openings(person: User) -> QuerySet[Opening]:
    """Each time that anything of a person's own was opened by a therapist, the last first.

    Not fetched yet: there may be very many.
    """
    return Opening.objects.filter(owner=person).order_by("-opened_at", "pk")


def _order(share: Share) -> tuple[str, str, str]:
    if share.answer:
        return ("", share.answer.lesson_id, share.answer.prompt_id)
    assert share.pulse  # noqa: S101 - for the type checker
    return ("weeks", share.pulse.week.isoformat(), "")
