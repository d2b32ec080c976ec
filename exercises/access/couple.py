"""Two people and what they have chosen to show each other."""

from django.db.models import Prefetch
from django.http import Http404

from exercises.models import Audience, Couple, Invitation, Membership, Own, Ready, ReadyPin, Share
from trustbook.accounts.models import User


def couple_of(person: User) -> Couple | None:
    """The couple in which a person is now."""
    return Couple.objects.of(person).first()


def own_couple(person: User) -> Couple:
    """The same, for pages that there are for couples only."""
    couple = couple_of(person)
    if couple is None:
        raise Http404
    return couple


def locked_couple(person: User) -> Couple:
    """The same, locked until the commit: what changes what the two are shown begins with this."""
    couple = Couple.objects.of(person).select_for_update().first()
    # Where PostgreSQL had to wait for somebody who was leaving, it does not look at the membership
    # again, which has ended meanwhile.
    if couple is None or not Couple.objects.of(person).filter(pk=couple.pk).exists():
        raise Http404
    return couple


def partner_in(couple: Couple, person: User) -> User:
    """The other one."""
    membership = couple.memberships.exclude(person=person).select_related("person").get()
    return membership.person


def partner_known_as(person: User) -> str | None:
    """The address by which the other one was shown when the two came together; None if alone."""
    both = Membership.objects.filter(couple__in=Couple.objects.of(person))
    return both.exclude(person=person).values_list("known_as", flat=True).first()


_PINNED = ("answer", "answer_revision", "pulse", "pulse_revision", "owner")


def shared_with(person: User) -> list[Share]:
    """What a person's partner shows them now, in no order that tells when it was shared."""
    shares = Share.objects.filter(couple__in=Couple.objects.of(person), audience=Audience.PARTNER)
    return _live(list(shares.exclude(owner=person).select_related(*_PINNED)))


def own_shares(person: User) -> list[Share]:
    """What a person shows to anybody."""
    shares = Share.objects.filter(owner=person).select_related(*_PINNED, "answer__head")
    return _live(list(shares))


def share_of(person: User, row: Own, audience: Audience) -> Share | None:
    """How a row of the person's own, fetched here, is shown to an audience."""
    shares = Share.objects.filter(owner=person, audience=audience).select_related(*_PINNED)
    return shares.filter(**{type(row).__name__.lower(): row}).first()


def own_readies(person: User) -> list[Ready]:
    """What a person is ready to open, or has opened, with their own texts; told to nobody else."""
    readies = Ready.objects.filter(couple__in=Couple.objects.of(person), person=person)
    pins = ReadyPin.objects.select_related("answer", "answer_revision", "pulse", "pulse_revision")
    return list(readies.order_by("topic").prefetch_related(Prefetch("pins", pins)))


def has_open_invitation(person: User) -> bool:
    """Whether an invitation of a person's own can still be accepted."""
    return Invitation.objects.open().filter(inviter=person).exists()


def _live(shares: list[Share]) -> list[Share]:
    """Those of rows that were not deleted; deleting ends sharing, so this is a second belt."""
    live = [share for share in shares if share.row.deleted_at is None]
    return sorted(live, key=_order)


def _order(share: Share) -> tuple[str, str, str]:
    if share.answer:
        return ("", share.answer.lesson_id, share.answer.prompt_id)
    assert share.pulse  # noqa: S101 - for the type checker
    return ("weeks", share.pulse.week.isoformat(), "")
