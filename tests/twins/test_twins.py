"""Non-interference: what the author does alone makes no difference to what the partner receives.

``machine`` says what is compared, and of what steps a run is made.
"""

import pytest

from tests.twins import known, unseen
from tests.twins.machine import TwinWorlds
from tests.twins.runs import run


@pytest.mark.parametrize("quarter", range(4))
def test_what_is_private_makes_no_difference(quarter):
    """Two hundred runs, in parts that several workers share."""
    run(50, 30)


@pytest.mark.prove
@pytest.mark.parametrize("twentieth", range(20))
def test_what_is_private_makes_no_difference_at_length(twentieth):
    """Two thousand runs."""
    run(100, 50)


def test_what_was_shared_for_a_moment_is_told_by_no_mail():
    """Not even where something else, of which the partner was told before, is still shown."""
    TwinWorlds.prepare()
    machine = TwinWorlds()
    machine.begin(0)
    machine.author_known(known.shares, 0, "", ())
    machine.evening(())
    written = (unseen.writes, 1, "a text")
    machine.author_alone([written, (unseen.shares_a_moment, 0, "")], [written], ())
    machine.evening(())
    machine.evening(())
    machine.teardown()
