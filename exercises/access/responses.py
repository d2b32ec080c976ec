"""What a therapist and a client say to each other about what is shared: who reads and writes it.

A therapist reads it only beside what is shared at that moment; a client always, of their own.
"""

import uuid
from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404

from exercises.models import Audience, CareLink, Response, Share
from exercises.models.care import CareLinkQuerySet
from trustbook.accounts.models import User

_ABOUT = ("answer__head", "pulse__head")


def shared_now(link: CareLink, row: uuid.UUID) -> Share | None:
    """How one answer or week is shared with the therapist; the text itself stays closed."""
    rows = Share.objects.filter(Q(answer=row) | Q(pulse=row), care=link)
    live = rows.filter(audience=Audience.THERAPIST, answer__deleted_at=None, pulse__deleted_at=None)
    return live.select_related("answer", "pulse").first()


def shown_responses(link: CareLink) -> list[Response]:
    """All that both said about what is shared now, in the order of writing; one query."""
    shares = Share.objects.filter(care=link, audience=Audience.THERAPIST)
    about = Q(answer__in=shares.values("answer")) | Q(pulse__in=shares.values("pulse"))
    return _ordered(Response.objects.filter(about, link=link))


def own_responses(client: User, row: uuid.UUID | None = None) -> list[Response]:
    """All that both said about what a client wrote, shared still or not; of one row, or of all."""
    rows = Response.objects.filter(
        link__in=CareLink.objects.live().filter(client=client),
        answer__deleted_at=None,
        pulse__deleted_at=None,
    ).select_related("link", *_ABOUT)
    return _ordered(rows.filter(Q(answer=row) | Q(pulse=row)) if row else rows)


def responded_rows(client: User) -> set[uuid.UUID]:
    """About which answers and weeks of a client their therapist has said something."""
    rows = Response.objects.filter(
        link__in=CareLink.objects.live().filter(client=client),
        answer__deleted_at=None,
        pulse__deleted_at=None,
        withdrawn_at=None,
    ).exclude(writer=client)
    return {answer or pulse for answer, pulse in rows.values_list("answer", "pulse")}


def said_by_therapist(therapist: User, response: uuid.UUID, *, lock: bool = False) -> Response:
    """Something that a therapist said to a client, whose link holds, about what is shared now.

    About anything else it is as gone as where the client has deleted what it is about.
    """
    links = CareLink.objects.live().filter(therapist=therapist)
    found = _said(links, therapist, response, lock=lock)
    if shared_now(found.link, found.row_id) is None:
        raise Http404
    return found


def said_by_client(client: User, response: uuid.UUID, *, lock: bool = False) -> Response:
    """Something that a client said to their therapist, while the link holds."""
    return _said(CareLink.objects.live().filter(client=client), client, response, lock=lock)


def _said(links: CareLinkQuerySet, writer: User, response: uuid.UUID, *, lock: bool) -> Response:
    """``lock`` keeps the link's row, then that of the response, until the commit."""
    if lock:
        about = links.filter(pk__in=Response.objects.filter(pk=response).values("link"))
        list(about.select_for_update(of=("self",)))
    rows = Response.objects.filter(link__in=links, writer=writer, pk=response)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise Http404
    return found


def _ordered(rows: Iterable[Response]) -> list[Response]:
    return sorted(rows, key=lambda one: (one.written_at, one.pk))
