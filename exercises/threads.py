"""What a therapist and a client say to each other about one shared answer: a short thread.

Each says it to a revision that is shared at that moment. What was said is changed and withdrawn
openly: both see that it was, nothing of what it said before is kept. Whatever is written here locks
the link first, so that of writing and ending at the same moment one comes after the other.
"""

import hmac
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, QueryDict
from django.utils import timezone

from exercises import access, shown, telling
from exercises.models import CareLink, Response, Share
from exercises.saving import read_id
from lessons.kinds import Refused
from lessons.kinds.fields import clean_text
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.lib import sqlite_log

WORD = "response"
"""What the ledger calls one that was withdrawn: no backup brings its text back."""
LONGEST = 4_000
"""Characters in one of them."""
MOST = 20
"""Of both about one answer, those that were withdrawn among them."""
FULL = (
    f"There are {MOST} texts in this conversation, which is as many as it can hold, so this was "
    "not sent. Say the rest when you meet."
)
BLANK = "There is nothing written here, so nothing was sent."
CHANGED = (
    "This was changed in another page, so nothing was changed now. It stands below as it is; "
    "what you typed is in the form."
)
TEXT, REVISION, TOKEN, WAS = "text", "text:revision", "text:token", "text:was"
"""The fields of a form."""


class Newer(Exception):
    """What is shared now is another text than the one that was read."""

    says_nothing_private = True


class Changed(Exception):
    """Another page has changed or withdrawn it meanwhile."""

    says_nothing_private = True


@dataclass(frozen=True)
class Said:
    """One text in a thread, as one of the two reads it."""

    id: uuid.UUID
    mine: bool
    who: str
    """``You``, ``Your therapist`` or ``Your client``."""
    text: str
    """Empty once it was withdrawn."""
    on: datetime
    edited: datetime | None
    withdrawn: datetime | None
    about: date | None
    """Since when the version was shared that it is about, where another one is shared now."""


@dataclass(frozen=True)
class Thread:
    """What was said about one answer or week, and what a form to go on needs."""

    row: uuid.UUID
    revision: uuid.UUID | None
    """What is shared now; None where nothing is, so that nobody can go on."""
    said: list[Said]
    owner: str
    token: uuid.UUID = field(default_factory=uuid.uuid4)
    longest: str = f"{LONGEST:,}"
    most: int = MOST

    @property
    def last(self) -> Said | None:
        """What was said last."""
        return self.said[-1] if self.said else None

    @property
    def full(self) -> bool:
        """Whether no more can be said."""
        return len(self.said) >= MOST


@dataclass(frozen=True)
class Sent:
    """What a form has sent."""

    text: str
    revision: uuid.UUID
    token: uuid.UUID


def therapists_threads(
    link: CareLink, shown: Iterable[tuple[uuid.UUID, uuid.UUID]]
) -> dict[uuid.UUID, Thread]:
    """For the therapist: a thread for each row and revision in ``shown``, perhaps an empty one.

    By the ids of rows, in one query. Of what is not shared now nothing is among them.
    """
    said = access.shown_responses(link)
    return {row: _thread(link, link.therapist, row, revision, said) for row, revision in shown}


def clients_thread(link: CareLink, row: uuid.UUID, share: Share | None) -> Thread:
    """For the client: what was said about a row of theirs, which is shared as in ``share``."""
    said = access.own_responses(link.client, row)
    return _thread(link, link.client, row, share.revision_id if share else None, said)


def _thread(
    link: CareLink,
    reader: User,
    row: uuid.UUID,
    revision: uuid.UUID | None,
    responses: list[Response],
) -> Thread:
    said = [_said(link, reader, one, revision) for one in responses if one.row_id == row]
    return Thread(row, revision, said, owner_mark(reader))


def _said(link: CareLink, reader: User, one: Response, revision: uuid.UUID | None) -> Said:
    mine = one.writer_id == reader.pk
    other = "Your client" if reader.pk == link.therapist_id else "Your therapist"
    return Said(
        id=one.pk,
        mine=mine,
        who="You" if mine else other,
        text="" if one.withdrawn_at else one.open(link),
        on=one.written_at,
        edited=one.edited_at,
        withdrawn=one.withdrawn_at,
        about=one.shared_on if one.revision != revision else None,
    )


def read_text(post: QueryDict) -> str:
    """What was typed. Raises ``Refused`` for what cannot be sent."""
    text = clean_text(post.get(TEXT, ""), most=10**9).strip()
    if not text:
        raise Refused(BLANK)
    if len(text) > LONGEST:
        raise Refused(
            f"This is {len(text):,} characters long; {LONGEST:,} can be sent at once, so nothing "
            "was. Shorten it, or send it in two."
        )
    return text


def read_sent(post: QueryDict) -> Sent:
    """What a form to say something has sent. Raises ``Refused``."""
    return Sent(read_text(post), read_id(post.get(REVISION)), read_id(post.get(TOKEN)))


def say(link: CareLink, writer: User, row: uuid.UUID, sent: Sent) -> Response:
    """Says something about what is shared; the caller has locked the link.

    Sent again, it is the same one. Raises ``Http404`` where it is not shared (any more), ``Newer``
    where another text is, and ``Refused`` when there is no room.
    """
    token = _token(link, writer, row, sent)
    before = Response.objects.filter(link=link, token=token).first()
    if before is not None:
        return before
    share = access.shared_now(link, row)
    if share is None:
        raise Http404
    if share.revision_id != sent.revision:
        raise Newer
    about = Q(answer=row) | Q(pulse=row)
    if Response.objects.filter(about, link=link).count() >= MOST:
        raise Refused(FULL)
    said = Response(
        link=link,
        answer=share.answer,
        pulse=share.pulse,
        revision=share.revision_id,
        shared_on=share.since,
        writer=writer,
        token=token,
        written_at=timezone.now(),
    )
    said.seal(link, sent.text)
    said.save(force_insert=True)
    _tell(link, writer)
    return said


def _token(link: CareLink, writer: User, row: uuid.UUID, sent: Sent) -> uuid.UUID:
    """Names these very words: others under the same token come from a page that was gone back to.

    So it can be told, too, once what it names was changed.
    """
    told = sent.token.bytes + writer.pk.bytes + row.bytes + sent.text.encode()
    return uuid.UUID(bytes=hmac.digest(link.data_key(), told, "sha256")[:16])


def _tell(link: CareLink, writer: User) -> None:
    if writer.pk == link.therapist_id:
        telling.tell_client(link)
    else:
        telling.tell_therapist(link)


def form_of(response: Response, writer: User) -> dict[str, Any]:
    """What a form holds that changes a response. Raises ``Http404`` as ``edit`` does."""
    _changeable(response)
    return {
        "response": response,
        "said": response.open(response.link),
        "was": _stand(response),
        "longest": f"{LONGEST:,}",
        "owner": owner_mark(writer),
    }


def _changeable(response: Response) -> None:
    if response.withdrawn_at or access.shared_now(response.link, response.row_id) is None:
        raise Http404


def _stand(response: Response) -> str:
    """Tells a text from what it was changed to."""
    return response.edited_at.isoformat() if response.edited_at else ""


def edit(response: Response, text: str, was: str) -> None:
    """Says something else instead; the link is locked. What it said before is not kept.

    Raises ``Http404`` where it was withdrawn, or what it is about is not shared any more, and
    ``Changed`` where it does not stand as the page has shown it.
    """
    _changeable(response)
    if response.open(response.link) == text:
        return
    if _stand(response) != was:
        raise Changed
    response.seal(response.link, text)
    response.edited_at = timezone.now()
    response.save(update_fields=["sealed", "edited_at"])


def withdraw(response: Response) -> None:
    """Both see that it was withdrawn, neither what it said; the link is locked. Done once."""
    if response.withdrawn_at:
        return
    shown.note([(WORD, response.pk)])
    response.seal(response.link, "")
    response.withdrawn_at = timezone.now()
    response.save(update_fields=["sealed", "withdrawn_at"])


def forget(ids: Collection[uuid.UUID]) -> int:
    """Deletes what was withdrawn and a restored backup has brought back; how many there were.

    What it said may be read there once more, so nothing of it is left, not even that it was.
    """
    gone = Response.objects.filter(pk__in=list(ids), withdrawn_at=None).delete()[1]
    sqlite_log.forget("default")
    return gone.get(Response._meta.label, 0)
