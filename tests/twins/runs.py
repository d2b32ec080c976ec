"""Running the machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.twins.machine import TwinWorlds


@contextmanager
def by_hand(shared: int) -> Iterator[TwinWorlds]:
    """The machine, to be led step by step; in the end the partner looks at everything."""
    TwinWorlds.prepare()
    machine = TwinWorlds()
    machine.begin(shared)
    try:
        yield machine
    finally:
        machine.teardown()


def run(runs: int, steps: int, *, shrink: bool = True) -> None:
    """So many runs of so many steps each, or fewer where a difference is found, which is raised.

    Without ``shrink``, as it was found.
    """
    TwinWorlds.prepare()
    run_state_machine_as_test(
        TwinWorlds,
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
