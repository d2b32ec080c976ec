"""People who invite and are invited, two who share a workbook, and a course that asks these two."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from exercises.invitations.made import Made
from exercises.models import Couple
from exercises.together import invitations
from tests.exercises.together.pages import Ours
from tests.exercises.workbook import Workbook

NOW = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)
CONTENT = Path(__file__).parent / "content"


@pytest.fixture
def clock():
    """It is six o'clock on a Sunday, until the test says otherwise; comes before ``writing``."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def made(writer) -> Made:
    """The writer has invited somebody."""
    return invitations.invite(writer, again=False)


@pytest.fixture(autouse=True)
def _asked_together(_on_trial, settings):
    """The trial course, and beside it one for two."""
    settings.CONTENT_DIRS = [*settings.CONTENT_DIRS, CONTENT]


@pytest.fixture
def mine(writing, writer, couple: Couple) -> Ours:
    """The writer's page of what the two write together."""
    return Ours(writing, writer)


@pytest.fixture
def theirs(beside, partner, couple: Couple) -> Ours:
    """The partner's page of the same."""
    return Ours(beside, partner)


@pytest.fixture
def own(writing, writer) -> Workbook:
    """The writer's page of the lesson, where they answer alone."""
    return Workbook(writing, writer, "for-two")
