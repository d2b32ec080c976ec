"""Who can see what: all that a person shows to anybody, each with the way to take it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises import access, labels
from exercises.models import Answer, Audience, Ready, Share
from exercises.ordering import by_lesson
from exercises.sharing.page import Place, place_of, text_of
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

    ready: Ready
    asked: str


@require_safe
def who(request: SignedInRequest) -> HttpResponse:
    """The one page of consent."""
    return show_who(request)


def show_who(request: SignedInRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page; with what was wrong with the form that was sent."""
    person = request.user
    couple = access.couple_of(person)
    openings = [_opening(person, ready) for ready in access.own_readies(person)]
    sections = list(sections_of(person, access.own_shares(person)))
    context = {
        "couple": couple,
        "sections": sections,
        "opened": [one for one in openings if one.ready.opened_on],
        "ready": [one for one in openings if not one.ready.opened_on],
        "nothing": not (sections or any(one.ready.opened_on for one in openings)),
        "invited": couple is None and access.has_open_invitation(person),
        "refusal": refusal,
    }
    return render(request, "sharing/who.html", context, status=status)


def sections_of(person: User, shares: Iterable[Share]) -> Iterable[Section]:
    """What is shown, by who sees it."""
    by_audience = sorted(shares, key=lambda share: share.audience)
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
            [_line(person, of[row.pk]) for row in ordered],
            [_line(person, of[row.pk]) for row in weeks],
        )


def _line(person: User, share: Share) -> Line:
    row = share.answer or share.pulse
    assert row  # noqa: S101 - for the type checker
    asked = text_of(person, row, share.revision).asked
    return Line(share, asked, place_of(row), later=share.revision_id != row.head_id)


def _opening(person: User, ready: Ready) -> Opening:
    pins = list(ready.pins.all())
    if len(pins) != 1:
        return Opening(ready, "All your weeks")
    row = pins[0].answer or pins[0].pulse
    if not isinstance(row, Answer) and ready.topic == "weeks":
        return Opening(ready, "All your weeks")
    return Opening(ready, text_of(person, row, pins[0].revision).asked)
