"""Everything a person has as one ZIP, written while it is sent.

Nothing touches the disk, and only the piece that is being written is in memory. A stream that
breaks off lacks the list of contents at its end, without which no program takes it for whole.
"""

import logging
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TypeVar

from django.utils import timezone

from trustbook.accounts.models import User
from trustbook.lib.export import Chapter
from trustbook.privacy import markdown, workbook
from trustbook.privacy.document import parts_of, schema, written

AT_ONCE = 64 * 1024
"""Bytes that are gathered before they are sent."""
DOCUMENT = "workbook.json"

logger = logging.getLogger(__name__)
T = TypeVar("T")
Pieces = Iterable[str | bytes]


@dataclass(frozen=True)
class File:
    """One file; ``pieces`` is asked for when its turn comes, and may hold nothing at all."""

    name: str
    pieces: Callable[[], Pieces]


class Archive:
    """All that a person has now, found and opened; ``stream`` puts it into words and sends it."""

    def __init__(self, person: User) -> None:
        self.person = person
        self.made_at = timezone.now()
        self.parts = parts_of(person)
        chapters = [found for part in self.parts for found in part.chapters]
        self.chapters: list[Chapter] = sorted(chapters, key=lambda found: not found.printed)

    def files(self) -> list[File]:
        """What the archive holds, in the order of sending; the one that takes longest comes last.

        A chapter without earlier versions has no file of them.
        """
        now = self.made_at.astimezone(self.person.zone)
        names = [f"{n:02}-{safe(found.name)}.md" for n, found in enumerate(self.chapters, start=1)]
        read = [_read(names[n], found) for n, found in enumerate(self.chapters)]
        before = [_before(names[n], found) for n, found in enumerate(self.chapters)]
        return [
            File("read-me-first.md", lambda: introduction(self.chapters, names, now)),
            *read,
            *before,
            File(DOCUMENT, lambda: written(self.parts, self.made_at)),
            File("schema.json", lambda: [schema()]),
            *workbook_files(self.person, self.chapters, now),
        ]

    def stream(self) -> Iterator[bytes]:
        """The bytes of the ZIP."""
        sink = Sink()
        archive = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]
        now = self.made_at.astimezone(self.person.zone)
        for file in self.files():
            pieces = _if_any(file.pieces())
            if pieces is None:
                continue
            about = zipfile.ZipInfo(file.name, (now.year, *now.timetuple()[1:6]))
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            with archive.open(about, "w") as member:
                for piece in pieces:
                    member.write(piece.encode() if isinstance(piece, str) else piece)
                    if sink.size >= AT_ONCE:
                        yield sink.take()
            yield sink.take()
        # Not before all went well, and in no ``finally``.
        archive.close()
        yield sink.take()


class Sink:
    """Where the ZIP is written to, and taken from."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Keeps some bytes."""
        self.kept.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing to do."""

    def take(self) -> bytes:
        """All bytes since the last time."""
        taken = b"".join(self.kept)
        self.kept, self.size = [], 0
        return taken


def safe(name: str) -> str:
    """``name`` as a part of a file's name: small letters, digits, hyphens, nothing else."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "chapter"


def _if_any(items: Iterable[T]) -> Iterator[T] | None:
    """The same items, or None where there are none at all."""
    rest = iter(items)
    for first in rest:
        return chain([first], rest)
    return None


def _read(name: str, found: Chapter) -> File:
    folder = "lessons/" if found.printed else ""
    return File(folder + name, lambda: markdown.chapter(found))


def _before(name: str, found: Chapter) -> File:
    def pieces() -> Pieces:
        entries = _if_any(found.earlier())
        return markdown.earlier(found, entries) if entries else ()

    return File("earlier-versions/" + name, pieces)


def workbook_files(person: User, chapters: list[Chapter], now: datetime) -> list[File]:
    """The PDF, or, where it could not be made, a note that says so: the rest is not held back."""
    failed: list[str] = []
    bound = workbook.volumes(chapters)
    files = [
        File(name, partial(_volume, person, volume, now, part, failed))
        for volume, (name, part) in zip(bound, _names(len(bound)), strict=True)
    ]
    return [*files, File("no-pdf.md", lambda: failed[:1])]


def _names(volumes: int) -> list[tuple[str, str]]:
    """The name of each volume's file, and what stands on its cover."""
    if volumes == 1:
        return [("workbook.pdf", "")]
    numbers = range(1, volumes + 1)
    return [(f"workbook-{number}.pdf", f"Part {number} of {volumes}") for number in numbers]


def _volume(
    person: User, chapters: list[Chapter], now: datetime, part: str, failed: list[str]
) -> Pieces:
    try:
        return [workbook.pdf(person, chapters, now, part)]
    except workbook.NotSet as error:
        logger.error("The PDF of an export could not be made: %s", error)
        failed.append(NO_PDF)
        return []


NO_PDF = """# There is no PDF this time

It could not be made, and the operator was told so, without a word of what you wrote. Nothing is
missing: everything is in the Markdown files beside this one and in `workbook.json`.
"""
INTRODUCTION = """# Your workbook

Everything that you have here, as of {now}.

- `workbook.pdf`: your answers to read and to print.
- `lessons/`: the same as Markdown, a file a lesson, in your own words and with the question as it
  was asked. If the PDF lacks a sign, it is here.
- `earlier-versions/`: what you saved before, and what was kept aside. Missing when there is none.
- `workbook.json`: all of it for programs, with every revision. It can be brought into another
  account, under “Your data”. `schema.json` describes it.

Whoever has this file can read all of it. Keep it where you would keep a diary.

"""


def introduction(chapters: list[Chapter], names: list[str], now: datetime) -> Iterator[str]:
    """What is in the archive."""
    yield INTRODUCTION.format(now=markdown.day(now))
    for found, name in zip(chapters, names, strict=True):
        folder = "lessons/" if found.printed else ""
        yield f"- [{markdown.line_of(found.title)}]({folder}{name})\n"
