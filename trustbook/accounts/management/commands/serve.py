"""``manage.py serve``: the server of ``make run``, for one's own machine."""

import logging
import os
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import runserver


class Command(runserver.Command):
    """Django's ``runserver`` at ``PORT``, told in one line; a changed Python file reloads it."""

    help = "Serves trustbook on this machine only. For the public see deploy/."

    def add_arguments(self, parser: CommandParser) -> None:
        """None: ``PORT`` says it all."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Serves until Ctrl-C. Raises ``CommandError`` when the port is taken."""
        self.addr, self.port, self.use_ipv6 = "127.0.0.1", str(settings.PORT), False
        if os.environ.get("RUN_MAIN") != "true":  # set by the process that watches the files
            require_free(settings.PORT)
        # Checks ran in `prepare`; a fault in content/ since then is the catalogue's to tell.
        self.run(use_reloader=True, use_threading=True, skip_checks=True)

    def on_bind(self, server_port: int) -> None:
        """Said when the address answers."""
        # One line a request would tell of /help/ and of what was searched; errors have a logger
        # of their own.
        logging.getLogger("django.server").disabled = True
        self.stdout.write(f"trustbook is at http://localhost:{server_port} (Ctrl-C ends it)")


def require_free(port: int) -> None:
    """Raises ``CommandError`` with a way out when ``port`` cannot be served."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise CommandError(
                f"Port {port} cannot be used ({why}). Choose another: make run PORT=8001"
            ) from error
