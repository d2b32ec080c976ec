"""Two people who share a workbook, and a course that asks them things to answer together."""

from pathlib import Path

import pytest

from exercises.models import Couple
from tests.exercises.together.pages import Ours
from tests.exercises.workbook import Workbook

CONTENT = Path(__file__).parent / "content"


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
