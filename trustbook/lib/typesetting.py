"""PDFs: data for a typst template, set by ``typeset``, which is a process of its own.

They are tagged (PDF/UA-1). The fonts are those of the machine; what none of them has is drawn as a
box, and counted in ``missing``. What somebody typed is data, and never markup or code.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from trustbook.lib.export import Chapter, Curve, Entry
from trustbook.lib.graphemes import clusters

LONG = re.compile(r"[^\s\u1000-\U0010ffff]{40,}")
"""A word without blanks that no line has room for; the scripts of East Asia break by themselves."""
SECONDS = 90
"""Then a PDF is given up."""
KNOWN_TO_THE_PROCESS = ("HOME", "LANG", "LC_ALL", "PATH", "XDG_DATA_DIRS", "XDG_DATA_HOME")
"""Of the environment: what leads to fonts, and no secret."""

_one_at_a_time = Lock()
"""Setting needs a processor and memory, of which others have use."""


class NotSet(Exception):
    """The PDF could not be made. Says nothing of what was in it."""


def pdf(template: Path, data: dict[str, Any], now: datetime) -> bytes:
    """What ``template`` makes of ``data``, as of ``now``. Raises ``NotSet``."""
    asked = {"template": str(template), "data": data, "stamp": int(now.timestamp())}
    known = {name: os.environ[name] for name in KNOWN_TO_THE_PROCESS if name in os.environ}
    with _one_at_a_time:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "trustbook.lib.typeset"],
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


def chapter(found: Chapter) -> dict[str, Any]:
    """A chapter, as ``chapter-of`` of ``parts.typ`` takes it."""
    return {
        "title": clean(found.title),
        "about": clean(found.about),
        "entries": [
            {
                "asked": clean(entry.asked),
                "said": paragraphs(entry.said),
                "at": clean(_about(entry)),
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
        "name": clean(curve.name),
        "statement": clean(curve.statement),
        "at": _shares([day for day, _ in curve.points]),
        "steps": curve.steps,
        "numbers": numbers,
        "told": told,
    }


def _shares(days: list[date]) -> list[float]:
    """Where each day lies between the first, 0, and the last, 1."""
    span = (days[-1] - days[0]).days or 1
    return [(day - days[0]).days / span for day in days]


def paragraphs(text: str) -> list[dict[str, Any]]:
    """What was typed, parted by blank lines: each paragraph's lines, and its direction."""
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n+", text) if part.strip()]
    return [_paragraph(part) for part in parts]


def clean(text: str) -> str:
    """One line as it can be set: letters joined with their accents."""
    return unicodedata.normalize("NFC", " ".join(text.splitlines())).expandtabs(4)


def _paragraph(text: str) -> dict[str, Any]:
    lines = [_breakable(clean(line)) for line in text.split("\n")]
    return {"lines": lines, "right_to_left": _right_to_left(text)}


def _right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs to the left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def _breakable(line: str) -> str:
    """``line`` with places at which very long words may go on in the next line."""
    return LONG.sub(lambda word: "\N{ZERO WIDTH SPACE}".join(clusters(word[0])), line)
