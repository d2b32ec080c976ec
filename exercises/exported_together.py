"""With whom a person shares a workbook, what they show, and what the two promised, for export.

An import brings none of it back: to whom something is shown is decided anew.
"""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from exercises import access
from exercises.access import Chosen, Promised
from exercises.lesson_names import FROM_THERAPIST
from exercises.models import Audience, Invitation, Membership, Share
from exercises.models.promise import State
from exercises.own_lessons import is_own
from exercises.topics import Topic
from lessons.catalogue import catalogue
from trustbook.accounts.models import User
from trustbook.lib.export import Chapter, Exported

Who = Literal["you", "partner"]


class SavedCouple(Exported):
    """The couple in which its person is now."""

    since: date
    known_as: str
    """The address that the other was shown on joining."""


class SavedInvitation(Exported):
    """An invitation that can still be accepted."""

    made_at: AwareDatetime
    again: bool
    """Also for somebody with whom a workbook was shared before."""


class SavedShare(Exported):
    """One answer or week that somebody is shown."""

    audience: Audience
    since: date
    revision: uuid.UUID
    """Exactly which save they are shown."""


class SavedReady(Exported):
    """What its person is ready to open together, or has opened."""

    topic: str
    """``answer.LESSON.PROMPT``, ``week.MONDAY`` or ``weeks``."""
    opened_on: date | None
    revisions: list[uuid.UUID] = Field(min_length=1)
    """Exactly which saves."""


class PromiseText(Exported):
    """What a promise says."""

    what: str
    until: str
    """Until when, in words; may be empty."""
    due: date | None


class SavedView(Exported):
    """What one of the two says became of a promise."""

    person: Who
    value: State
    said_on: date


class SavedPromise(Exported):
    """A promise between the two, and all that either has said of it, the first first."""

    maker: Who
    writer: Who
    """Who wrote it down."""
    written_on: date
    value: PromiseText
    views: list[SavedView]


DOCUMENT: dict[str, Any] = {
    "couples": list[SavedCouple],
    "invitations": list[SavedInvitation],
    "shares": list[SavedShare],
    "ready": list[SavedReady],
    "promises": list[SavedPromise],
}


def data_of(person: User) -> dict[str, Iterator[Exported]]:
    """The rows, by the keys of ``DOCUMENT``."""
    return {
        "couples": _couples(person),
        "invitations": _invitations(person),
        "shares": _shares(person),
        "ready": _ready(person),
        "promises": _promises(person),
    }


def _couples(person: User) -> Iterator[Exported]:
    for row in Membership.objects.filter(person=person, ended_at=None).select_related("couple"):
        yield SavedCouple(since=row.couple.since, known_as=row.known_as)


def _invitations(person: User) -> Iterator[Exported]:
    for row in Invitation.objects.to_couple().open().filter(inviter=person).order_by("made_at"):
        yield SavedInvitation(made_at=row.made_at, again=row.again)


def _shares(person: User) -> Iterator[Exported]:
    for share in access.own_shares(person):
        yield SavedShare(
            audience=Audience(share.audience), since=share.since, revision=share.revision.pk
        )


def _ready(person: User) -> Iterator[Exported]:
    for chosen, opened_on in _chosen(person):
        yield SavedReady(
            topic=chosen.topic.name,
            opened_on=opened_on,
            revisions=[pin.revision.pk for pin in chosen.pins],
        )


def _chosen(person: User) -> list[tuple[Chosen, date | None]]:
    """The person's own side of what is open, then of what they are ready for."""
    couple = access.couple_of(person)
    if couple is None:
        return []
    opened = [(pair.mine, pair.since) for pair in access.opened_pairs(couple, person)]
    return [*opened, *((one, None) for one in access.own_ready(couple, person))]


def _promises(person: User) -> Iterator[Exported]:
    for one in _promised(person):
        yield SavedPromise(
            maker=_who(one.by_me),
            writer=_who(one.written_by_me),
            written_on=one.written_on,
            value=PromiseText(what=one.wording.what, until=one.wording.until, due=one.wording.due),
            views=[
                SavedView(person=_who(said.by_me), value=said.state, said_on=said.on)
                for said in one.said
            ],
        )


def _promised(person: User) -> list[Promised]:
    couple = access.couple_of(person)
    return access.promises_of(couple, person) if couple else []


def _who(by_me: bool) -> Who:
    return "you" if by_me else "partner"


def chapters_of(person: User) -> Iterator[Chapter]:
    """Who is shown what, and what was promised, to read; no chapter that would be empty."""
    yield from _showing(person)
    promises = _promised(person)
    if promises:
        facts = [(one.wording.what, _told(one)) for one in promises]
        yield Chapter("promises", "Promises of two", facts=facts)


def _told(one: Promised) -> str:
    made = (
        f"made by {one.made_by}, {one.wording.when}"
        if one.wording.when
        else f"made by {one.made_by}"
    )
    return f"{made}; you: {one.mine.label}; your partner: {one.theirs.label}"


def _showing(person: User) -> Iterator[Chapter]:
    facts = [(_title(share), _said(share)) for share in access.own_shares(person)]
    facts += [(_topic(chosen.topic), _opened(day)) for chosen, day in _chosen(person)]
    if facts:
        yield Chapter("showing", "What you chose to show", facts=facts, printed=False)


def _title(share: Share) -> str:
    if share.answer is None:
        assert share.pulse  # noqa: S101 - for the type checker
        return f"The week of {share.pulse.week:%-d %B %Y}"
    return _place(share.answer.lesson_id, share.answer.prompt_id)


def _place(lesson_id: str, prompt_id: str) -> str:
    lesson = catalogue().lesson_by_id(lesson_id)
    if is_own(lesson_id):
        return FROM_THERAPIST
    if lesson is None:
        return f"A lesson that is no longer offered ({lesson_id})"
    prompt = lesson.exercise.prompt(prompt_id)
    return f"{lesson.title}: {prompt.ask}" if prompt else lesson.title


def _said(share: Share) -> str:
    return f"shown to {Audience(share.audience).label.lower()} since {share.since:%-d %B %Y}"


def _topic(topic: Topic) -> str:
    if topic.place:
        return _place(*topic.place)
    return f"The week of {topic.week:%-d %B %Y}" if topic.week else "All your weeks"


def _opened(day: date | None) -> str:
    return f"opened together on {day:%-d %B %Y}" if day else "you are ready to open it together"
