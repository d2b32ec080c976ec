"""Letting somebody know by mail, once a day at most, that their partner chose to show something.

What was shown on one day, and is shown still, is told on the evening of the next. So whether there
is a mail follows from what its reader can see, and from nothing else: something that was shared
and taken back makes none, even where something of which they were told before is there still.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from exercises import access
from exercises.models import Audience, CareLink, Couple, Promise, Ready, Share
from trustbook.accounts.models import User
from trustbook.lib.outbox import choosing, posting
from trustbook.lib.outbox.hours import EVENING, moment
from trustbook.lib.outbox.kinds import Kind
from trustbook.lib.outbox.sending import LATE

DAY = timedelta(days=1)


def _still(person: User) -> bool:
    """Whether anything is there whose evening this is; or was, if the mail could not go then.

    Nothing from the day of asking to be told, or before: there was no mail about it then, so that
    something else of that day must make none now.
    """
    couple = access.couple_of(person)
    asked = choosing.chosen(person).get(FROM_PARTNER.name)
    if couple is None or asked is None:
        return False
    now, since = timezone.now(), timezone.localdate(asked, person.zone)
    return any(
        day > since and now - LATE < _evening(person, day) <= now
        for day in _days(couple, person, timezone.localdate(now, person.zone) - 2 * DAY)
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


def tell_client(link: CareLink) -> None:
    """The therapist assigned or said something: the client will know, if they asked to."""


def tell_therapist(link: CareLink) -> None:
    """The client has shared, begun, done or said something: the therapist will know, if asked."""
