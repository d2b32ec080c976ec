"""Letting somebody know by mail, once a day at most, that their partner chose to show something."""

from datetime import timedelta

from django.utils import timezone

from exercises import access
from exercises.models import Audience, Couple, Promise, Ready, Share
from trustbook.accounts.models import User
from trustbook.lib.outbox import posting
from trustbook.lib.outbox.kinds import Kind

LATELY = timedelta(days=1)


def _still(person: User) -> bool:
    """Whether anything was shown lately: what was taken back meanwhile leaves no trace."""
    couple = access.couple_of(person)
    day = timezone.localdate(timezone=person.zone) - LATELY
    shares = Share.objects.filter(couple=couple, audience=Audience.PARTNER, since__gte=day)
    opened = Ready.objects.filter(couple=couple, opened_on__gte=day)
    promises = Promise.objects.filter(couple=couple, written_on__gte=day).exclude(writer=person)
    there = (shares.exclude(owner=person), opened, promises)
    return couple is not None and any(rows.exists() for rows in there)


FROM_PARTNER = Kind(
    "partner",
    "When your partner shows you something",
    "Only if you share a workbook with somebody. The mail says nothing of what it is.",
    still=_still,
)


def tell_partner(couple: Couple, person: User) -> None:
    """``person`` has chosen to show something: the other will know, if they asked for that."""
    posting.notify(access.partner_in(couple, person), FROM_PARTNER)
