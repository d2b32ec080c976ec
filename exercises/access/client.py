"""A client and their therapist, as the client may see it."""

import uuid
from datetime import date

from django.db.models import Q
from django.http import Http404

from exercises.models import Assignment, CareLink
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
