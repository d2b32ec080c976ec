"""Promises over time: weeks or months across, above the line what I say, below it my partner.

Each promise stands once, on the day by which it is due or else on the last day on which anything
was said of it, and always as a pair: both marks are of one size and colour, as far from the line
as each other. Their shapes tell what is said. There is no total, and the table beside it says all
that the picture says. Places across are percentages and up and down ``em``, so marks stay as large
as letters, however wide the window is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from exercises.access import Promised
from exercises.models.promise import State
from exercises.weeks import week_name

MOST_COLUMNS = 12
"""So that a mark has room in a window of 320 pixels."""
FEWEST_COLUMNS = 6
AHEAD = 2
"""Months after this one that still belong to the picture."""
STEP = 1.3
"""``em`` from one mark to the next one above it."""
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Mark:
    """Where a mark stands, and its shape."""

    x: str
    y: str
    state: str


@dataclass(frozen=True)
class Row:
    """One promise in the table."""

    day: date
    due: bool
    promise: Promised
    shown: bool
    """Whether it is in the picture as well."""


@dataclass(frozen=True)
class Plot:
    """The picture and its table. ``height`` and ``middle`` are ``em``."""

    marks: list[Mark]
    rows: list[Row]
    edges: list[str]
    """Where one week or month ends and the next one begins."""
    first: str
    last: str
    step: str
    """``week`` or ``month``."""
    size: str
    """Of the letters that ``em`` is measured by."""
    height: str
    middle: str
    states: list[State]
    """Those that stand in it, in the order of the form."""
    told: str

    @property
    def elsewhere(self) -> bool:
        """Whether some promises are in the table only."""
        return any(not row.shown for row in self.rows)


def plot(promises: Sequence[Promised], today: date | None = None) -> Plot | None:
    """The picture; none where no promise has a day."""
    dated = sorted(((one.on, one) for one in promises if one.on), key=lambda pair: pair[0])
    if not dated:
        return None
    columns = _columns([day for day, _ in dated], today or timezone.localdate())
    rows = [
        Row(day, promise.wording.due is not None, promise, columns.find(day) is not None)
        for day, promise in dated
    ]
    return _drawn(columns, rows)


@dataclass(frozen=True)
class Columns:
    """The weeks, by their Mondays, or the months, by their first days."""

    starts: list[date]
    weekly: bool

    def find(self, day: date) -> int | None:
        """In which of them a day is."""
        start = _monday(day) if self.weekly else day.replace(day=1)
        return self.starts.index(start) if start in self.starts else None

    def name(self, start: date) -> str:
        """``week of 4 May 2026`` or ``May 2026``."""
        return week_name(start) if self.weekly else f"{start:%B %Y}"


def _columns(days: list[date], today: date) -> Columns:
    """As fine as has room for all of them; else the year that ends in a little while."""
    first, last = _monday(days[0]), _monday(days[-1])
    weeks = (last - first) // A_WEEK + 1
    if weeks <= MOST_COLUMNS:
        count = max(weeks, FEWEST_COLUMNS)
        return Columns([first + A_WEEK * number for number in range(count)], weekly=True)
    months = [_month(day) for day in days]
    ends = [month for month in months if month <= _month(today) + AHEAD]
    end = months[-1] if months[-1] - months[0] < MOST_COLUMNS else max(ends, default=months[0])
    start = max(months[0], end - MOST_COLUMNS + 1)
    count = max(end - start + 1, FEWEST_COLUMNS)
    return Columns([_first_day(start + number) for number in range(count)], weekly=False)


def _drawn(columns: Columns, rows: list[Row]) -> Plot:
    high: Counter[int] = Counter()
    places: list[tuple[int, int, Promised]] = []
    for row in rows:
        column = columns.find(row.day)
        if column is not None:
            places.append((column, high[column], row.promise))
            high[column] += 1
    tallest = max(high.values(), default=0)
    middle = (tallest + 0.4) * STEP
    count = len(columns.starts)
    marks = [
        Mark(_percent(column + 0.5, count), _em(middle + side * (level + 0.8) * STEP), state.value)
        for column, level, promise in places
        for side, state in ((-1, promise.mine), (1, promise.theirs))
    ]
    used = {mark.state for mark in marks}
    return Plot(
        marks=marks,
        rows=rows,
        edges=[_percent(number, count) for number in range(count + 1)],
        first=columns.name(columns.starts[0]),
        last=columns.name(columns.starts[-1]),
        step="week" if columns.weekly else "month",
        size="1em" if tallest <= 8 else ".7em" if tallest <= 20 else ".5em",
        height=_em(2 * middle),
        middle=_em(middle),
        states=[state for state in State if state.value in used],
        told=_told(columns, rows),
    )


def _told(columns: Columns, rows: list[Row]) -> str:
    """The picture in words; one promise whole, of more where they begin and end."""
    if len(rows) == 1:
        [row] = rows
        return (
            f"{row.day.day} {row.day:%B %Y}: you, {row.promise.mine.label}; "
            f"your partner, {row.promise.theirs.label}."
        )
    first, last = columns.name(columns.starts[0]), columns.name(columns.starts[-1])
    return f"From the {first} to the {last}. The table has what each of you says of each promise."


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> int:
    """A number that grows by one a month."""
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _percent(part: float, whole: int) -> str:
    return f"{100 * part / whole:.3f}%"


def _em(length: float) -> str:
    return f"{length:.2f}em"
