"""Everything here is written on the trial course, by two people who share a workbook."""

import pytest
from django.test import Client

from exercises.models import Answer, Couple
from tests.exercises.two import CANARY
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import User


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """The small course instead of the real one."""


@pytest.fixture
def page(writing: Client, writer: User, couple: Couple) -> Workbook:
    """The writer's page of the lesson "Every kind"; the partner is there."""
    return Workbook(writing, writer)


@pytest.fixture
def answer(page: Workbook) -> Answer:
    """An answer that nobody is shown yet."""
    page.saved("moment", CANARY)
    return page.answer("moment")
