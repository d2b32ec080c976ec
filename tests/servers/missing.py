"""What a machine may lack: a loud skip at home, a failure where the result counts."""

import os
import sys
from typing import NoReturn

import pytest


def must_have_all() -> bool:
    """Whether this is a machine whose verdict counts (``CI=true`` or ``TRUSTBOOK_CI=1``)."""
    return os.environ.get("CI", "") not in ("", "0", "false") or (
        os.environ.get("TRUSTBOOK_CI") == "1"
    )


def missing(what: str) -> NoReturn:
    """Ends the running test: failed where the verdict counts, else skipped. ``what`` says why."""
    if must_have_all():
        pytest.fail(what, pytrace=False)
    pytest.skip(f"NOT TESTED: {what}")


def tell_missing(what: str) -> int:
    """The same outside pytest: says so on the console and returns the exit code."""
    print(f"\n!!! NOT TESTED: {what}\n", file=sys.stderr)
    return 1 if must_have_all() else 0
