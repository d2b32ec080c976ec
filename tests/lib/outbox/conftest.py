"""A kind of notice that no room has, and the time."""

from datetime import UTC, datetime

import pytest
import time_machine

from trustbook.lib.outbox import kinds
from trustbook.lib.outbox.kinds import Kind

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    """It is half past twelve on a Tuesday, until the test says otherwise."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def heron():
    """A kind that was made up."""
    kind = kinds.register(Kind("heron", "A heron was seen"))
    yield kind
    kinds.forget(kind)
