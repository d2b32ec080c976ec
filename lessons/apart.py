"""Markdown that somebody typed in the browser, rendered in a process of its own.

Python-Markdown needs quadratic time for what is nested on purpose. So the kernel ends that process
after two seconds, and whoever asked is told; the site goes on meanwhile. It knows no secret, no
database and no Django setting, which also lets it start in a few hundredths of a second.
"""

import json
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lessons.faults import Code, Faults
from lessons.rendering import render_body, render_intro

SECONDS = 2
"""Of work, by the clock and by the processor. Starting it is not counted."""
SECONDS_TO_START = 3
"""Before it is given up; it takes 0.06 where nothing else is going on."""
MOST_MEMORY = 512 * 1024 * 1024
MOST_HTML = 512 * 1024
"""In characters: a long address can be named many times."""
MOST_FAULTS = 50
HERE = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-E", "-s", "-X", "utf8", "-m", "lessons.apart")


class TakesTooLong(Exception):
    """It could not be rendered in time, or grew too large."""

    says_nothing_private = True


@dataclass(frozen=True)
class Wrong:
    """One fault: in the ``text`` or the ``intro``, the line there, what is wrong, what to write."""

    where: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True)
class Rendered:
    """Safe HTML of both, and id and words of each heading of the text."""

    html: str
    intro: str
    headings: list[list[str]]
    faults: list[Wrong]


def render(text: str, intro: str) -> Rendered:
    """Both texts, rendered apart. Raises ``TakesTooLong``."""
    try:
        done = subprocess.run(  # noqa: S603 - of nothing but constants
            COMMAND,
            input=json.dumps({"text": text, "intro": intro}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it would quote what was typed
            cwd=HERE,
            env={},
            timeout=SECONDS_TO_START + SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TakesTooLong from None
    if done.returncode:
        raise TakesTooLong
    said = json.loads(done.stdout)
    return Rendered(**{**said, "faults": [Wrong(**fault) for fault in said["faults"]]})


def main() -> None:
    """What that process does: reads one JSON text, writes another."""
    _limit()
    said = json.load(sys.stdin)
    rendered = _render(said["text"], said["intro"])
    if len(rendered.html) + len(rendered.intro) > MOST_HTML:
        sys.exit(1)
    json.dump(asdict(rendered), sys.stdout)


def _render(text: str, intro: str) -> Rendered:
    in_text, in_intro = Faults(Path(), Code.BODY), Faults(Path(), Code.BODY)
    body = render_body(text, in_text, pictures=False)
    html = render_intro(intro, in_intro)
    found: list[Any] = [("text", fault) for fault in sorted(in_text.found)]
    found += [("intro", fault) for fault in in_intro.found]
    faults = [Wrong(where, one.line, one.message, one.hint) for where, one in found[:MOST_FAULTS]]
    return Rendered(body.html, html, [list(heading) for heading in body.headings], faults)


def _limit() -> None:
    """Ended by a signal that nobody handles, however deep inside a library it is."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # which would hold what was typed
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main()
