"""Running the machine."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.twins.machine import TwinWorlds


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
