"""Non-interference: what the author does alone makes no difference to what the partner gets."""

import gc
import logging
import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.twins import known, unseen
from tests.twins.machine import TwinWorlds
from tests.twins.pages import CONTENT
from trustbook.privacy import workbook


@pytest.fixture(autouse=True)
def _pair_of_lessons(settings):
    settings.CONTENT_DIRS = [CONTENT]


@pytest.fixture(autouse=True)
def _typesetting_is_not_repeated(monkeypatch):
    """The PDF of an export comes from what it is made of, and from nothing else."""

    def not_set(*about):
        return repr(workbook.data_of(*about)).encode()

    monkeypatch.setattr("trustbook.privacy.workbook.pdf", not_set)


@pytest.fixture(autouse=True)
def _few_time_zones(monkeypatch):
    """Six hundred of them would take longer to draw than all the rest."""
    monkeypatch.setattr("trustbook.accounts.forms.available_timezones", lambda: {"UTC"})


@pytest.fixture(autouse=True)
def _without_a_log():
    """Refusals are looked for here by the thousand."""
    logging.disable()
    gc.disable()
    yield
    gc.enable()
    logging.disable(logging.NOTSET)


def run(runs, steps):
    TwinWorlds.prepare()
    run_state_machine_as_test(
        TwinWorlds,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_is_private_makes_no_difference():
    run(int(os.environ.get("RUNS", 10)), 30)


def test_what_was_shared_for_a_moment_is_told_by_no_mail():
    """Not even where something else, of which the partner was told before, is still shown."""
    machine = prepared()
    nothing = (unseen.does_nothing, 0, "")
    machine.author_known(known.shares, 0, "", ())
    machine.evening(())
    both = (unseen.writes, 1, "a text")
    machine.author_alone(both, both, ())
    machine.author_alone((unseen.shares_a_moment, 0, ""), nothing, ())
    machine.evening(())
    machine.evening(())
    machine.teardown()


def prepared():
    TwinWorlds.prepare()
    machine = TwinWorlds()
    machine.begin()
    return machine
