"""Full-text search over the lessons.

Own code: the libraries for this (Whoosh and its kin, or the full text of a database) keep an index
of their own in step with the content, for a text of the size of one book that is in memory anyway.
Here each snapshot of the content is divided into sentences once; a search then takes milliseconds.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString

from lessons.catalogue import Catalogue, Lesson
from lessons.plain_text import blocks

WORD = re.compile(r"[\w'’]+")
SENTENCE = re.compile(r".+?(?:[.!?…]+[”’)\"']*(?=\s+[“‘(\"']?[A-Z0-9])|$)")
MOST_EXCERPTS = 3
LONGEST = 240
BEFORE = 80
"""Characters of an excerpt, and of what is left standing before its first match."""
IN_TITLE, IN_SUMMARY = 3, 2
"""What a word found there counts; found elsewhere, it counts 1."""


@dataclass(frozen=True)
class Passage:
    """A sentence, and each of its words: folded, where it begins, where it ends."""

    text: str
    words: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, text: str) -> "Passage":
        """``text`` as a passage, whatever its punctuation."""
        text = unicodedata.normalize("NFC", text)
        found = ((fold(word[0]), *word.span()) for word in WORD.finditer(text))
        return cls(text, tuple(word for word in found if word[0]))

    def has(self, wanted: str) -> bool:
        """Whether one of its words begins with ``wanted``."""
        return any(word.startswith(wanted) for word, _, _ in self.words)

    def marked(self, wanted: Sequence[str]) -> SafeString:
        """The sentence as HTML with its matching words marked, cut where it is very long."""
        hits = [(a, z) for word, a, z in self.words if word.startswith(tuple(wanted))]
        start, end = self._window(hits[0][0] if hits else 0)
        told, at = ["… " if start else ""], start
        for a, z in hits:
            if z <= end:
                told += [escape(self.text[at:a]), f"<mark>{escape(self.text[a:z])}</mark>"]
                at = z
        told += [escape(self.text[at:end]), " …" if end < len(self.text) else ""]
        return SafeString("".join(told))

    def _window(self, first: int) -> tuple[int, int]:
        """What to show, cut between words; the match at ``first`` is within."""
        if len(self.text) <= LONGEST:
            return 0, len(self.text)
        start = 0
        if first > BEFORE:
            start = next(a for _, a, _ in self.words if a >= first - BEFORE)
        ends = [z for _, _, z in self.words if start < z <= start + LONGEST]
        last = start + LONGEST >= len(self.text)
        return start, len(self.text) if last or not ends else ends[-1]


@dataclass(frozen=True)
class Entry:
    """One lesson, as it is searched."""

    lesson: Lesson
    title: Passage
    summary: Passage
    passages: tuple[Passage, ...]
    """The sentences of its body and of its exercise, in reading order."""

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every word in it once, sorted."""
        parts = (self.title, self.summary, *self.passages)
        return sorted({word for part in parts for word, _, _ in part.words})

    def has(self, wanted: str) -> bool:
        """Whether a word in it begins with ``wanted``."""
        at = bisect_left(self.vocabulary, wanted)
        return at < len(self.vocabulary) and self.vocabulary[at].startswith(wanted)

    def points(self, wanted: Sequence[str]) -> int:
        """How much it is about these words."""
        return sum(
            IN_TITLE if self.title.has(word) else IN_SUMMARY if self.summary.has(word) else 1
            for word in wanted
        )

    def excerpts(self, wanted: Sequence[str]) -> list[SafeString]:
        """Sentences in reading order: for each word the best, then those with the most words.

        Without any, the summary.
        """
        parts = (self.summary, *self.passages)
        counts = [sum(part.has(word) for word in wanted) for part in parts]
        best = sorted((at for at, n in enumerate(counts) if n), key=lambda at: -counts[at])
        firsts = (next((at for at in best if parts[at].has(word)), None) for word in wanted)
        chosen = dict.fromkeys([*(at for at in firsts if at is not None), *best])
        return [parts[at].marked(wanted) for at in sorted(list(chosen)[:MOST_EXCERPTS]) or [0]]


@dataclass(frozen=True)
class Found:
    """A lesson that was found. ``title`` and ``excerpts`` are safe HTML with marks."""

    lesson: Lesson
    title: SafeString
    excerpts: list[SafeString]


def search(courses: Catalogue, query: str) -> list[Found]:
    """The lessons that have a word beginning with each word of ``query``, the closest first.

    Neither case nor accents nor apostrophes matter. A query without a word finds nothing.
    """
    wanted = words(query)
    if not wanted:
        return []
    entries = [entry for entry in _entries(courses) if all(entry.has(word) for word in wanted)]
    entries.sort(key=lambda entry: -entry.points(wanted))
    return [Found(e.lesson, e.title.marked(wanted), e.excerpts(wanted)) for e in entries]


def words(query: str) -> list[str]:
    """The words of a query, folded, each once."""
    return list(dict.fromkeys(word for word, _, _ in Passage.of(query).words))


def fold(word: str) -> str:
    """``word`` without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


_kept: dict[str, tuple[Entry, ...]] = {}


def _entries(courses: Catalogue) -> tuple[Entry, ...]:
    """All lessons; divided into sentences once for each state of the content."""
    found = _kept.get(courses.digest)
    if found is None:
        found = tuple(_entry(lesson) for course in courses.courses for lesson in course.lessons)
        _kept.clear()
        _kept[courses.digest] = found
    return found


def _entry(lesson: Lesson) -> Entry:
    sentences = tuple(Passage.of(text) for text in _sentences(lesson))
    return Entry(lesson, Passage.of(lesson.title), Passage.of(lesson.summary), sentences)


def _sentences(lesson: Lesson) -> Iterator[str]:
    texts = [*blocks(lesson.html), *blocks(lesson.exercise.intro_html)]
    for prompt in lesson.exercise.prompts:
        texts += [prompt.ask, prompt.help or ""]
    for text in texts:
        yield from (found[0].strip() for found in SENTENCE.finditer(text))
