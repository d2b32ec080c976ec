"""The operator's texts: Markdown files that a deployment may replace, read when they change."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString

from lessons.faults import Code, Fault, Faults
from lessons.files import decode, read_bytes
from lessons.rendering import render_body

NAMES = {"privacy": "Privacy", "terms": "Terms of use"}
TITLE = re.compile(r"\s*# +(?P<title>[^\n]+?) *(?:\n|$)")


@dataclass(frozen=True)
class LegalText:
    """One text; ``html`` is safe."""

    title: str
    html: SafeString


def legal_text(name: str) -> LegalText | None:
    """The text called ``name``; None if there is no such text, or its file cannot be read."""
    return _read(*_state(name))[0] if name in NAMES else None


def legal_version() -> str:
    """Differs whenever one of the files does."""
    return repr([_state(name) for name in NAMES])


def check_legal() -> list[Fault]:
    """The faults of all the texts."""
    return [fault for name in NAMES for fault in _read(*_state(name))[1]]


def _state(name: str) -> tuple[Path, int, int]:
    path = Path(settings.LEGAL_DIR) / f"{name}.md"
    try:
        about = path.stat()
    except OSError:
        return path, 0, 0
    return path, about.st_mtime_ns, about.st_size


@lru_cache(maxsize=8)
def _read(path: Path, mtime: int, size: int) -> tuple[LegalText | None, tuple[Fault, ...]]:
    faults = Faults(path, Code.LEGAL)
    # An operator may link these files from anywhere, so the folder they lie in does not matter.
    raw = read_bytes(path, Path(path.anchor), faults)
    text = None if raw is None else decode(raw, faults)
    if text is None:
        return None, tuple(faults.found)
    found = TITLE.match(text)
    body, line = text, 1
    if found:
        body, line = text[found.end() :], text[: found.end()].count("\n") + 1
    title = found["title"] if found else NAMES[path.stem]
    return LegalText(title, render_body(body, faults, line).html), tuple(faults.found)
