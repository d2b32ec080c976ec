"""A Wednesday, and the writer's page of its week."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from tests.exercises.pulse.checkin import CheckIn
from trustbook.accounts.models import User

THIS = date(2026, 3, 2)
"""The Monday of the week in which these tests take place."""


@pytest.fixture(autouse=True)
def clock():
    """Wednesday at noon."""
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def checkin(clock: object, writing: Client, writer: User) -> CheckIn:
    """The writer's page."""
    return CheckIn(writing, writer)
