"""The weeks that two people show each other: each of them by itself, none against another."""

from collections.abc import Iterable
from dataclasses import dataclass

from exercises import access
from exercises.models import Share
from exercises.past import Week, week_told
from exercises.plot import Plot, plots
from lessons.kinds.pulse import HIGH, LOW, NAMES
from trustbook.accounts.models import User


@dataclass(frozen=True)
class Mine:
    """A week of one's own that the partner sees."""

    share: Share
    week: Week


@dataclass(frozen=True)
class Page:
    """The first week first."""

    theirs: list[Week]
    plots: list[Plot]
    mine: list[Mine]
    names: tuple[str, ...] = tuple(NAMES.values())
    low: str = LOW
    high: str = HIGH


def weeks_for(person: User) -> Page:
    """What both show of their weeks; a note on a week never is."""
    theirs = [_week(share) for share in _of_weeks(access.shared_with(person))]
    mine = [Mine(share, _week(share)) for share in _of_weeks(access.shown_to_partner(person))]
    return Page(theirs, plots(theirs), mine)


def _of_weeks(shares: Iterable[Share]) -> list[Share]:
    return [share for share in shares if share.pulse]


def _week(share: Share) -> Week:
    assert share.pulse  # noqa: S101 - for the type checker
    return week_told(share.pulse.week, share.pulse.open(share.revision, share.owner))
