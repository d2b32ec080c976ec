"""A private PostgreSQL: made, killed and thrown away by the tests that need one.

    with Postgres() as server:              # PostgreSQL's own durable settings
        psycopg.connect(server.url("default"))
        server.kill9()
        server.start()                      # recovers from its log

It listens on a Unix socket in a folder of mode 700 and nowhere else, so it needs no password and
no port, and two of them never meet.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psycopg

from tests.servers import places
from tests.servers.processes import kill_family

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests of anything but durability: nothing is waited for that only a crash would show."""

DATABASES = {"default": "trustbook", "keys": "trustbook_keys"}
"""Django's alias, and the name of its database and of the role that owns it."""

ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Shared memory as files in the folder: nothing stays behind in /dev/shm after a kill.
    "dynamic_shared_memory_type": "mmap",
    "log_min_messages": "warning",
    # As deploy/README.md asks for: nothing of what a statement carried gets into the log.
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}
PATIENCE = 60.0
"""Seconds for a start (a recovery included) or a stop."""


class Postgres:
    """One server with two databases. ``options`` are settings as ``postgres -c`` takes them.

    ``like`` is the ``data`` of another one that was stopped: this one begins as its copy. Raises
    ``places.NoPostgres`` where no binaries are found.
    """

    def __init__(self, options: Mapping[str, str] | None = None, like: Path | None = None) -> None:
        self.options, self.like = dict(options or {}), like
        # PostgreSQL refuses to run as root.
        self.user = "nobody" if os.geteuid() == 0 else None
        found = places.binaries()
        self.folder = places.new_folder(self.user)
        self.binaries = places.within_reach(found, self.folder, self.user)
        self.log = self.folder / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Returns when connections are answered; the first time, makes the databases."""
        new = not self.data.exists()
        if new and self.like:
            subprocess.run(["cp", "-a", self.like, self.data], check=True)
        elif new:
            self._initdb()
        self._launch()
        self._wait()
        if new and not self.like:
            self._make_databases()

    def stop(self) -> None:
        """Ends the server as an operator would: everything is written, nobody is waited for."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill9()
        self.process = None

    def kill9(self) -> None:
        """SIGKILL to the server and all its processes at once; ``start`` then recovers."""
        if self.process is not None and self.process.poll() is None:
            # All of them: while one lives, the next start refuses to touch the shared memory.
            kill_family(self.process.pid)
            self.process.wait()
        self.process = None

    def restart(self, options: Mapping[str, str] | None = None) -> None:
        """Stops and starts, with other ``options`` if given."""
        self.stop()
        if options is not None:
            self.options = dict(options)
        self.start()

    def close(self) -> None:
        """Ends the server without ceremony and removes the folder."""
        self.kill9()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, alias: str = "default") -> str:
        """The address of the database ``default`` or ``keys``, for Django and for psycopg."""
        name = DATABASES[alias]
        return f"postgres://{name}@{quote(str(self.folder), safe='')}/{name}"

    def environment(self) -> dict[str, str]:
        """What makes trustbook use this server."""
        return {"DATABASE_URL": self.url("default"), "KEYS_DATABASE_URL": self.url("keys")}

    def show(self, setting: str) -> str:
        """A setting as the running server has it."""
        with psycopg.connect(self._admin, autocommit=True) as connection:
            row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
        return str(row[0]) if row else ""

    @property
    def data(self) -> Path:
        """Its files."""
        return self.folder / "data"

    @property
    def _admin(self) -> str:
        return f"host={self.folder} user=postgres dbname=postgres connect_timeout=5"

    def _initdb(self) -> None:
        initdb = self._spawn(
            "initdb",
            *(f"--pgdata={self.data}", "--username=postgres", "--auth=trust"),
            *("--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"),
        )
        if initdb.wait(PATIENCE):
            raise RuntimeError(f"initdb failed:\n{self.log.read_text()}")

    def _launch(self) -> None:
        options = ALWAYS | {"unix_socket_directories": str(self.folder)} | self.options
        settings = [f"--{name}={value}" for name, value in options.items()]
        self.process = self._spawn("postgres", "-D", str(self.data), *settings)

    def _spawn(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Not as root, and in a session of its own: Ctrl-C is for the tests, not for the server."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [self.binaries / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                user=self.user,
                group=self.user and pwd.getpwnam(self.user).pw_gid,
                extra_groups=[] if self.user else None,
            )

    def _wait(self) -> None:
        assert self.process
        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self._admin).close()
                return
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(
                        f"PostgreSQL did not start:\n{self.log.read_text()[-2000:]}"
                    ) from error
            time.sleep(0.02)

    def _make_databases(self) -> None:
        with psycopg.connect(self._admin, autocommit=True) as connection:
            for name in DATABASES.values():
                # CREATEDB: Django's test runner makes databases of its own beside these.
                connection.execute(f"CREATE ROLE {name} LOGIN CREATEDB")
                connection.execute(f"CREATE DATABASE {name} OWNER {name}")
