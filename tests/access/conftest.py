"""Where the scenes play."""

from pathlib import Path

import pytest

FOR_TWO = Path(__file__).parent.parent / "exercises" / "together" / "content"


@pytest.fixture
def courses(trial, settings):
    """The small course, and beside it the one on which two people write together."""
    settings.CONTENT_DIRS = [*settings.CONTENT_DIRS, FOR_TWO]
