"""What the page of one topic holds: one's own text alone, or the texts of both beside each other.

Before it is open, nothing here comes from the other: the page is the same whatever they chose.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import Http404
from django.utils.safestring import SafeString

from exercises import access
from exercises.access import Chosen, OpenedPair
from exercises.models import Couple, Opened, Pulse
from exercises.past import Week, week_told
from exercises.plot import Plot, plots
from exercises.together.opening import Text, texts_of
from exercises.topics import Topic
from lessons.kinds import Predict
from lessons.kinds.pulse import NAMES
from trustbook.accounts.models import User

ABOUT_A_WEEK = (
    "What in this week do the two of you remember alike, and what differently?",
    "About which of your own numbers would you like to say a little more?",
    "What would do both of you good in the next seven days?",
)
ABOUT_THE_WEEKS = (
    "What was going on in a week in which your own line moves?",
    "Which week would you like to have again, and what was in it?",
    "What would you both like to go on doing, whatever the lines say?",
)
"""What to talk about when weeks are open; an exercise says it itself."""


@dataclass(frozen=True)
class Own:
    """One's own text as it would be shown, or is; ``weeks`` where it is the whole line."""

    asked: str
    """Empty where the text itself stands under its questions."""
    shown: SafeString
    weeks: list[Week]
    saved_at: datetime
    seen: str
    """The ids of the exact revisions, as the page sends them back."""


@dataclass(frozen=True)
class Column:
    """What one of the two said or guessed; ``asked`` where that was worded differently."""

    label: str
    shown: SafeString
    asked: str = ""


@dataclass(frozen=True)
class Statement:
    """One statement of the pulse, as both answered it."""

    name: str
    wording: str
    theirs_worded: str
    """Where it was worded differently for the other."""
    mine: int | None
    theirs: int | None


@dataclass(frozen=True)
class Line:
    """One statement over the weeks, of both on the same width."""

    mine: Plot
    theirs: Plot
    rows: list[tuple[date, int | None, int | None]]


@dataclass(frozen=True)
class Both:
    """What is open; of the three, one is filled."""

    pair: OpenedPair
    asked: str
    columns: list[list[Column]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    span: tuple[date, date] | None = None


@dataclass(frozen=True)
class Page:
    """One topic as one person finds it: open, chosen, to be chosen, or not answered yet."""

    topic: Topic
    offered: bool
    """Whether it can be chosen now; its lesson may have been withdrawn meanwhile."""
    newest: Own | None
    """What they have written, as it is now; None where it says nothing."""
    ready: Own | None = None
    """What they are ready to open."""
    both: Both | None = None

    @property
    def written_since(self) -> bool:
        """Whether what was chosen is no longer the newest."""
        return self.ready is not None and (
            self.newest is None or self.newest.seen != self.ready.seen
        )

    @property
    def talk(self) -> tuple[str, ...]:
        """Two or three questions, from the lesson as it stands today."""
        if self.topic.place:
            prompt = self.topic.prompt
            return (prompt.talk or ()) if prompt else ()
        return ABOUT_A_WEEK if self.topic.week else ABOUT_THE_WEEKS


def page_for(person: User, couple: Couple, topic: Topic) -> Page:
    """The page. Raises ``Http404`` where nothing is open, nothing chosen and nothing offered."""
    pair = access.opened_pair(couple, person, topic)
    chosen = pair.mine if pair else access.own_ready_for(couple, person, topic)
    offered = topic.offered_to(person)
    if chosen is None and not offered:
        raise Http404
    newest = _own(topic, texts_of(person, access.own_rows_about(person, topic)))
    ready = _own(topic, _chosen(chosen)) if chosen else None
    return Page(topic, offered, newest, ready, _both(pair) if pair else None)


def _chosen(chosen: Chosen) -> list[Text]:
    """What somebody has chosen, opened with their own key."""
    return [
        Text(pin.row, pin.revision, pin.row.open(pin.revision, chosen.person))
        for pin in chosen.pins
    ]


def _own(topic: Topic, texts: list[Text]) -> Own | None:
    if not texts:
        return None
    last = texts[-1].opened
    many = not topic.place and not topic.week
    return Own(
        asked="" if isinstance(last.prompt, Predict) else last.prompt.ask,
        shown=SafeString("") if many else last.prompt.show(last.value),
        weeks=_weeks(texts) if many else [],
        saved_at=max(text.revision.saved_at for text in texts),
        seen=" ".join(str(text.revision.pk) for text in texts),
    )


def _weeks(texts: list[Text]) -> list[Week]:
    return [week_told(text.row.week, text.opened) for text in texts if isinstance(text.row, Pulse)]


def _both(pair: OpenedPair) -> Both:
    mine, theirs = _chosen(pair.mine), _chosen(pair.theirs)
    one, other = mine[-1].opened, theirs[-1].opened
    asked: str = one.snapshot["ask"]
    if pair.topic.place:
        return Both(pair, asked, columns=list(_columns(one, other)))
    if pair.topic.week:
        return Both(pair, asked, statements=list(_statements(one, other)))
    weeks = _weeks(mine), _weeks(theirs)
    mondays = sorted({week.monday for of_one in weeks for week in of_one})
    span = (mondays[0], mondays[-1])
    return Both(pair, asked, lines=list(_lines(*weeks, span)), span=span)


def _columns(mine: Opened, theirs: Opened) -> Iterator[list[Column]]:
    """Each answer beside the other; or, of guesses, each beside the answer that it is about."""
    one, other = mine.prompt, theirs.prompt
    worded = other.ask if other.ask != one.ask else ""
    if isinstance(one, Predict) and isinstance(other, Predict):
        (said, guessed), (they_said, they_guessed) = (
            one.sides(mine.value),
            other.sides(theirs.value),
        )
        yield [Column("What you said", said), Column("What your partner guessed", they_guessed)]
        yield [
            Column("What your partner said", they_said, worded),
            Column("What you guessed", guessed),
        ]
    else:
        yield [
            Column("You", one.show(mine.value)),
            Column("Your partner", other.show(theirs.value), worded),
        ]


def _statements(mine: Opened, theirs: Opened) -> Iterator[Statement]:
    for statement, name in NAMES.items():
        wording = mine.snapshot["statements"][statement]
        other = theirs.snapshot["statements"][statement]
        yield Statement(
            name,
            wording,
            other if other != wording else "",
            mine.value[statement],
            theirs.value[statement],
        )


def _lines(mine: list[Week], theirs: list[Week], span: tuple[date, date]) -> Iterator[Line]:
    drawn = zip(plots(_over(mine, span)), plots(_over(theirs, span)), strict=True)
    by_monday = [{week.monday: week.numbers for week in of_one} for of_one in (mine, theirs)]
    mondays = sorted(by_monday[0].keys() | by_monday[1].keys())
    for one, other in drawn:
        numbers = [
            (
                monday,
                by_monday[0].get(monday, {}).get(one.statement),
                by_monday[1].get(monday, {}).get(one.statement),
            )
            for monday in mondays
        ]
        yield Line(one, other, numbers)


def _over(weeks: list[Week], span: tuple[date, date]) -> list[Week]:
    """The same weeks, drawn from the first Monday of both to the last one."""
    there = {week.monday for week in weeks}
    ends = [week_told(monday) for monday in dict.fromkeys(span) if monday not in there]
    return sorted([*weeks, *ends], key=lambda week: week.monday)
