"""The PDF workbook: chapters as data for its template. What no font has, the first page counts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from trustbook.accounts.models import User
from trustbook.lib import typesetting
from trustbook.lib.export import Chapter, Entry
from trustbook.lib.typesetting import NotSet, chapter, clean

__all__ = ["NotSet", "data_of", "pdf", "volumes"]
TEMPLATE = Path(__file__).with_name("workbook.typ")
MOST_IN_A_VOLUME = 400_000
"""Characters: about 120 pages, for which typst needs 150 megabytes and a second."""


def volumes(chapters: Iterable[Chapter]) -> list[list[Chapter]]:
    """The chapters that are printed, parted so that no volume is too long to be set; one at least.

    A chapter goes on in the next volume where it does not fit into one.
    """
    bound: list[list[Chapter]] = [[]]
    room = MOST_IN_A_VOLUME
    for found in chapters:
        if not found.printed:
            continue
        whole, entries = found, list(found.entries)
        while True:
            taken = _fitting(entries, room)
            if taken or not entries:
                room -= sum(map(_length, entries[:taken]))
                bound[-1].append(replace(whole, entries=tuple(entries[:taken])))
                whole = replace(found, title=f"{found.title} (continued)", curves=())
            entries = entries[taken:]
            if not entries:
                break
            bound.append([])
            room = MOST_IN_A_VOLUME
    return bound


def _fitting(entries: list[Entry], room: int) -> int:
    """How many of the entries there is room for; in a volume that is new, one at least."""
    taken = 0
    for entry in entries:
        if _length(entry) > room and (taken or room < MOST_IN_A_VOLUME):
            break
        room -= _length(entry)
        taken += 1
    return taken


def _length(entry: Entry) -> int:
    return len(entry.asked) + len(entry.said) + 100  # for the date, and the room around it


def pdf(person: User, chapters: list[Chapter], now: datetime, part: str = "") -> bytes:
    """One volume, ``part`` of all of them. Raises ``NotSet``."""
    return typesetting.pdf(TEMPLATE, data_of(person, chapters, now, part), now)


def data_of(person: User, chapters: list[Chapter], now: datetime, part: str) -> dict[str, Any]:
    """What the template is given."""
    return {
        "name": clean(person.display_name),
        "made": f"{now.day} {now:%B %Y}",
        "part": part,
        "chapters": [chapter(found) for found in chapters],
        "missing": "",
    }
