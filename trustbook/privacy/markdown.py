"""Chapters as Markdown: quiet files that read well in an editor and in any viewer.

What somebody typed stands quoted, with every sign that Markdown would take for its own escaped,
so that it reads as typed. Paragraphs, line breaks and indents stay.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from trustbook.lib.export import Chapter, Curve, Entry

SIGNS = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
"""What means something wherever it stands; an underscore within a word means nothing."""
AT_THE_START = re.compile(r"^(\s*)([-+=#:]|\d+(?=[.)]))")
"""What means something at the start of a line."""


def escaped(text: str) -> str:
    """One line of text, to be read in Markdown as it was typed."""
    text = SIGNS.sub(r"\\\g<0>", text).replace("&", "&amp;").replace("<", "&lt;")
    text = text.replace(">", "&gt;")
    return AT_THE_START.sub(_marked, text)


def _marked(start: re.Match[str]) -> str:
    blank, sign = start.groups()
    # A number with its full stop would begin a list: the stop is escaped, not the number.
    return f"{blank}{sign}\\" if sign.isdigit() else f"{blank}\\{sign}"


def line_of(text: str) -> str:
    """A text in one line, for headings and tables."""
    return escaped(" ".join(text.split()))


def quoted(text: str) -> str:
    """A text of any length as a quotation."""
    return "\n".join(_quoted_line(line) for line in text.split("\n"))


def _quoted_line(line: str) -> str:
    indent = len(line) - len(line.lstrip(" \t"))
    # Blanks at the start would be dropped, or make a block of code: hard ones are neither.
    kept = line[:indent].replace("\t", "    ").replace(" ", "\N{NO-BREAK SPACE}")
    words = escaped(line[indent:].rstrip())
    return f"> {kept}{words}  " if words else ">"


def day(moment: datetime) -> str:
    """``3 May 2026, 10:15``, in the time zone that the moment came with."""
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def chapter(found: Chapter) -> Iterator[str]:
    """A chapter with the newest of everything."""
    yield f"# {line_of(found.title)}\n"
    if found.about:
        yield f"\n{line_of(found.about)}\n"
    for label, said in found.facts:
        yield f"\n- **{line_of(label)}**: {line_of(said)}"
    yield from _numbers(found.curves)
    yield from _entries(found.entries)
    yield "\n"


def earlier(found: Chapter, entries: Iterable[Entry]) -> Iterator[str]:
    """All that was replaced or kept aside."""
    yield f"# {line_of(found.title)}: earlier versions\n"
    yield from _entries(entries)
    yield "\n"


def _entries(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        said = quoted(entry.said) if entry.said.strip() else "(emptied)"
        yield f"\n## {line_of(entry.asked)}\n\n{line_of(_about(entry))}\n\n{said}\n"


def _about(entry: Entry) -> str:
    saved = f"Saved {day(entry.at)}" if entry.at else ""
    return " · ".join(filter(None, [saved, entry.remark]))


def _numbers(curves: tuple[Curve, ...]) -> Iterator[str]:
    """The curves as a table, a week a line."""
    if not curves:
        return
    yield "\n| | " + " | ".join(line_of(curve.name) for curve in curves) + " |\n"
    yield "|---" * (len(curves) + 1) + "|\n"
    for at, (week, _) in enumerate(curves[0].points):
        numbers = (str(curve.points[at][1] or "–") for curve in curves)
        yield f"| {week:%-d %B %Y} | " + " | ".join(numbers) + " |\n"
    for curve in curves:
        yield f"\n- **{line_of(curve.name)}**: {line_of(curve.statement)}"
    yield "\n"
