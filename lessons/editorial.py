"""What an editor says of a lesson that is sound: its length, its plainness, its sources.

Only ``manage.py check`` asks for it. What is noted here keeps no lesson from being served.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lessons.course import Catalogue, Lesson
from lessons.faults import Code, Fault, shown
from lessons.folders import ReadFolder
from lessons.kinds import BasePrompt
from lessons.links import addresses, dead_links
from lessons.prose import Word, blocks, has_notes, reading_ease, sentences, words_of
from lessons.reading import ReadLesson
from lessons.repetition import Passage, shared_runs
from lessons.sayings import nearest

FEWEST, MOST = 700, 1_200
"""Words of a lesson, without headings and footnotes."""
WORDS_A_MINUTE, EXERCISE_MINUTES = 200, 3
PLAIN = 60
"""The reading ease at which Flesch (1948) has "standard" English begin."""
CLAIM = re.compile(
    r"\b(?:researchers|scientists|psychologists|statistics)\b"
    r"|\b(?:research|studies|experiments)\s+(?:shows?|finds?|found|suggests?|proves?|says?|ha(?:s|ve))\b"
    r"|\b\d+\s?(?:%|per\s?cent)\s+of\b"
    r"|\bd\s=\s\d",
    re.IGNORECASE,
)
"""What nobody says without having read it somewhere."""
WORDED = {
    *("ask", "help", "guess", "low", "high", "options", "columns", "steps", "checklist", "talk"),
}
"""The keys of prompts that hold an author's words; ``steps`` is a number in a scale."""
NEEDS_NO_HELP = {"pulse", "recall"}
"""The one is the same everywhere, the other asks nothing."""


@dataclass(frozen=True)
class Manuscript:
    """A lesson as it is served, with the file it was read from and the words of its text."""

    lesson: Lesson
    read: ReadLesson
    body: str
    first_line: int
    words: list[Word]

    def line(self, *place: str | int) -> int:
        """The line of a key of the front matter."""
        return self.read.document.line(place)

    def passage(self, text: str, *place: str | int) -> Passage:
        """``text``, which stands at a key of the front matter; YAML may have folded its lines."""
        words = words_of(text.replace("\n", " "), self.line(*place))
        return Passage(self.read.path, words)

    def fault(self, line: int, code: Code, message: str, hint: str) -> Fault:
        """A fault of this lesson."""
        return Fault(self.read.path, line, code, message, hint)


def editorial_faults(folders: Sequence[ReadFolder], catalogue: Catalogue) -> list[Fault]:
    """The faults of every lesson of ``catalogue``, which was made of ``folders``."""
    manuscripts = list(_manuscripts(folders, catalogue))
    faults = [
        fault
        for one in manuscripts
        for found in (_length(one), _minutes(one), _ease(one), _sources(one), _help(one))
        for fault in found
    ]
    links = [fault for one in manuscripts for fault in _links(one, catalogue)]
    return [*faults, *links, *_shared(manuscripts)]


def _manuscripts(folders: Sequence[ReadFolder], catalogue: Catalogue) -> Iterator[Manuscript]:
    first: dict[str, ReadLesson] = {}
    for folder in folders:
        for _, read in folder.lessons():
            if read.file:
                first.setdefault(read.file.id, read)
    for id_, read in first.items():
        lesson = catalogue.lesson_by_id(id_)
        if lesson and read.source:
            body, line = read.source.body, read.source.body_line
            yield Manuscript(lesson, read, body, line, words_of(body, line))


def _length(one: Manuscript) -> Iterator[Fault]:
    count = len(one.words)
    message = f"The text has {count:,} words; a lesson has {FEWEST} to {MOST:,}."
    if count < FEWEST:
        hint = f"Write {FEWEST - count} more, or make it part of another lesson."
        yield one.fault(one.first_line, Code.WORDS, message, hint)
    elif count > MOST:
        hint = f"Cut {count - MOST}, or divide it in two."
        yield one.fault(one.first_line, Code.WORDS, message, hint)


def _minutes(one: Manuscript) -> Iterator[Fault]:
    takes = len(one.words) / WORDS_A_MINUTE + EXERCISE_MINUTES
    if abs(one.lesson.minutes - takes) > 1:
        message = f"Reading and writing take about {takes:.0f} minutes, not {one.lesson.minutes}."
        hint = f'Write "minutes: {takes:.0f}".'
        yield one.fault(one.line("minutes"), Code.MINUTES, message, hint)


def _ease(one: Manuscript) -> Iterator[Fault]:
    if one.words and (ease := reading_ease(one.words)) < PLAIN:
        longest = max(sentences(one.words), key=len)
        message = f"The text has a reading ease of {ease:.1f} (Flesch); {PLAIN} is the least."
        hint = (
            "Write shorter sentences and plainer words; "
            f"the longest sentence is here, of {len(longest)} words."
        )
        yield one.fault(longest[0].line, Code.EASE, message, hint)


def _sources(one: Manuscript) -> Iterator[Fault]:
    if not has_notes(one.body):
        hint = 'Name the source of what it claims: "[^1]" in the text, "[^1]: …" below.'
        yield one.fault(one.first_line, Code.SOURCE, "The text has no footnote.", hint)
    for block in blocks(one.body, one.first_line):
        text = "\n".join(line for _, line in block)
        if (claim := CLAIM.search(text)) and "[^" not in text:
            line, _ = block[text.count("\n", 0, claim.start())]
            said = " ".join(claim[0].split())
            message = f'"{said}" stands in a paragraph without a footnote.'
            hint = 'Name the study, "[^1]" here and "[^1]: …" below, or say it as your own opinion.'
            yield one.fault(line, Code.SOURCE, message, hint)


def _help(one: Manuscript) -> Iterator[Fault]:
    for number, prompt in enumerate(one.lesson.exercise.prompts):
        if not prompt.help and prompt.kind not in NEEDS_NO_HELP:
            hint = 'Add "help: …" with a size, such as "Two sentences are enough."'
            line = one.line("exercise", "prompts", number)
            yield one.fault(line, Code.HELP, f'Prompt "{prompt.id}" has no help line.', hint)


def _links(one: Manuscript, catalogue: Catalogue) -> Iterator[Fault]:
    known = addresses(one.lesson, catalogue)
    in_intro = one.lesson.exercise.intro_html
    for html, line in ((one.lesson.html, None), (in_intro, one.line("exercise", "intro"))):
        for address in dead_links(html, one.lesson, catalogue):
            message = f'The link "{address}" leads nowhere on this site.'
            hint = f"{nearest(address, known)}Write an address such as /help/ or #a-heading."
            place = line or _line_with(one, address)
            yield one.fault(place, Code.LINK, message, hint)


def _line_with(one: Manuscript, address: str) -> int:
    """The first line on which ``address`` is linked to."""
    linked = re.compile(rf"[(<:]\s*{re.escape(address)}")
    lines = enumerate(one.body.split("\n"), start=one.first_line)
    return next((number for number, line in lines if linked.search(line)), one.first_line)


def _shared(manuscripts: Sequence[Manuscript]) -> Iterator[Fault]:
    passages = [Passage(one.read.path, one.words) for one in manuscripts]
    for run in shared_runs([*passages, *_asked(manuscripts)]):
        message = f'"{run.words}" also stands in {shown(run.other)}:{run.other_line}.'
        hint = "Say it in other words in one of the two."
        yield Fault(run.path, run.line, Code.SHARED, message, hint)


def _asked(manuscripts: Sequence[Manuscript]) -> Iterator[Passage]:
    """What else a lesson says in its author's words; those of a pulse are the same everywhere."""
    for one in manuscripts:
        yield one.passage(one.lesson.summary, "summary")
        intro = one.read.said("exercise", "intro")
        yield one.passage(str(intro or ""), "exercise", "intro")
        for number, prompt in enumerate(one.lesson.exercise.prompts):
            for place, text in _wording(prompt):
                yield one.passage(text, "exercise", "prompts", number, *place)


def _wording(prompt: BasePrompt) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of ``prompt``, each with the keys under which it stands."""
    for key in sorted(prompt.model_fields_set & WORDED):
        said = getattr(prompt, key)
        if isinstance(said, str):
            yield (key,), said
        elif isinstance(said, dict | tuple):
            for name, text in said.items() if isinstance(said, dict) else enumerate(said):
                yield (key, name), text
