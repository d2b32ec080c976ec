"""trustbook on databases of its own, which tests may kill."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from django.db import connections
from django.test import override_settings

from tests.servers.live import PATIENCE, LiveServer
from tests.servers.places import ROOT
from tests.servers.postgres import Postgres
from trustbook.accounts.keys import vault
from trustbook.lib.encryption import MasterKeys
from trustbook.lib.env import database

CONTENT = [ROOT / "tests" / "content", ROOT / "tests" / "exercises" / "together" / "content"]


class Installation(LiveServer):
    """On ``postgres``, or on SQLite files in ``folder``; two workers once it is started."""

    def __init__(self, folder: Path, postgres: Postgres | None = None) -> None:
        files = {
            "DATABASE_URL": f"sqlite:///{folder / 'trustbook.sqlite3'}",
            "KEYS_DATABASE_URL": f"sqlite:///{folder / 'keys.sqlite3'}",
        }
        self.postgres, self.folder = postgres, folder
        super().__init__(
            folder,
            {
                **(postgres.environment() if postgres else files),
                "SECRET_KEY": "of this installation",
                "TRUSTBOOK_MASTER_KEYS": MasterKeys.make(),
                "TRUSTBOOK_CONTENT_DIR": os.pathsep.join(map(str, CONTENT)),
            },
            workers=2,
        )

    def dies(self, step: str, *command: str) -> None:
        """Runs a command of ``dying.py`` that must be killed at ``step``."""
        arguments = [sys.executable, "-m", "tests.durability.dying", step, *command]
        done = subprocess.run(
            arguments, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == -9, f"{step} was not reached:\n{done.stdout}{done.stderr}"

    def hold_back(self) -> None:
        """Stops the process that writes PostgreSQL's log now and then, until the next start.

        What is on the disk afterwards is there because a commit waited for it.
        """
        if self.postgres and self.postgres.process:
            until = time.monotonic() + PATIENCE
            while not (writer := _writer_of_log(self.postgres.process.pid)):
                assert time.monotonic() < until, "PostgreSQL has no walwriter"
                time.sleep(0.01)
            writer.suspend()

    def struck(self, number: int) -> None:
        """SIGKILL to everything, then all is up again; PostgreSQL alone for every odd ``number``.

        Called from inside ``here``, whose connections it cuts too.
        """
        server_too = self.postgres is None or number % 2 == 0
        if server_too:
            self.kill9()
        if self.postgres:
            self.postgres.kill9()
            self.postgres.start()
            connections.close_all()
        if server_too:
            self.start()

    @contextmanager
    def here(self) -> Iterator[None]:
        """This process, with all its threads, works on this installation for a while."""
        urls = {"default": "DATABASE_URL", "keys": "KEYS_DATABASE_URL"}
        ours = {alias: database(self.env[name]) for alias, name in urls.items()}
        secrets = {
            "SECRET_KEY": self.env["SECRET_KEY"],
            "MASTER_KEYS": MasterKeys.parse(self.env["TRUSTBOOK_MASTER_KEYS"]),
        }
        place = {"CONTENT_DIRS": CONTENT, "LEDGER": self.data / "erased.log"}
        with _databases(ours), override_settings(**secrets, **place):
            vault.forget_all()
            yield


def _writer_of_log(postgres: int) -> psutil.Process | None:
    """The process that writes the log; none while it has just begun and has no name yet."""
    for child in psutil.Process(postgres).children():
        with suppress(psutil.NoSuchProcess):
            if "walwriter" in " ".join(child.cmdline()):
                return child
    return None


@contextmanager
def _databases(ours: dict) -> Iterator[None]:
    """Django's connections lead to ``ours``, and afterwards where they led before."""
    before, theirs = connections.settings, {alias: connections[alias] for alias in connections}
    for alias in theirs:
        del connections[alias]
    connections.settings = connections.configure_settings(ours)
    try:
        yield
    finally:
        connections.close_all()
        connections.settings = before
        for alias, connection in theirs.items():
            connections[alias] = connection
