"""How the list of clients looks: a row of HTML each, or a row of cells.

A template that was rendered once leaves only a join for each of a thousand clients.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from exercises.care.waiting import Line, Waits, counted, short
from lessons.kinds.pattern import Pattern, hole

NOT_LINKED = "not linked"
MOST_TASKS = 3
NOTHING = SafeString('<span class="none">–</span>')
"""Where a cell is empty; a narrow screen leaves it out."""
HEADINGS = (
    *("Client", "State", "Waits on", "Assigned", "Not yet read: answers", "Not yet read: weeks"),
    *("New replies", "Next due", "Was due", "Last session", "In the archive"),
)


def table(lines: Iterable[Line], zone: ZoneInfo) -> SafeString:
    """The body of the table. ``zone`` is the therapist's."""
    return SafeString("".join(_row().fill(_holes(line, zone)) for line in lines))


@cache
def _row() -> Pattern:
    names = ("label", "state", "waits", "tasks", "news", "due")
    client = reverse("care:client", args=[uuid.UUID(int=0)])
    href = SafeString(client.replace(str(uuid.UUID(int=0)), hole("file")))
    return Pattern.of("care/_client_row.html", {"href": href, **{n: hole(n) for n in names}})


def _holes(line: Line, zone: ZoneInfo) -> dict[str, str]:
    return {
        "file": str(line.file.pk),
        "label": line.label,
        "state": _state(line, zone),
        "waits": _WAITS[line.waits],
        "tasks": _tasks(line),
        "news": ", ".join(counted(line.news)) or NOTHING,
        "due": _due(line),
    }


_WAITS = {
    Waits.YOU: SafeString("<b>you</b>"),
    Waits.CLIENT: SafeString("client"),
    Waits.NOBODY: NOTHING,
}


def _state(line: Line, zone: ZoneInfo) -> SafeString:
    said = [text for text in (_link(line, zone), "in the archive" if line.archived else "") if text]
    return SafeString(f'<span class="meta">{", ".join(said)}</span>') if said else SafeString("")


def _link(line: Line, zone: ZoneInfo) -> str:
    """Where there is no client yet, or none any more: one wording, whatever became of them."""
    if line.invited_until:
        until = timezone.localtime(line.invited_until, zone)
        return f"invited, open until {short(until.date(), line.today)}, {until:%H:%M}"
    return "" if line.linked else NOT_LINKED


def _tasks(line: Line) -> SafeString:
    if not line.tasks:
        return NOTHING
    told = [f"{escape(task.title)} · {task.state}" for task in line.tasks[:MOST_TASKS]]
    if len(line.tasks) > MOST_TASKS:
        told.append(f"and {len(line.tasks) - MOST_TASKS} more")
    return SafeString("<br>".join(told))


def _due(line: Line) -> str:
    if line.due_on is None:
        return NOTHING
    was = "was due " if line.due_on < line.today else ""
    return was + short(line.due_on, line.today)


def cells(lines: Iterable[Line], zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    """The table of spreadsheets, its headings first. Days are written as ISO 8601 has them."""
    yield HEADINGS
    for line in lines:
        past = line.due_on is not None and line.due_on < line.today
        yield (
            line.label,
            _link(line, zone) or "linked",
            line.waits.value,
            "; ".join(f"{task.title} · {task.state}" for task in line.tasks),
            *(str(number) for number in line.news),
            _iso(None if past else line.due_on),
            _iso(line.due_on if past else None),
            _iso(line.file.met_on),
            "yes" if line.archived else "no",
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
