"""The way through a course as a heartbeat: a beat for each finished lesson, a flat line otherwise.

SVG path data, drawn in a box of ``width`` by ``height``; each lesson is ``STEP`` wide. The line
says nothing that ``label`` does not say in words.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

STEP = 100
HEIGHT = 62
BASE = 34
BEAT = "h40l8-20 12 38 12-46 10 34 6-6h12"
FLAT = f"h{STEP}"


@dataclass(frozen=True)
class Heartbeat:
    """Three paths and their meaning. ``here`` is a point (draw it with round caps), or empty."""

    width: int
    height: int
    done: str
    rest: str
    here: str
    label: str


def heartbeat(total: int, done: Collection[int] = (), here: int | None = None) -> Heartbeat:
    """The line for ``total`` lessons; ``done`` and ``here`` are their numbers, counted from 1."""
    finished = [number in done for number in range(1, total + 1)]
    return Heartbeat(
        width=total * STEP,
        height=HEIGHT,
        done=_path(finished, True, BEAT),
        rest=_path(finished, False, FLAT),
        here=f"M{here * STEP - STEP // 2} {BASE}h0" if here else "",
        label=_label(total, sum(finished), here),
    )


def _path(finished: Sequence[bool], wanted: bool, stroke: str) -> str:
    """The strokes of all lessons that are, or are not, finished; a new start after each gap."""
    path, before = "", False
    for index, state in enumerate(finished):
        if state is wanted:
            path += stroke if before else f"M{index * STEP} {BASE}{stroke}"
        before = state is wanted
    return path


def _label(total: int, finished: int, here: int | None) -> str:
    lessons = "1 lesson" if total == 1 else f"{total} lessons"
    start = f"Lesson {here} of {total}" if here else lessons
    return f"{start}; {finished} finished" if finished else start
