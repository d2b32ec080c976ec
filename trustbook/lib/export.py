"""What an app's ``personal_data.export_for`` hands over: data for programs, chapters for people.

The room ``trustbook.privacy`` puts the parts of all apps together: the data into one JSON
document, the chapters into Markdown and a PDF. Everything is handed over row by row, so that a
long life in the workbook needs no more memory than a short one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class Exported(BaseModel):
    """One object of the JSON document. Exact: an import refuses what it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )


@dataclass(frozen=True)
class Entry:
    """A question as it was asked, what was answered (blank for an emptied answer), and when.

    ``at`` is None for what has no date; what is said of it then stands in ``remark``.
    """

    asked: str
    said: str
    at: datetime | None
    remark: str = ""


@dataclass(frozen=True)
class Curve:
    """Numbers from 1 to ``steps`` over time; None where there was no answer."""

    name: str
    statement: str
    steps: int
    points: tuple[tuple[date, int | None], ...]


def _none() -> Iterator[Entry]:
    return iter(())


@dataclass(frozen=True)
class Chapter:
    """Something to read: a lesson with its answers, the weeks, the account."""

    name: str
    """A word for a file's name; what is not fit for one is taken out by whoever makes the file."""
    title: str
    about: str = ""
    """One line under the title."""
    facts: Iterable[tuple[str, str]] = ()
    """Labels with what is to be said."""
    entries: tuple[Entry, ...] = ()
    """The newest of each."""
    earlier: Callable[[], Iterator[Entry]] = _none
    """All that was replaced or kept aside, read only when it is asked for."""
    curves: tuple[Curve, ...] = ()
    printed: bool = True
    """Whether the PDF has it as well."""


@dataclass(frozen=True)
class Part:
    """All that one app knows of a person."""

    data: Mapping[str, Exported | Iterable[Exported] | Mapping[str, Any]]
    """By the key in the JSON document: one object, or as many as there are."""
    chapters: Iterable[Chapter] = field(default=())


class Unfit(ValueError):
    """A file that cannot be brought in: places in it, each with what is wrong there."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{place}: {message}" for place, message in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Brought:
    """What an import has done."""

    rows: int = 0
    """Answers and weeks that were not here yet."""
    versions: int = 0
    """Saves that were not here yet, in these and in others."""
    beside: int = 0
    """Answers and weeks of which the newest here stayed the newest."""
    readings: int = 0
    """Lessons that count as opened or finished now and did not before."""

    def __add__(self, other: "Brought") -> "Brought":
        """Both together."""
        mine, theirs = astuple(self), astuple(other)
        return Brought(*(one + another for one, another in zip(mine, theirs, strict=True)))


Bringing = Callable[[], Brought]
"""Does the writing; may be called again after it broke off, and then adds what is missing."""
