"""People who invite and are invited."""

from datetime import UTC, datetime

import pytest
import time_machine

from exercises.together import invitations
from exercises.together.invitations import Made

NOW = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    """It is six o'clock on a Sunday, until the test says otherwise; comes before ``writing``."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def made(writer) -> Made:
    """The writer has invited somebody."""
    return invitations.invite(writer, again=False)
