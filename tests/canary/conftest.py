"""These tests start servers of their own and leave Django's test databases alone."""

from pathlib import Path

import pytest

from tests.durability.conftest import own_databases

__all__ = ["own_databases"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """tests/conftest.py gives the databases to every test that does not say ``no_db``."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.keywords["no_db"] = True
