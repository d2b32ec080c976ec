"""Ending processes for certain."""

import time
from collections.abc import Iterable
from contextlib import suppress

import psutil


def kill_family(pid: int) -> None:
    """SIGKILL to a process and all that descend from it; returns when they are gone.

    The process itself stays a zombie until its parent, who may be the caller, waits for it.
    """
    with suppress(psutil.NoSuchProcess):
        head = psutil.Process(pid)
        # Stopped first, so that it starts no further process while we count them.
        head.suspend()
        kill_all([head, *head.children(recursive=True)])


def kill_all(processes: Iterable[psutil.Process], seconds: float = 30) -> None:
    """SIGKILL to each. Raises ``TimeoutError`` when one outlives it by ``seconds``."""
    killed = list(processes)
    for process in killed:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    until = time.monotonic() + seconds
    while any(_alive(process) for process in killed):
        if time.monotonic() > until:
            raise TimeoutError("a killed process is still there")
        time.sleep(0.005)


def _alive(process: psutil.Process) -> bool:
    try:
        # A dead process waits to be buried by its parent, whoever that is now. While others of
        # its threads still end, its sockets are open: only the last of them closes the door.
        buried = process.status() == psutil.STATUS_ZOMBIE and process.num_threads() <= 1
        return process.is_running() and not buried
    except psutil.NoSuchProcess:
        return False
