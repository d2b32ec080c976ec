"""The real program as a process: for browsers, for kills and for the bench."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.servers.places import ROOT
from tests.servers.processes import kill_family

OURS = ("TRUSTBOOK_", "DJANGO_", "GRANIAN_", "SECRET_KEY", "EMAIL_URL", "ALLOWED_HOSTS", "PORT")
"""Beginnings of variables that a live server never takes over from the tests around it."""
PATIENCE = 30.0
"""Seconds for a start or a stop."""


class LiveServer:
    """trustbook behind granian, as deploy/ runs it. ``folder`` holds its data and its log.

    ``env`` adds variables (DATABASE_URL, TRUSTBOOK_PRODUCTION …; none of the surrounding tests'
    settings get in). The port stays the same from one start to the next.
    """

    def __init__(
        self, folder: Path, env: Mapping[str, str] | None = None, workers: int = 1
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.workers = workers
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.env = {
            **{name: value for name, value in os.environ.items() if not _ours(name)},
            "TRUSTBOOK_DATA_DIR": str(self.data),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            **(env or {}),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.prepare()
        try:
            self.start()
        except BaseException:
            self.kill9()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def prepare(self) -> None:
        """Databases up to date; in production the static files too. Once, before ``start``."""
        self.manage("prepare")
        if self.env.get("TRUSTBOOK_PRODUCTION") == "1":
            self.manage("collectstatic", "--noinput", "--verbosity=0")

    def manage(self, *arguments: str) -> str:
        """What ``manage.py`` prints. Raises ``RuntimeError`` with its complaint when it fails."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Returns when ``/readyz`` says so."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A group of its own: Ctrl-C is for the tests, which then stop it.
                start_new_session=True,
            )
        self._wait()

    def command(self) -> list[str]:
        """Another server to measure overrides this."""
        return [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "trustbook.wsgi:application"),
            *("--host", "127.0.0.1", "--port", str(self.port), "--http", "1", "--no-ws"),
            *("--workers", str(self.workers), "--blocking-threads", "1"),
        ]

    def stop(self) -> None:
        """As an operator stops it: requests that are under way are answered first."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        self.kill9()

    def kill9(self) -> None:
        """SIGKILL to the server and its workers at once; ``start`` brings it back."""
        if self.process is not None and self.process.poll() is None:
            kill_family(self.process.pid)
            self.process.wait()
        self.process = None

    def _wait(self) -> None:
        assert self.process
        until = time.monotonic() + PATIENCE
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"trustbook did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.02)

    def _ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ours(name: str) -> bool:
    return name.startswith(OURS) or name.endswith("DATABASE_URL")
