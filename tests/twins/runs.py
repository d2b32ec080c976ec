"""Running a machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.twins.machine import Twins

AnyTwins = TypeVar("AnyTwins", bound=Twins)


@contextmanager
def by_hand(shared: int, of: type[AnyTwins]) -> Iterator[AnyTwins]:
    """The machine, to be led step by step; in the end the observer looks at everything."""
    of.prepare()
    machine = of()
    machine.begin(shared)
    try:
        yield machine
    finally:
        machine.teardown()


def run(of: type[Twins], runs: int, steps: int, *, shrink: bool = False) -> None:
    """So many runs of so many steps each, or fewer where a difference is found, which is raised.

    Without ``shrink``, as it was found.
    """
    of.prepare()
    run_state_machine_as_test(
        of,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
