"""Somebody who asked for reminders, and the command that sends them."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.core.management import call_command

from trustbook.reminders import actions
from trustbook.reminders.models import Schedule

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
"""A Tuesday."""


@pytest.fixture
def clock():
    """It is half past twelve on a Tuesday, until the test says otherwise."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def run(clock, capsys):
    """Runs ``send_mail_due`` at a time; what it prints."""

    def ran(when=None):
        if when:
            clock.move_to(when)
        call_command("send_mail_due")
        return capsys.readouterr().out

    return ran


def ask(person, *kinds, weekday=6, at=time(19)):
    """As the page does it."""
    schedule = Schedule.objects.of(person)
    schedule.weekday, schedule.at = weekday, at
    actions.set_reminders(schedule, kinds)
    return Schedule.objects.get(person=person)
