"""Showing something, and taking it back.

The order of locks is the same wherever something begins or stops being shown: the couple first,
then the answer's row, then the rest.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from exercises import access, shown, telling
from exercises.models import Audience, CareLink, Couple, Pulse, Share
from exercises.shown import PINNED
from trustbook.accounts.models import User


class Newer(Exception):
    """Another text was saved after the page was made: it was not shown, so it is not shared."""

    says_nothing_private = True


class NothingToShow(Exception):
    """The answer is empty."""

    says_nothing_private = True


def share(person: User, row: access.Showable, revision: uuid.UUID, audience: Audience) -> None:
    """From now on ``audience`` sees this revision of ``row``, in place of an earlier one.

    Raises ``Newer`` unless it is the newest, ``NothingToShow``, and ``Http404`` where the row or
    the audience is gone; then nothing is changed. Done twice, it is done once.
    """
    with transaction.atomic():
        among = access.locked_audience(person, audience)
        locked = access.locked_showable(person, row)
        if locked.head_id != revision:
            raise Newer
        if not says_something(person, locked):
            raise NothingToShow
        if _show(person, [locked], among, audience):
            _tell(among, person)


def share_weeks(person: User, digest: str, audience: Audience) -> None:
    """The same for every week that has numbers, if they are still those of ``digest``."""
    with transaction.atomic():
        among = access.locked_audience(person, audience)
        pulses = written(person, access.locked_pulses(person))
        if digest_of(pulses) != digest:
            raise Newer
        if not pulses:
            raise NothingToShow
        if _show(person, pulses, among, audience):
            _tell(among, person)


def withdraw(person: User, row: access.Showable, audience: Audience) -> None:
    """From the next request on ``audience`` is not shown ``row``; harmless where it is not."""
    with transaction.atomic():
        shown.lock(person)
        rows = Share.objects.filter(owner=person, audience=audience)
        shown.withdraw(rows.filter(**{PINNED[type(row)]: row}))


def withdraw_weeks(person: User, audience: Audience) -> None:
    """The same for all weeks."""
    with transaction.atomic():
        shown.lock(person)
        rows = Share.objects.filter(owner=person, audience=audience, pulse__isnull=False)
        shown.withdraw(rows)


def says_something(person: User, row: access.Showable) -> bool:
    """Whether there is anything to show in the newest revision."""
    opened = row.open(row.head, person)
    return bool(opened.prompt.show(opened.value))


def written(person: User, pulses: Iterable[Pulse]) -> list[Pulse]:
    """Those that have a number."""
    return [pulse for pulse in pulses if says_something(person, pulse)]


def digest_of(pulses: Iterable[Pulse]) -> str:
    """Names exactly these revisions, however many."""
    ids = sorted(pulse.head_id.hex for pulse in pulses)
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()


def _show(
    person: User, rows: Sequence[access.Showable], among: Couple | CareLink, audience: Audience
) -> bool:
    """Pins the newest revision of each of ``rows``, of one kind; whether that was any news."""
    field = PINNED[type(rows[0])]
    before = Share.objects.filter(owner=person, audience=audience, **{f"{field}__in": rows})
    pinned = {share.row_id: share for share in before}
    new = [row for row in rows if row.pk not in pinned or pinned[row.pk].revision_id != row.head_id]
    if not new:
        return False
    shown.withdraw(before.filter(**{f"{field}__in": new}))
    today = timezone.localdate(timezone=person.zone)
    Share.objects.bulk_create(
        Share(
            owner=person,
            audience=audience,
            **{"couple" if isinstance(among, Couple) else "care": among},
            since=today,
            **Share.fields_of(row, row.head),
        )
        for row in new
    )
    return True


def _tell(among: Couple | CareLink, person: User) -> None:
    if isinstance(among, Couple):
        telling.tell_partner(among, person)
    else:
        telling.tell_therapist(among)
