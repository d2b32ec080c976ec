"""``manage.py check``: every fault of every content file, as an error."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from lessons.legal import check_legal
from lessons.loading import assemble, read

_edited = ContextVar("edited", default=False)


@contextmanager
def edited() -> Iterator[None]:
    """Within, the check also says what an editor would.

    A lesson that could be better shall stop no server and no erasure, so the commands that merely
    check before they begin do not ask.
    """
    before = _edited.set(True)
    try:
        yield
    finally:
        _edited.reset(before)


def check_content(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """The faults of all content folders and of the legal texts; needs no database."""
    folders, faults = read(settings.CONTENT_DIRS)
    if _edited.get():
        from lessons.editorial import editorial_faults  # loads a list of words

        faults = sorted([*faults, *editorial_faults(folders, assemble(folders, faults, False))])
    return [
        Error(f"{fault.place}: {fault.message}", hint=fault.hint, id=f"trustbook.{fault.code}")
        for fault in [*faults, *check_legal()]
    ]
