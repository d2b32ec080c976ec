"""All addresses, a few to a test: to make a world for each would take longer than to ask it."""

import pytest

from tests.access.table import ROWS

EACH = 12
some_rows = pytest.mark.parametrize(
    "rows",
    [ROWS[start : start + EACH] for start in range(0, len(ROWS), EACH)],
    ids=lambda rows: f"from {rows[0].name}",
)
"""``rows``: the next ones of the table."""
