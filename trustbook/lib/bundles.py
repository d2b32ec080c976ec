"""Stylesheets and scripts joined into one file each, so that a page needs few requests.

A staticfiles finder: ``settings.BUNDLES`` maps a name to the files under ``static/`` it joins, in
order. The joined files are made under the data folder whenever a source is newer.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage


class BundleFinder(BaseFinder):
    """Finds each bundle by its name."""

    def check(self, **_: Any) -> list[CheckMessage]:
        """Nothing to check: a missing source fails loudly when the bundle is joined."""
        return []

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """The joined file for ``path``, or an empty list as Django's finders answer."""
        if path not in settings.BUNDLES:
            return []
        joined = str(join(path))
        return [joined] if find_all else joined

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Every bundle, for ``collectstatic``."""
        for name in settings.BUNDLES:
            join(name)
            yield name, FileSystemStorage(location=settings.DATA_DIR / "bundles")


def join(name: str) -> Path:
    """The path of the joined file, made anew when a source is newer."""
    sources = [settings.BASE_DIR / "static" / source for source in settings.BUNDLES[name]]
    joined: Path = settings.DATA_DIR / "bundles" / name
    newest = max(source.stat().st_mtime for source in sources)
    if not joined.exists() or joined.stat().st_mtime < newest:
        joined.parent.mkdir(parents=True, exist_ok=True)
        joined.write_text("\n".join(source.read_text() for source in sources))
    return joined
