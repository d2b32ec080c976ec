"""Who can see what: all that a person shows to anybody, each with the way to take it back."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access, labels
from exercises.access import Chosen
from exercises.lesson_names import Names, Place, names_for
from exercises.models import Audience, CareLink, Share
from exercises.ordering import by_lesson
from exercises.sharing.page import place_in, text_of
from exercises.topics import Topic
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Line:
    """One thing that one audience is shown."""

    share: Share
    asked: str
    place: Place
    later: bool
    """Whether a later text exists, which they do not see."""
    opened: datetime | None = None
    """When one's therapist opened it last; of a partner nothing is noted."""
    said: bool = False
    """Whether one's therapist has written about it."""

    @property
    def noted(self) -> bool:
        """Whether each opening is on record."""
        return self.share.audience == Audience.THERAPIST


@dataclass(frozen=True)
class Section:
    """What one audience is shown, in the order of the courses; weeks at the end."""

    audience: Audience
    name: str
    answers: list[Line]
    weeks: list[Line]


@dataclass(frozen=True)
class Opening:
    """Something that two people open together, or that one of them is ready to."""

    topic: Topic
    asked: str
    since: date | None


@require_safe
def who(request: SignedInRequest) -> HttpResponse:
    """The one page of consent."""
    return show_who(request)


def show_who(request: SignedInRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page; with what was wrong with the form that was sent."""
    person = request.user
    couple = access.couple_of(person)
    pairs = access.opened_pairs(couple, person) if couple else []
    ready = access.own_ready(couple, person) if couple else []
    care = access.care_of(person)
    sections = list(sections_of(person, access.own_shares(person), _noted(person, care)))
    context = {
        "couple": couple,
        "care": care,
        "sections": sections,
        "opened": [_opening(pair.mine, pair.since) for pair in pairs],
        "ready": [_opening(chosen) for chosen in ready],
        "nothing": not (sections or pairs),
        "invited": couple is None and access.has_open_invitation(person),
        "refusal": refusal,
    }
    return render(request, "sharing/who.html", context, status=status)


@dataclass(frozen=True)
class Noted:
    """What became of what a therapist is shown, by the ids of rows."""

    opened: Mapping[uuid.UUID, datetime] = field(default_factory=dict)
    said: Collection[uuid.UUID] = ()


def _noted(person: User, care: CareLink | None) -> Noted:
    if care is None:
        return Noted()
    return Noted(access.last_opened(care), access.responded_rows(person))


def sections_of(person: User, shares: Iterable[Share], noted: Noted) -> Iterable[Section]:
    """What is shown, by who sees it."""
    by_audience = sorted(shares, key=lambda share: share.audience)
    own = names_for(person, (one.answer.lesson_id for one in by_audience if one.answer))
    for audience, found in groupby(by_audience, key=lambda share: Audience(share.audience)):
        of = {share.row_id: share for share in found}
        answers = [share.answer for share in of.values() if share.answer]
        ordered = [row for written in by_lesson(answers) for row in written.answers]
        weeks = sorted(
            (share.pulse for share in of.values() if share.pulse), key=lambda row: row.week
        )
        yield Section(
            audience,
            labels.name(audience),
            [_line(person, of[row.pk], own, noted) for row in ordered],
            [_line(person, of[row.pk], own, noted) for row in weeks],
        )


def _line(person: User, share: Share, own: Names, noted: Noted) -> Line:
    row = share.answer or share.pulse
    assert row  # noqa: S101 - for the type checker
    asked = text_of(person, row, share.revision).asked
    line = Line(share, asked, place_in(row, own), later=share.revision_id != row.head_id)
    if share.audience != Audience.THERAPIST:
        return line
    return replace(line, opened=noted.opened.get(row.pk), said=row.pk in noted.said)


def _opening(chosen: Chosen, since: date | None = None) -> Opening:
    """Named by the question that its own text answers."""
    if not (chosen.topic.place or chosen.topic.week):
        return Opening(chosen.topic, "All your weeks", since)
    [pin] = chosen.pins
    row = pin.answer or pin.pulse
    assert row  # noqa: S101 - for the type checker
    return Opening(chosen.topic, text_of(chosen.person, row, pin.revision).asked, since)
