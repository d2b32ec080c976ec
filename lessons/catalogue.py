"""The snapshot of the content that is being served, and how it is swapped.

In production the content is read once. Otherwise each request looks whether a file has changed;
a changed tree replaces the old one whole. While it has faults, the last good one stays, and the
faults are written to the console once.
"""

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from lessons.course import Catalogue, Course, Exercise, Lesson, Part, SuppliedPathway
from lessons.faults import Fault, report
from lessons.loading import load

Signature = tuple[tuple[str, int, int, int], ...]


def catalogue() -> Catalogue:
    """The content that is served now. Keep the result while a page is made of it."""
    return shelf().catalogue()


def look_again(**_: object) -> None:
    """Lets the next ``catalogue()`` look at the files; sent at the start of each request."""
    if not settings.PRODUCTION:
        shelf().looked = False


def shelf() -> "Shelf":
    """The shelf of the folders that the settings name."""
    drafts = settings.SHOW_DRAFTS and not settings.PRODUCTION
    return _shelf(tuple(settings.CONTENT_DIRS), drafts)


@lru_cache(maxsize=4)
def _shelf(dirs: tuple[Path, ...], drafts: bool) -> "Shelf":
    return Shelf(dirs, drafts)


class Shelf:
    """The content of some folders: what is served, and whether the files still say so."""

    def __init__(self, dirs: tuple[Path, ...], drafts: bool) -> None:
        self.dirs, self.drafts = dirs, drafts
        self.looked = False
        self.served: Catalogue | None = None
        self.good = False
        self.signature: Signature | None = None
        self.reported = ""
        self.lock = Lock()

    def catalogue(self) -> Catalogue:
        """The snapshot; the files are looked at only if ``looked`` is false."""
        if self.served is not None and self.looked:
            return self.served
        with self.lock:
            if self.served is None or not self.looked:
                self.looked = True
                self.served = self._current(self.served)
            return self.served

    def _current(self, served: Catalogue | None) -> Catalogue:
        signature = signature_of(self.dirs)
        if served is not None and signature == self.signature:
            return served
        fresh, faults = load(self.dirs, self.drafts)
        self.signature = signature
        self._tell(faults)
        if faults and self.good and served is not None:
            return served
        self.good = not faults
        return fresh

    def _tell(self, faults: list[Fault]) -> None:
        """Writes the faults to the console, unless they are those written last."""
        told = report(faults)
        if told and told != self.reported:
            sys.stderr.write(f"Faults in the content:\n{told}\n")
            sys.stderr.flush()
        self.reported = told


def signature_of(dirs: tuple[Path, ...]) -> Signature:
    """What tells one state of the files from another without reading them."""
    return tuple(sorted(_marks(dirs)))


def _marks(dirs: tuple[Path, ...]) -> Iterator[tuple[str, int, int, int]]:
    for root in dirs:
        for pattern in ("*", "*/*", "*/*/*"):
            for path in root.glob(pattern):
                try:
                    about = path.stat()
                except OSError:
                    yield str(path), 0, 0, 0
                else:
                    yield str(path), about.st_mtime_ns, about.st_size, about.st_ino


__all__ = [
    "Catalogue",
    "Course",
    "Exercise",
    "Lesson",
    "Part",
    "SuppliedPathway",
    "catalogue",
    "look_again",
]
