"""Two people and what they have chosen to show each other."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from exercises.access.own import ROWS_AT_A_TIME
from exercises.models import (
    Audience,
    CareLink,
    Couple,
    Invitation,
    JointAnswer,
    Membership,
    Share,
)
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


def has_joint_answers(couple: Couple) -> bool:
    """Whether the two have written anything together."""
    return JointAnswer.objects.of(couple).exists()


def joint_answers(couple: Couple) -> list[JointAnswer]:
    """All that the two have written together, with the newest revisions, by lesson and prompt."""
    return list(JointAnswer.objects.of(couple).order_by("lesson_id", "prompt_id"))


def joint_rows(couple: Couple) -> Iterator[JointAnswer]:
    """The same with every revision, a few at a time."""
    rows: Any = JointAnswer.objects.of(couple).order_by("lesson_id", "prompt_id")
    yield from rows.prefetch_related("revisions").iterator(chunk_size=ROWS_AT_A_TIME)


def joint_answer(couple: Couple, lesson_id: str, prompt_id: str) -> JointAnswer | None:
    """What the two have written together at one prompt."""
    there = JointAnswer.objects.of(couple).filter(lesson_id=lesson_id, prompt_id=prompt_id)
    return there.first()


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
    """What a person shows to anybody: not to a therapist who is none (any more)."""
    cared = Q(care=None) | Q(care__in=CareLink.objects.live())
    shares = Share.objects.filter(cared, owner=person).select_related(*_PINNED, "answer__head")
    return _live(list(shares))


def shown_to_partner(person: User) -> list[Share]:
    """What a person shows their partner."""
    return [share for share in own_shares(person) if share.audience == Audience.PARTNER]


def has_open_invitation(person: User) -> bool:
    """Whether an invitation of a person's own can still be accepted."""
    return Invitation.objects.to_couple().open().filter(inviter=person).exists()


def _live(shares: list[Share]) -> list[Share]:
    """Those of rows that were not deleted; deleting ends sharing, so this is a second belt."""
    live = [share for share in shares if share.row.deleted_at is None]
    return sorted(live, key=_order)


def _order(share: Share) -> tuple[str, str, str]:
    if share.answer:
        return ("", share.answer.lesson_id, share.answer.prompt_id)
    assert share.pulse  # noqa: S101 - for the type checker
    return ("weeks", share.pulse.week.isoformat(), "")
