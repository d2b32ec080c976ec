"""Secrets that an installation makes for itself the first time it starts."""

import os
from collections.abc import Callable
from pathlib import Path

from trustbook.lib.disk import flush


def private_folder(path: Path) -> Path:
    """``path`` as a folder that only its owner may enter; made when missing."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def made_once(path: Path, make: Callable[[], str]) -> str:
    """The text in ``path``; where there is none, ``make`` gives it (mode 600).

    Of two processes that start at once, one writes and both read the same: the file appears
    whole, by a hard link, or not at all.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        flush(path.parent)  # a master key must not be lost to a crash
    return path.read_text().strip()
