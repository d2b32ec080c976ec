"""The lesson that is measured: 1,200 words, five prompts."""

from pathlib import Path

from tests.servers.places import ROOT

LESSON = "bench"
PAGE = "/workbook/bench/bench/"
PUBLIC_PAGE = "/lessons/bench/bench/"
WORDS = 1_200
CLIENTS = (10, 100, 1_000)
"""How many clients the therapists have whose lists are measured."""
ANSWERS = {
    "one": "A few lines about one evening that went well, and why. " * 12,
    "two": "It was easier than I had thought, and harder than it looked. " * 8,
    "three": "5",
    "four": "home",
    "five": "Next week, before the weekend, I will ask. " * 6,
}

COURSE = """\
id: bench
title: Bench
summary: The lesson that is measured.
parts:
  - folder: 01-part
    title: Part
    summary: One part.
"""
HEAD = """\
---
id: bench
title: The lesson that is measured
summary: Twelve hundred words and five prompts.
minutes: 8
exercise:
  intro: Take ten minutes.
  prompts:
    - {id: one, kind: text, ask: "What happened?", help: Two sentences are enough.}
    - {id: two, kind: text, ask: "How was it?", help: One sentence is enough.}
    - {id: three, kind: scale, ask: "How sure are you?", steps: 7, low: None, high: All}
    - {id: four, kind: choice, ask: "Where was it?", options: {home: At home, out: Out with others}}
    - {id: five, kind: text, ask: "What is next?", size: short}
---
"""


def write_course(folder: Path) -> Path:
    """A content folder with the course; returns it."""
    part = folder / "content" / "bench" / "01-part"
    part.mkdir(parents=True, exist_ok=True)
    (part.parent / "course.yaml").write_text(COURSE)
    (part / "01-bench.md").write_text(HEAD + "\n\n".join(_paragraphs()) + "\n")
    return folder / "content"


def _paragraphs() -> list[str]:
    """Paragraphs of the real course, as many as make ``WORDS``."""
    chosen, words = [], 0
    for path in sorted((ROOT / "content" / "trust").glob("*/*.md")):
        body = path.read_text().split("\n---\n", 1)[1]
        for paragraph in body.split("\n\n"):
            if "[^" not in paragraph and words < WORDS:
                chosen.append(paragraph)
                words += len(paragraph.split())
    return chosen
