"""Who can see an answer or a week, in the words that stand beside it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from exercises.access import Seen, Showable
from exercises.models import Audience, Own, Share
from lessons.kinds.pattern import Pattern, hole

ONLY_YOU = "Only you"
NOBODY = "Nobody is shown what you write here."
SOMEBODY = "Nobody is shown what you write here but what you share: beside each it says with whom."


@dataclass(frozen=True)
class Label:
    """What is said of one row. ``href`` leads to changing it; empty where nobody is there."""

    words: str
    href: str
    shares: tuple[Share, ...] = ()


def label(seen: Seen, row: Own | None) -> Label:
    """The label of one row, which has its newest revision; of none, as long as nothing is saved."""
    shares = seen.of(row)
    if not isinstance(row, Showable) or not (seen.audiences or shares):
        return Label(ONLY_YOU, "")
    href = f"{_sharing()}{row.pk}/"
    return Label(_words(shares, row) or ONLY_YOU, href, tuple(shares))


def line(seen: Seen, row: Own | None) -> SafeString:
    """The label as HTML."""
    said = label(seen, row)
    filled = _pattern(bool(said.href)).fill({"words": said.words, "href": said.href})
    return SafeString(filled.strip())


def under(seen: Seen, row: Own | None, offers: str = "") -> SafeString:
    """What stands under a prompt: the label and, in a couple, what else the two can do there."""
    offered = offers if seen.audiences else ""
    return _paragraph().fill({"line": line(seen, row), "offers": offered})


def promise(seen: Seen) -> str:
    """What is true at the foot of a form, of all that is written in it."""
    return SOMEBODY if seen.audiences or seen.shares else NOBODY


def day(moment: date) -> str:
    """``3 May``, of another year ``3 May 2025``."""
    year = "" if moment.year == timezone.localdate().year else f" {moment.year}"
    return f"{moment.day} {moment:%B}{year}"


def _words(shares: list[Share], row: Own) -> str:
    """Who sees the newest text; then, who sees an earlier one."""
    now = [_name(share) for share in shares if share.revision_id == row.head_id]
    before = [
        f"{_name(share)} sees the version that you shared on {day(share.since)}"
        for share in shares
        if share.revision_id != row.head_id
    ]
    said = "; ".join(part for part in (_and(now), *before) if part)
    return said[:1].upper() + said[1:]


def _and(names: list[str]) -> str:
    return " and ".join(names)


def _name(share: Share) -> str:
    name: str = Audience(share.audience).label
    return name[:1].lower() + name[1:]


@cache
def _sharing() -> str:
    return reverse("sharing:who")


@cache
def _paragraph() -> Pattern:
    return Pattern.of("sharing/_under.html", {"line": hole("line"), "offers": hole("offers")})


@cache
def _pattern(changes: bool) -> Pattern:
    context = {"words": hole("words"), "href": hole("href") if changes else ""}
    return Pattern.of("sharing/_label.html", context)
