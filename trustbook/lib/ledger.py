"""The ledger of what was erased: a file outside both databases, replayed after a restore.

One line a thing: the day (UTC), what it was, its random id. A line is on the disk before the
thing itself is deleted, so that no backup can bring it back. Without the databases a line says
that somebody ended something on that day, and nothing else.
"""

import fcntl
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from trustbook.lib.disk import flush

LINE = re.compile(r"\d{4}-\d\d-\d\d ([a-z]+) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")

Entry = tuple[str, uuid.UUID]
"""What was erased (``key``, or a word of an app's ``personal_data``) and its id."""


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Adds a line for each entry; they are on the disk when this returns.

    Any number of processes may do so at once. Raises ``OSError`` where it can't be written: then
    nothing may be deleted yet.
    """
    today = datetime.now(UTC).date().isoformat()
    lines = "".join(f"{today} {what} {row}\n" for what, row in entries)
    if not lines:
        return
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _write(descriptor, lines.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if new:
        flush(path.parent)


def _write(descriptor: int, lines: bytes) -> None:
    """All of it, on a line of its own even where a crash left half a line."""
    length = os.fstat(descriptor).st_size
    if length and os.pread(descriptor, 1, length - 1) != b"\n":
        lines = b"\n" + lines
    while lines:
        lines = lines[os.write(descriptor, lines) :]


def read(path: Path) -> Iterator[Entry]:
    """What was erased, in the order of the file; half a line, as a crash leaves it, is no entry."""
    with path.open(encoding="ascii", errors="replace") as file:
        for line in file:
            if found := LINE.fullmatch(line.rstrip("\n")):
                yield found[1], uuid.UUID(found[2])
