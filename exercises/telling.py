"""Letting somebody know by mail, once a day at most, that another has chosen to show something.

A partner, a therapist or a client. What was shown on one day, and is shown still, is told on the
evening of the next. So whether there is a mail follows from what its reader can see, and from
nothing else: something that was shared and taken back makes none, even where something of which
they were told before is there still.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from exercises import access
from exercises.models import (
    Assignment,
    Audience,
    CareLink,
    Couple,
    Promise,
    Ready,
    Response,
    Share,
)
from trustbook.accounts.models import User
from trustbook.accounts.therapists import has_role
from trustbook.lib.outbox import choosing, posting
from trustbook.lib.outbox.hours import EVENING, moment
from trustbook.lib.outbox.kinds import Kind
from trustbook.lib.outbox.sending import LATE

DAY = timedelta(days=1)


def _still(person: User) -> bool:
    """Whether a partner has shown anything whose evening this is."""
    couple = access.couple_of(person)
    return couple is not None and _is_told(person, FROM_PARTNER, partial(_days, couple, person))


def _is_told(person: User, kind: Kind, days: Callable[[date], set[date]]) -> bool:
    """Whether this is the evening of one of ``days``; or was, if the mail could not go then.

    Nothing from the day of asking to be told, or before: there was no mail about it then, so that
    something else of that day must make none now.
    """
    asked = choosing.chosen(person).get(kind.name)
    if asked is None:
        return False
    now, since = timezone.now(), timezone.localdate(asked, person.zone)
    return any(
        day > since and now - LATE < _evening(person, day) <= now
        for day in days(timezone.localdate(now, person.zone) - 2 * DAY)
    )


def _days(couple: Couple, person: User, first: date) -> set[date]:
    """On which days something began to be shown to ``person`` that is shown still."""
    shares = Share.objects.filter(couple=couple, audience=Audience.PARTNER, since__gte=first)
    opened = Ready.objects.filter(couple=couple, opened_on__gte=first)
    promises = Promise.objects.filter(couple=couple, written_on__gte=first).exclude(writer=person)
    return {
        *shares.exclude(owner=person).values_list("since", flat=True),
        *(one.opened_on for one in opened if one.opened_on),
        *promises.values_list("written_on", flat=True),
    }


def _evening(person: User, day: date) -> datetime:
    """When ``person`` is told what was shown on ``day``, as the one who showed it had that day."""
    return moment(day + DAY, EVENING, person.zone)


FROM_PARTNER = Kind(
    "partner",
    "When your partner shows you something",
    "Only if you share a workbook with somebody. The mail says nothing of what it is.",
    still=_still,
)


def tell_partner(couple: Couple, person: User) -> None:
    """``person`` has chosen to show something: the other will know, if they asked for that."""
    _tell(access.partner_in(couple, person), person)


def tell_both(couple: Couple, person: User) -> None:
    """``person`` has opened what both see now. They are told of it too: were they not, a mail
    would tell them that the other had shared something on that day and taken it back.
    """
    tell_partner(couple, person)
    _tell(person, person)


def _tell(reader: User, person: User) -> None:
    evening = _evening(reader, timezone.localdate(timezone=person.zone))
    # On the far side of the world that evening may be over, and its mail sent.
    if evening > timezone.now():
        posting.notify(reader, FROM_PARTNER, evening)


def _still_from_therapist(person: User) -> bool:
    """The same of a therapist, for their client."""
    link = access.care_of(person)
    return link is not None and _is_told(person, FROM_THERAPIST, partial(_from_therapist, link))


def _from_therapist(link: CareLink, first: date) -> set[date]:
    """On which days something began to wait for a client, or was written to them.

    What they have done or put aside does not wait, and what begins later is not there yet.
    """
    given = Assignment.objects.open().filter(link=link, aside_at=None)
    said = Response.objects.filter(link=link, writer=link.therapist_id, withdrawn_at=None)
    return {
        *(max(one.assigned_on, one.starts_on or one.assigned_on) for one in given),
        *(
            timezone.localdate(one.written_at, link.client.zone)
            for one in said.filter(written_at__gte=_before(first))
        ),
    }


def _still_from_client(person: User) -> bool:
    """The same of all clients of a therapist."""
    return _is_told(person, FROM_CLIENT, partial(_from_clients, person))


def _from_clients(therapist: User, first: date) -> set[date]:
    """On which days a client has shown something that is shown still, pressed, or written back."""
    links = CareLink.objects.live().filter(therapist=therapist)
    shares = Share.objects.filter(care__in=links, audience=Audience.THERAPIST)
    shown = shares.filter(Q(answer=OuterRef("answer")) | Q(pulse=OuterRef("pulse")))
    said = Response.objects.filter(Exists(shown), link__in=links, withdrawn_at=None)
    said = said.exclude(writer=therapist).filter(written_at__gte=_before(first))
    pressed = Assignment.objects.filter(link__in=links, withdrawn_on=None)
    days = pressed.values_list("begun_on", "done_on")
    return {
        *shares.filter(since__gte=first).values_list("since", flat=True),
        *(day for both in days for day in both if day and day >= first),
        *(
            timezone.localdate(one.written_at, one.writer.zone)
            for one in said.select_related("writer")
        ),
    }


def _before(day: date) -> datetime:
    """A moment before that day begins anywhere."""
    return moment(day - DAY, time(), UTC)


FROM_THERAPIST = Kind(
    "therapist",
    "When your therapist gives you a lesson or writes to you",
    "Only if you have a therapist here. The mail says nothing of what it is.",
    still=_still_from_therapist,
)
FROM_CLIENT = Kind(
    "client",
    "When a client shows you something",
    "Or presses “begin” or “done”, or writes back. The mail does not say who it is, nor what.",
    still=_still_from_client,
    offered=has_role,
)


def tell_client(link: CareLink, *days: date) -> None:
    """The therapist gave or said something: the client will know, if they asked to.

    ``days``: when it can be seen, as the client has them; today, unless it begins later.
    """
    for day in days or [timezone.localdate(timezone=link.client.zone)]:
        posting.notify(link.client, FROM_THERAPIST, _evening(link.client, day))


def tell_therapist(link: CareLink) -> None:
    """The client has shared, begun, done or said something: the therapist will know, if asked."""
    evening = _evening(link.therapist, timezone.localdate(timezone=link.client.zone))
    if evening > timezone.now():
        posting.notify(link.therapist, FROM_CLIENT, evening)
