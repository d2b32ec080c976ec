"""The PDF workbook: chapters as data for ``typeset``, which is a process of its own.

It is tagged (PDF/UA-1). The fonts are those of the machine; what none of them has is drawn as a
box, and the first page says so.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.conf import settings

from trustbook.accounts.models import User
from trustbook.lib.export import Chapter, Curve, Entry
from trustbook.privacy.graphemes import clusters

LONG = re.compile(r"[^\s\u1000-\U0010ffff]{40,}")
"""A word without blanks that no line has room for; the scripts of East Asia break by themselves."""

MOST_IN_A_VOLUME = 400_000
"""Characters: about 120 pages, for which typst needs 150 megabytes and a second."""

SECONDS = 90
"""Then a volume is given up."""
KNOWN_TO_THE_PROCESS = ("HOME", "LANG", "LC_ALL", "PATH", "XDG_DATA_DIRS", "XDG_DATA_HOME")
"""Of the environment: what leads to fonts, and no secret."""

_one_at_a_time = Lock()
"""Setting needs a processor and memory, of which others have use."""


class NotSet(Exception):
    """The PDF could not be made. Says nothing of what was in it."""


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
    asked = {"data": data_of(person, chapters, now, part), "stamp": int(now.timestamp())}
    known = {name: os.environ[name] for name in KNOWN_TO_THE_PROCESS if name in os.environ}
    with _one_at_a_time:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "trustbook.privacy.typeset"],
                input=json.dumps(asked).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                env=known,
                timeout=SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NotSet(type(error).__name__) from None
    return done.stdout


def data_of(person: User, chapters: list[Chapter], now: datetime, part: str) -> dict[str, Any]:
    """What the template is given."""
    return {
        "name": _clean(person.display_name),
        "made": f"{now.day} {now:%B %Y}",
        "part": part,
        "chapters": [_chapter(found) for found in chapters],
        "missing": "",
    }


def _chapter(found: Chapter) -> dict[str, Any]:
    return {
        "title": _clean(found.title),
        "about": _clean(found.about),
        "entries": [
            {
                "asked": _clean(entry.asked),
                "said": [_paragraph(part) for part in _paragraphs(entry.said)],
                "at": _clean(_about(entry)),
            }
            for entry in found.entries
        ],
        "curves": [_curve(curve) for curve in found.curves],
        "weeks": [f"{week:%-d %B %Y}" for week, _ in found.curves[0].points]
        if found.curves
        else [],
    }


def _about(entry: Entry) -> str:
    saved = f"Saved {entry.at.day} {entry.at:%B %Y, %H:%M}" if entry.at else ""
    return " · ".join(filter(None, [saved, entry.remark]))


def _curve(curve: Curve) -> dict[str, Any]:
    numbers = [number for _, number in curve.points]
    said = [number for number in numbers if number is not None]
    told = "no answer"
    if said:
        told = f"from {said[0]} to {said[-1]}, the lowest {min(said)}, the highest {max(said)}"
    return {
        "name": _clean(curve.name),
        "statement": _clean(curve.statement),
        "at": _shares([day for day, _ in curve.points]),
        "steps": curve.steps,
        "numbers": numbers,
        "told": told,
    }


def _shares(days: list[date]) -> list[float]:
    """Where each day lies between the first, 0, and the last, 1."""
    span = (days[-1] - days[0]).days or 1
    return [(day - days[0]).days / span for day in days]


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of what was typed, parted by blank lines."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n+", text) if part.strip()]


def _paragraph(text: str) -> dict[str, Any]:
    """Its lines, and the direction in which it begins."""
    lines = [_breakable(_clean(line)) for line in text.split("\n")]
    return {"lines": lines, "right_to_left": _right_to_left(text)}


def _right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs to the left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def _clean(text: str) -> str:
    """One line as it can be set: letters joined with their accents."""
    return unicodedata.normalize("NFC", " ".join(text.splitlines())).expandtabs(4)


def _breakable(line: str) -> str:
    """``line`` with places at which very long words may go on in the next line."""
    return LONG.sub(lambda word: "\N{ZERO WIDTH SPACE}".join(clusters(word[0])), line)
