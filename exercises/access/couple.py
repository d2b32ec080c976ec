"""Two people and what they have chosen to show each other."""

from django.db.models import Count
from django.http import Http404

from exercises.models import Audience, Couple, JointAnswer, Own, Share
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


def partner_known_as(couple: Couple, person: User) -> str:
    """The address by which the other one was shown when the two came together."""
    return couple.memberships.exclude(person=person).get().known_as


_PINNED = ("answer", "answer_revision", "pulse", "pulse_revision", "owner")


def shared_with(person: User) -> list[Share]:
    """What a person's partner shows them now, in no order that tells when it was shared."""
    shares = Share.objects.filter(couple__in=Couple.objects.of(person), audience=Audience.PARTNER)
    return _live(list(shares.exclude(owner=person).select_related(*_PINNED)))


def shown_counts(person: User) -> tuple[int, int]:
    """On how many lessons a person's partner shows them answers, and how many weeks."""
    shares = Share.objects.filter(couple__in=Couple.objects.of(person), audience=Audience.PARTNER)
    live = shares.filter(answer__deleted_at=None, pulse__deleted_at=None).exclude(owner=person)
    lessons, weeks = Count("answer__lesson_id", distinct=True), Count("pulse")
    found = live.aggregate(lessons=lessons, weeks=weeks)
    return found["lessons"], found["weeks"]


def own_shares(person: User) -> list[Share]:
    """What a person shows to anybody."""
    return _live(list(Share.objects.filter(owner=person).select_related(*_PINNED)))


def shown_to_partner(person: User) -> list[Share]:
    """What a person shows their partner."""
    return [share for share in own_shares(person) if share.audience == Audience.PARTNER]


def joint_answers(couple: Couple) -> list[JointAnswer]:
    """All that the two have written together, with the newest revisions, by lesson and prompt."""
    return list(JointAnswer.objects.of(couple).order_by("lesson_id", "prompt_id"))


def share_of(person: User, row: Own, audience: Audience) -> Share | None:
    """How a row of the person's own, fetched here, is shown to an audience."""
    shares = Share.objects.filter(owner=person, audience=audience).select_related(*_PINNED)
    return shares.filter(**{type(row).__name__.lower(): row}).first()


def _live(shares: list[Share]) -> list[Share]:
    """Those of rows that were not deleted; deleting ends sharing, so this is a second belt."""
    live = [share for share in shares if share.row.deleted_at is None]
    return sorted(live, key=_order)


def _order(share: Share) -> tuple[str, str, str]:
    if share.answer:
        return ("", share.answer.lesson_id, share.answer.prompt_id)
    assert share.pulse  # noqa: S101 - for the type checker
    return ("weeks", share.pulse.week.isoformat(), "")
