"""Who can see an answer or a week, in the words that stand beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from exercises.access import Seen, Showable, Shown
from exercises.models import Audience, Kept, Own
from lessons.kinds.pattern import Pattern, hole

ONLY_YOU = "Only you"
NOBODY = "Nobody is shown what you write here."
SOMEBODY = (
    "Nobody is shown what you write here unless you choose it: under each answer it says who can "
    "see it."
)


@dataclass(frozen=True)
class Label:
    """What is said of one row. ``href`` leads to changing it; empty where nobody is there."""

    words: str
    href: str
    shown: tuple[Shown, ...] = ()

    @property
    def shares(self) -> list[Shown]:
        """What can be taken back by its owner alone."""
        return [one for one in self.shown if not one.topic]


def label(seen: Seen, row: Kept | None) -> Label:
    """The label of one row, which has its newest revision; of none, as long as nothing is saved."""
    if not isinstance(row, Showable):
        return Label(ONLY_YOU, "")
    shown = seen.of(row)
    if not (seen.audiences or shown):
        return Label(ONLY_YOU, "")
    href = f"{_sharing()}{row.pk}/"
    return Label(_words(shown, row) or ONLY_YOU, href, tuple(shown))


def line(seen: Seen, row: Kept | None) -> SafeString:
    """The label as HTML."""
    said = label(seen, row)
    filled = _pattern(bool(said.href)).fill({"words": said.words, "href": said.href})
    return SafeString(filled.strip())


def under(seen: Seen, row: Kept | None, offers: str = "") -> SafeString:
    """What stands under a prompt: the label, the way to what a therapist has written about it and,
    in a couple, what else the two can do there.
    """
    if not (seen.audiences or seen.shown):
        return _alone()
    offered = [offers] if Audience.PARTNER in seen.audiences else []
    if row is not None and row.pk in seen.said:
        offered.insert(0, _said().fill({"href": reverse("client:thread", args=[row.pk])}))
    return _paragraph().fill({"line": line(seen, row), "offers": SafeString("".join(offered))})


@cache
def _alone() -> SafeString:
    """The same under every prompt of whoever shares with nobody."""
    return _paragraph().fill({"line": line(Seen((), {}), None), "offers": ""})


def seen_by(seen: Seen, row: Kept) -> str:
    """``Your partner can see a version of it``; empty where nobody can."""
    names = dict.fromkeys(name(one.audience) for one in label(seen, row).shown)
    words = " and ".join(names)
    return f"{words[:1].upper()}{words[1:]} can see a version of it" if words else ""


def promise(seen: Seen) -> str:
    """What is true at the foot of a form, of all that is written in it."""
    return SOMEBODY if seen.audiences or seen.shown else NOBODY


def name(audience: Audience) -> str:
    """``your partner``."""
    label: str = audience.label
    return label[:1].lower() + label[1:]


def day(moment: date) -> str:
    """``3 May``, of another year ``3 May 2025``."""
    year = "" if moment.year == timezone.localdate().year else f" {moment.year}"
    return f"{moment.day} {moment:%B}{year}"


def moment(when: datetime) -> str:
    """``3 May, 14:10``, in the time zone of the request."""
    local = timezone.localtime(when)
    return f"{day(local.date())}, {local:%H:%M}"


def _words(shown: list[Shown], row: Own) -> str:
    """Who sees the newest text; then, who sees an earlier one and none that is newer."""
    said = {one.audience: name(one.audience) for one in shown if one.revision_id == row.head_id}
    before = [
        f"{name(one.audience)} sees the version that you {_did(one)} on {day(one.since)}"
        for one in shown
        if one.audience not in said
    ]
    words = "; ".join(
        part for part in (" and ".join(said.values()), *dict.fromkeys(before)) if part
    )
    return words[:1].upper() + words[1:]


def _did(one: Shown) -> str:
    return "opened together" if one.topic else "shared"


@cache
def _sharing() -> str:
    return reverse("sharing:who")


@cache
def _paragraph() -> Pattern:
    return Pattern.of("sharing/_under.html", {"line": hole("line"), "offers": hole("offers")})


@cache
def _said() -> Pattern:
    context = {"href": hole("href"), "words": "Your therapist wrote to you"}
    return Pattern.of("sharing/_offer.html", context)


@cache
def _pattern(changes: bool) -> Pattern:
    context = {"words": hole("words"), "href": hole("href") if changes else ""}
    return Pattern.of("sharing/_label.html", context)
