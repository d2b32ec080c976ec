"""What is wrong with a content file, said so that its author can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Code(StrEnum):
    """The groups of faults; ``manage.py check`` shows them as ``trustbook.C001`` and so on.

    A lesson with a fault of C is not served. Those of E are an editor's, and keep no lesson back.
    """

    FILE = "C001"
    YAML = "C002"
    KEY = "C003"
    TWICE = "C004"
    RECALL = "C005"
    BODY = "C006"
    FOLDER = "C007"
    LEGAL = "C008"
    WORDS = "E001"
    MINUTES = "E002"
    EASE = "E003"
    SOURCE = "E004"
    HELP = "E005"
    LINK = "E006"
    SHARED = "E007"


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: where it stands (``line`` counts from 1), what is wrong, what to write instead."""

    path: Path
    line: int
    code: Code
    message: str
    hint: str

    @property
    def place(self) -> str:
        """``path:line``, the path relative to the working folder where that is possible."""
        return f"{shown(self.path)}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.hint}"


@dataclass
class Faults:
    """The faults of one file, as they are found."""

    path: Path
    code: Code
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str, hint: str, code: Code | None = None) -> None:
        """Notes a fault; without ``code`` it belongs to the group that is being looked at."""
        self.found.append(Fault(self.path, line, code or self.code, message, hint))


def shown(path: Path) -> str:
    """``path`` as an author would type it: relative to the working folder if it lies there."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def report(faults: Iterable[Fault]) -> str:
    """All faults, a line each, in the order of files and lines."""
    return "\n".join(str(fault) for fault in sorted(faults))
