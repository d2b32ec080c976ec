"""Sets a PDF, as a program of its own: ``python -m trustbook.lib.typeset``.

What it needs comes in on standard input as JSON, the PDF goes out on standard output, and then the
process ends, and with it all that typst would remember of what somebody wrote. It knows no
settings and no secrets, reads the template that is named and the fonts, and writes no file.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import typst

from trustbook.lib.graphemes import clusters

PARTS = Path(__file__).with_name("parts.typ")
SERIFS = ("Noto Serif", "DejaVu Serif", "Libertinus Serif")
"""The first that is installed sets the text; the last one comes with typst."""
OTHERS = (
    *("Noto Naskh Arabic", "Noto Sans Arabic", "Noto Serif Hebrew", "Noto Sans Hebrew"),
    *("Noto Serif CJK SC", "Noto Serif CJK JP", "Noto Serif CJK KR", "Noto Sans CJK SC"),
    *("Noto Sans CJK JP", "Noto Sans Symbols2", "Noto Sans Symbols", "DejaVu Sans"),
    *("Noto Color Emoji", "Noto Emoji"),
)
"""Asked for what the serif does not have, in this order; then whatever else is installed."""
BOX = "\N{WHITE SQUARE}"
"""Stands for what no font has; the serif of typst has it."""
MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ROUNDS = 4


def drawn(template: Path, data: dict[str, Any], stamp: int) -> bytes:
    """The PDF that ``template`` makes of ``data``, made at ``stamp`` (seconds since 1970).

    What no font has is found out by trying, and replaced. Raises ``typst.TypstError``.
    """
    gone = controls(_texts(data))
    if gone:
        data = _replaced(data, gone) | {"missing": _counted(gone)}
    for _ in range(ROUNDS):
        try:
            return _set(template, data, stamp, "ua-1")
        except typst.TypstError as error:
            if not (named := named_missing(error)):
                break
        found = undrawable(named, _texts(data))
        if not found - gone:
            break
        gone |= found
        data = _replaced(data, gone) | {"missing": _counted(gone)}
    # Better a PDF with gaps than none. Its tags are all there; only the claim of UA is not made.
    # What stands in the way of that claim alone, a font for instance, is no reason for none.
    return _set(template, data, stamp, None)


def _set(template: Path, data: dict[str, Any], stamp: int, standard: Any) -> bytes:
    """One run of typst. Nothing but the template and the fonts is read, nothing is written."""
    made = typst.compile(
        PARTS.read_bytes() + template.read_bytes(),
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(data | {"fonts": families()}, ensure_ascii=False)},
        pdf_standards=standard or [],
        timestamp=stamp,
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


def controls(texts: Iterable[str]) -> set[str]:
    """The control characters in ``texts``; some fonts have a picture for them, which is empty."""
    found = {sign for text in texts for sign in text if unicodedata.category(sign) == "Cc"}
    return found - {"\n", "\t"}


def named_missing(error: typst.TypstError) -> set[str]:
    """The characters that typst says it cannot draw, alone or beside what stood with them."""
    found = {
        _unescaped(text) for text in MISSING.findall(getattr(error, "diagnostic", "") or str(error))
    }
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


def _counted(gone: set[str]) -> str:
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


def main() -> None:
    """Reads, sets, writes. Says nothing about what went wrong: that could quote a text."""
    asked = json.load(sys.stdin.buffer)
    try:
        made = drawn(Path(asked["template"]), asked["data"], asked["stamp"])
    except typst.TypstError:
        sys.exit(1)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
