"""Everything here is written on the trial course."""

import pytest
from django.test import Client

from tests.exercises.workbook import Workbook
from trustbook.accounts.models import User


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """The small course instead of the real one."""


@pytest.fixture
def page(writing: Client, writer: User) -> Workbook:
    """The writer's page of the lesson "Every kind"."""
    return Workbook(writing, writer)
