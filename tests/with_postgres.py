"""``python -m tests.with_postgres [--durable] COMMAND …``: runs a command beside a PostgreSQL.

The command finds it in DATABASE_URL and KEYS_DATABASE_URL. Its exit code is returned; the server
and its files are gone afterwards. Without ``--durable`` the server does not wait for the disk.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from types import FrameType

from tests.servers.missing import tell_missing
from tests.servers.places import NoPostgres
from tests.servers.postgres import FAST, Postgres

TO_END = [signal.SIGTERM, signal.SIGHUP]
LAST_WORDS = 20.0
"""Seconds that an interrupted command has for ending by itself."""


def main(arguments: list[str]) -> int:
    """The command's exit code, 128 + signal when one ended it."""
    durable = arguments[:1] == ["--durable"]
    command = arguments[1:] if durable else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    for request in TO_END:
        signal.signal(request, _interrupt)
    try:
        with Postgres({} if durable else FAST) as server:
            return run(command, server)
    except NoPostgres as error:
        return tell_missing(str(error))
    except KeyboardInterrupt:
        return 130


def run(command: list[str], server: Postgres) -> int:
    """Waits for the command; interrupted, waits for its end too before it goes on."""
    with subprocess.Popen(command, env={**os.environ, **server.environment()}) as process:
        try:
            code = process.wait()
        except KeyboardInterrupt as interrupt:
            for request in [signal.SIGINT, *TO_END]:
                signal.signal(request, signal.SIG_IGN)
            if isinstance(interrupt, Ending):
                # The terminal sends Ctrl-C to the command as well; these reached us alone.
                process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(LAST_WORDS)
            process.kill()
            raise
    return code if code >= 0 else 128 - code


class Ending(KeyboardInterrupt):
    """Asked to end by a signal; as an exception it unwinds the ``with`` that holds the server."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Ending


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
