"""A client and their therapist, as the client may see it."""

import uuid
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from exercises.access.own import lesson_with
from exercises.models import Assignment, CareLink
from exercises.own_lessons import is_own, lesson_of
from lessons.catalogue import Lesson
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User


def care_of(person: User) -> CareLink | None:
    """What links a client with their therapist now, who is fetched along."""
    return CareLink.objects.live().filter(client=person).select_related("therapist").first()


def own_care(person: User) -> CareLink:
    """The same, for pages that there are for clients only."""
    link = care_of(person)
    if link is None:
        raise Http404
    return link


def locked_care(person: User) -> CareLink:
    """The same, locked until the commit: what changes what a therapist is shown begins with this,
    and before it with the couple, if that is locked at all.
    """
    rows = CareLink.objects.live().filter(client=person).select_related("therapist")
    link = rows.select_for_update(of=("self",)).first()
    # Where PostgreSQL had to wait for somebody who was ending it, the joined rows are not looked
    # at again.
    if link is None or not CareLink.objects.live().filter(pk=link.pk).exists():
        raise Http404
    return link


def own_assignments(person: User, today: date) -> list[Assignment]:
    """What a client was assigned and may see by ``today``, their own day; the next due first.

    Those that were put aside, done or withdrawn as well: whoever asks picks.
    """
    rows = Assignment.objects.filter(link__in=CareLink.objects.live().filter(client=person))
    begun = rows.filter(Q(starts_on=None) | Q(starts_on__lte=today)).select_related(
        "link", "version"
    )
    return sorted(begun, key=lambda row: (row.due_on or date.max, row.assigned_on, row.position))


def own_assignment(person: User, assignment: uuid.UUID, today: date) -> Assignment:
    """One of them that was not withdrawn, locked until the commit; the link is locked already."""
    rows = Assignment.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=today),
        link__in=CareLink.objects.live().filter(client=person),
        withdrawn_on=None,
        pk=assignment,
    )
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise Http404
    return found


def lesson_for(person: User, lesson_id: str) -> Lesson:
    """A lesson by its permanent id: of the catalogue, or one that the person was given."""
    return given_lesson(person, lesson_id) if is_own(lesson_id) else lesson_with(lesson_id)


def given_lesson(person: User, lesson_id: str) -> Lesson:
    """A lesson that a client's therapist wrote and gave them, in the version that they have.

    It is there from the day on which it starts until the assignment is withdrawn or the link ends.
    """
    row = _given(person).filter(lesson_id=lesson_id).first()
    if row is None or row.version is None:
        raise Http404
    try:
        return lesson_of(row.version, row.link.therapist)
    except KeyGone:  # the therapist's account is being erased at this very moment
        raise Http404 from None


def given_lessons(person: User) -> list[Assignment]:
    """The assignments by which a client may read lessons that their therapist wrote, one each."""
    found: dict[str, Assignment] = {}
    for row in _given(person):
        found.setdefault(row.lesson_id, row)
    return list(found.values())


def _given(person: User) -> "QuerySet[Assignment]":
    """Of a lesson that was given more than once, what is open comes first, then the latest."""
    today = timezone.localdate(timezone=person.zone)
    rows = Assignment.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=today),
        link__in=CareLink.objects.live().filter(client=person),
        version__isnull=False,
        withdrawn_on=None,
    ).select_related("version", "link__therapist")
    return rows.order_by(F("done_on").desc(nulls_first=True), "-assigned_on", "pk")
