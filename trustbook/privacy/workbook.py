"""The PDF workbook: set by typst, in memory, from chapters that reach it as data and never as code.

It is tagged (PDF/UA-1). The fonts are those of the machine; what none of them has is drawn as a
box, and the first page says so.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from trustbook.accounts.models import User
from trustbook.lib.export import Chapter, Curve
from trustbook.privacy.graphemes import clusters

TEMPLATE = Path(__file__).with_name("workbook.typ")
SERIFS = ("Noto Serif", "DejaVu Serif", "Libertinus Serif")
"""The first that is installed sets the text; the last one comes with typst."""
OTHERS = (
    *("Noto Naskh Arabic", "Noto Sans Arabic", "Noto Serif Hebrew", "Noto Sans Hebrew"),
    *("Noto Serif CJK SC", "Noto Serif CJK JP", "Noto Serif CJK KR", "Noto Sans CJK SC"),
    *("Noto Sans CJK JP", "Noto Sans Symbols2", "Noto Sans Symbols", "DejaVu Sans"),
    "Noto Color Emoji",
)
"""Asked for what the serif does not have, in this order; then whatever else is installed."""
BOX = "\N{WHITE SQUARE}"
"""Stands for what no font has; the serif of typst has it."""
MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ROUNDS = 4
LONGEST_WORD = 40
"""Characters after which a word without blanks may be broken."""

_one_at_a_time = Lock()
"""A long workbook needs a few hundred megabytes for a second or two; two at once need not be."""


def pdf(person: User, chapters: list[Chapter], now: datetime) -> bytes:
    """The workbook. Raises ``typst.TypstError``."""
    data = {
        "name": _clean(person.display_name),
        "made": f"{now.day} {now:%B %Y}",
        "chapters": [_chapter(found) for found in chapters if found.printed],
        "missing": "",
    }
    with _one_at_a_time:
        return _drawn(data, now)


def _drawn(data: dict[str, Any], now: datetime) -> bytes:
    """Sets it; what no font has is found out by trying, and replaced."""
    gone: set[str] = set()
    for _ in range(ROUNDS):
        try:
            return _set(data, now, "ua-1")
        except typst.TypstError as error:
            if not (named := named_missing(error)):
                raise
        found = undrawable(named, _texts(data))
        if not found - gone:
            break
        gone |= found
        data = _replaced(data, gone) | {"missing": ", ".join(sorted(gone, key=len)[:8])}
        data["missing"] = _names(gone)
    # Better a PDF with gaps than none. Its tags are all there; only the claim of UA is not made.
    return _set(data, now, None)


def _set(data: dict[str, Any], now: datetime, standard: Any) -> bytes:
    """One run of typst. Nothing but the template and the fonts is read, nothing is written."""
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(data | {"fonts": families()}, ensure_ascii=False)},
        pdf_standards=standard or [],
        timestamp=int(now.timestamp()),
    )
    return bytes(made)


@cache
def fonts() -> typst.Fonts:
    """All fonts of the machine and those that come with typst, looked for once."""
    return typst.Fonts()


@cache
def families() -> list[str]:
    """Those of our choice that are here."""
    here = set(fonts().families())
    return [name for name in (*SERIFS, *OTHERS) if name in here]


def named_missing(error: typst.TypstError) -> set[str]:
    """The characters that typst says it cannot draw, alone or beside what stood with them."""
    found = {_unescaped(text) for text in MISSING.findall(error.diagnostic or str(error))}
    return {sign for text in found for sign in text}


def _unescaped(text: str) -> str:
    """A text as Rust prints it for debugging."""
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), text)
    plain = {r"\"": '"', r"\\": "\\", r"\'": "'", r"\n": "\n", r"\t": "\t", r"\r": "\r"}
    return re.sub(r"\\.", lambda mark: plain.get(mark[0], mark[0]), text)


def undrawable(named: set[str], texts: Iterable[str]) -> set[str]:
    """Of the signs in ``texts`` that hold a named character, those that cannot be drawn.

    An accent that fits no letter makes typst name the letter as well; so each sign that is
    concerned (a letter with all its marks, an emoji of several parts) is tried alone.
    """
    suspects = {sign for text in texts for sign in clusters(text) if not named.isdisjoint(sign)}
    single = {sign for sign in suspects if len(sign) == 1}
    return (_missing_of(single) if single else set()) | {
        sign for sign in suspects - single if _missing_of({sign})
    }


def _missing_of(signs: set[str]) -> set[str]:
    """The characters of ``signs``, each set by itself, that no font has."""
    source = '#set document(title: "x")\n#set text(font: json(bytes(sys.inputs.fonts)))\n'
    source += "#for sign in json(bytes(sys.inputs.signs)) { par(sign) }\n"
    inputs = {"fonts": json.dumps(families()), "signs": json.dumps(sorted(signs))}
    try:
        typst.compile(
            source.encode(),
            format="pdf",
            font_paths=fonts(),
            sys_inputs=inputs,
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        return named_missing(error)
    return set()


def _names(gone: set[str]) -> str:
    """How many signs are missing, in words."""
    return "One sign" if len(gone) == 1 else f"{len(gone)} different signs"


def _texts(data: Any) -> Iterator[str]:
    """Every text in ``data``."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _replaced(data: Any, gone: set[str]) -> Any:
    """``data`` with a box for each sign in ``gone``."""
    if isinstance(data, str):
        return "".join(BOX if sign in gone else sign for sign in clusters(data))
    if isinstance(data, dict):
        return {key: _replaced(value, gone) for key, value in data.items()}
    return [_replaced(value, gone) for value in data] if isinstance(data, list) else data


def _chapter(found: Chapter) -> dict[str, Any]:
    return {
        "title": _clean(found.title),
        "about": _clean(found.about),
        "entries": [
            {
                "asked": _clean(entry.asked),
                "said": [_paragraph(part) for part in _paragraphs(entry.said)],
                "at": f"{entry.at.day} {entry.at:%B %Y, %H:%M}",
            }
            for entry in found.entries
        ],
        "curves": [_curve(curve) for curve in found.curves],
        "weeks": [f"{week:%-d %B %Y}" for week, _ in found.curves[0].points]
        if found.curves
        else [],
    }


def _curve(curve: Curve) -> dict[str, Any]:
    numbers = [number for _, number in curve.points]
    said = [number for number in numbers if number is not None]
    told = f"from {said[0]} to {said[-1]}, the lowest {min(said)}, the highest {max(said)}"
    return {
        "name": _clean(curve.name),
        "statement": _clean(curve.statement),
        "steps": curve.steps,
        "numbers": numbers,
        "told": told if said else "no answer yet",
    }


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
    """One line as it can be set: letters joined with their accents, controls as boxes."""
    text = unicodedata.normalize("NFC", text).expandtabs(4)
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", BOX, text)


def _breakable(line: str) -> str:
    """``line`` with places at which very long words may go on in the next line."""
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", "\\g<0>\N{ZERO WIDTH SPACE}", line)
