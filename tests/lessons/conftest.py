"""A content folder to write in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from lessons.course import Catalogue
from lessons.loading import load

COURSE = """\
id: trust
title: Trust
summary: About trust.
parts:
  - folder: 01-first
    title: First
    summary: The first part.
  - folder: 02-second
    title: Second
    summary: The second part.
"""
LESSON = """\
---
id: {id}
title: A lesson
summary: One sentence.
minutes: 8
exercise:
  intro: Take *ten* minutes.
  prompts:
    - id: one
      kind: text
      ask: What do you think?
---
The text.
"""


@contextmanager
def no_queries(alias: str) -> Iterator[None]:
    """Nothing within reaches the database ``alias``."""
    with CaptureQueriesContext(connections[alias]) as context:
        yield
    assert context.captured_queries == []


class Content:
    """A content folder with one course of two parts and one sound lesson, ``first``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("trust/course.yaml", COURSE)
        (root / "trust/02-second").mkdir()
        self.lesson("01-first/01-first.md", "first")

    def write(self, name: str, text: str | bytes) -> Path:
        """Writes a file, exactly as given."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def lesson(self, name: str, id_: str, *changes: tuple[str, str]) -> Path:
        """Writes a sound lesson into the course, with each text replaced by another."""
        text = LESSON.format(id=id_)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return self.write(f"trust/{name}", text)

    def broken(self, *changes: tuple[str, str]) -> list[str]:
        """The faults after ``second`` was written with these changes."""
        self.lesson("02-second/02-second.md", "second", *changes)
        return self.faults()

    def faults(self) -> list[str]:
        """Every fault as its author sees it, with paths from the content folder on."""
        return [str(fault).replace(f"{self.root}/", "") for fault in load([self.root])[1]]

    def load(self, *, drafts: bool = False) -> Catalogue:
        """The catalogue."""
        return load([self.root], drafts)[0]

    def slugs(self, *, drafts: bool = False) -> list[str]:
        """The slugs that are served."""
        catalogue = self.load(drafts=drafts)
        return [lesson.slug for course in catalogue.courses for lesson in course.lessons]


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds no content."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(autouse=True)
def _standing(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults tell paths from the current folder on: stand where they come out whole."""
    monkeypatch.chdir(elsewhere)


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A content folder with one sound lesson."""
    root = tmp_path / "content"
    root.mkdir()
    return Content(root)
