"""A lesson file, divided into its front matter and its body."""

import re
from dataclasses import dataclass

from lessons.faults import Code, Faults

NEARLY = re.compile(r"\s*(?:-{2,}|[–—]+-*)\s*")


@dataclass(frozen=True)
class Divided:
    """The YAML and the Markdown of a lesson file, and the line on which the Markdown begins."""

    front: str
    body: str
    body_line: int


def divide(text: str, faults: Faults) -> Divided | None:
    """The two halves of ``text``; None, with a fault noted, if there is no front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        hint = 'Begin the file with a line "---", then "id:", "title:" and so on, then "---" again.'
        faults.add(1, "The file has no front matter.", hint, Code.YAML)
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            body = "\n".join(lines[number + 1 :])
            return Divided("\n".join(lines[1:number]), body, number + 2)
    hint = 'Write a line "---" before the text of the lesson.'
    near = next((n for n, line in enumerate(lines[1:], start=2) if NEARLY.fullmatch(line)), 0)
    if near:
        hint = f'Line {near} is nearly right: write exactly "---", three hyphens and nothing else.'
    faults.add(1, "The front matter that begins here is never closed.", hint, Code.YAML)
    return None
