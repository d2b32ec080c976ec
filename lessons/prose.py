"""The running text of a lesson, as somebody who reads it aloud meets it.

Headings, footnotes, addresses of links and the signs of Markdown are left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import syllapy

HEADING, NOTE = re.compile(r"#{1,6}\s"), re.compile(r"\[\^[^\]]+\]:")
ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s")
UNSPOKEN = re.compile(r"\[\^[^\]]*\]|(?<=\])\([^)]*\)|<[^>]*>|[*_`|\\]")
TOKEN = re.compile(r"(\w+(?:[’'.,-]\w+)*)(\W*)")
STOP = re.compile(r"[.!?…]")


@dataclass(frozen=True)
class Word:
    """A word, the line on which it stands, and whether a sentence ends with it."""

    text: str
    line: int
    last: bool


def words_of(markdown: str, first_line: int) -> list[Word]:
    """The words of ``markdown``, which begins on ``first_line`` of its file."""
    return [word for block in blocks(markdown, first_line) for word in _words(block)]


def has_notes(markdown: str) -> bool:
    """Whether ``markdown`` has a footnote."""
    return any(NOTE.match(line) for line in markdown.split("\n"))


def blocks(markdown: str, first_line: int) -> Iterator[list[tuple[int, str]]]:
    """Paragraphs and items of lists, as numbered lines."""
    block: list[tuple[int, str]] = []
    in_note = False
    for number, line in enumerate(markdown.split("\n"), start=first_line):
        blank = not line.strip()
        in_note = bool(NOTE.match(line)) or (in_note and (blank or line.startswith(" ")))
        silent = in_note or bool(HEADING.match(line))
        if blank or silent or ITEM.match(line):
            yield block
            block = []
        if not blank and not silent:
            block.append((number, line))
    yield block


def _words(block: Iterable[tuple[int, str]]) -> Iterator[Word]:
    found = [
        (number, *token)
        for number, line in block
        for token in TOKEN.findall(UNSPOKEN.sub("", line))
    ]
    for (number, word, behind), (_, after, _) in pairwise([*found, (0, "", "")]):
        # “Where?” she asked: a sentence goes on where a small letter follows.
        last = not after or (bool(STOP.search(behind)) and not after[0].islower())
        yield Word(word, number, last)


def sentences(words: Iterable[Word]) -> Iterator[list[Word]]:
    """``words`` by sentences."""
    sentence = []
    for word in words:
        sentence.append(word)
        if word.last:
            yield sentence
            sentence = []


def reading_ease(words: Sequence[Word]) -> float:
    """How easily ``words`` are read, of which there is at least one: 100 very easily, 0 hardly.

    Rudolf Flesch 1948, "A new readability yardstick", Journal of Applied Psychology 32, 221–233.
    """
    ends = sum(word.last for word in words)
    spoken = sum(_syllables(word.text) for word in words)
    return 206.835 - 1.015 * len(words) / ends - 84.6 * spoken / len(words)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    counted: int = syllapy.count(word.replace("’", "'"))
    return max(1, counted)
