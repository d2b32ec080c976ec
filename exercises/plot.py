"""The pulse over time: one line for each statement, a step to the right for each week.

SVG path data in a box of ``width`` by ``HEIGHT``, drawn with strokes that do not scale. The line
breaks where a week was left out. It says nothing that the table beside it does not say in numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exercises.past import Week
from lessons.kinds.pulse import NAMES, STEPS

STEP = 20
RISE = 10
HEIGHT = RISE * (STEPS - 1)
A_WEEK = timedelta(weeks=1)

Point = tuple[int, int]


@dataclass(frozen=True)
class Plot:
    """One statement over the weeks. ``dots`` and ``last`` are points: draw them with round caps."""

    statement: str
    """Its id."""
    name: str
    asked: str
    """The statement in the wording of its last week."""
    before: list[str]
    """Other wordings that some of these weeks answered."""
    width: int
    line: str
    dots: str
    """The numbers with no neighbour, of which no line can speak."""
    last: str
    told: str
    """The plot in words."""
    height: int = HEIGHT


def plots(weeks: Sequence[Week]) -> list[Plot]:
    """A plot for each statement, in the order asked; none before the first number."""
    return [_plot(statement, weeks) for statement in NAMES] if _with_numbers(weeks) else []


def _with_numbers(weeks: Sequence[Week]) -> list[Week]:
    return [week for week in weeks if week.statements]


def _plot(statement: str, weeks: Sequence[Week]) -> Plot:
    wordings = [week.statements[statement] for week in _with_numbers(weeks)]
    numbers = {week.monday: number for week in weeks if (number := week.numbers.get(statement))}
    pieces = list(_pieces(numbers, weeks[0].monday))
    return Plot(
        statement=statement,
        name=NAMES[statement],
        asked=wordings[-1],
        before=[text for text in dict.fromkeys(wordings) if text != wordings[-1]],
        width=((weeks[-1].monday - weeks[0].monday) // A_WEEK + 1) * STEP,
        line="".join(_path(piece) for piece in pieces if len(piece) > 1),
        dots="".join(_dot(piece[0]) for piece in pieces if len(piece) == 1),
        last=_dot(pieces[-1][-1]) if pieces else "",
        told=_told(numbers, weeks),
    )


def _pieces(numbers: dict[date, int], first: date) -> Iterator[list[Point]]:
    """The points, parted where one or more weeks have no number."""
    piece: list[Point] = []
    before = None
    for monday, number in sorted(numbers.items()):
        if piece and before != monday - A_WEEK:
            yield piece
            piece = []
        x = (monday - first) // A_WEEK * STEP + STEP // 2
        piece.append((x, (STEPS - number) * RISE))
        before = monday
    if piece:
        yield piece


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _dot(point: Point) -> str:
    return f"M{point[0]} {point[1]}h0"


def _told(numbers: dict[date, int], weeks: Sequence[Week]) -> str:
    """Where the line begins and ends; every number stands in the table."""
    named = [(numbers[week.monday], week.name) for week in weeks if week.monday in numbers]
    if not named:
        return "No number in these weeks."
    (first, then), (last, now) = named[0], named[-1]
    if len(named) == 1:
        return f"{first} of {STEPS} in the {then}."
    return (
        f"{first} of {STEPS} in the {then}, {last} of {STEPS} in the {now}. "
        f"The table has the number of each week."
    )
