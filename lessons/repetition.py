"""Words that one text has in common with another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons.prose import Word

RUN = 8
"""So many words in the same order are no accident."""


@dataclass(frozen=True)
class Passage:
    """Some running text of a file."""

    path: Path
    words: Sequence[Word]


@dataclass(frozen=True)
class Shared:
    """A run in ``path`` from ``line`` on, which an earlier file has; its first ``words``."""

    path: Path
    line: int
    other: Path
    other_line: int
    words: str


def shared_runs(passages: Sequence[Passage]) -> Iterator[Shared]:
    """Each longest run of ``RUN`` words or more that a file shares with one before it."""
    first: dict[tuple[str, ...], tuple[Path, int]] = {}
    for passage in passages:
        spoken = [word.text.casefold().replace("'", "’") for word in passage.words]
        going_on = -1
        for at in range(len(spoken) - RUN + 1):
            here = passage.words[at : at + RUN]
            place = (passage.path, here[0].line)
            path, line = first.setdefault(tuple(spoken[at : at + RUN]), place)
            if path == passage.path:
                continue
            if at != going_on:
                said = " ".join(word.text for word in here)
                yield Shared(passage.path, here[0].line, path, line, said)
            going_on = at + 1
