"""Non-interference: what the author does alone makes no difference to what the partner receives.

``machine`` says what is compared, and of what steps a run is made.
"""

import pytest

from tests.twins import known, unseen
from tests.twins.couples import TwinCouples
from tests.twins.desks import TwinDesks
from tests.twins.runs import by_hand, run


@pytest.mark.parametrize("sixth", range(6))
def test_what_is_private_makes_no_difference(sixth):
    """Thirty runs, in parts that several workers share."""
    run(TwinCouples, 5, 30)


@pytest.mark.parametrize("third", range(3))
def test_nor_to_what_a_therapist_receives(third):
    """Fifteen runs; a partner is the client of the same therapist."""
    run(TwinDesks, 5, 30)


@pytest.mark.prove
@pytest.mark.parametrize("of", [TwinCouples, TwinDesks])
def test_two_hundred_runs(of):
    """As many as can be waited for now and then."""
    run(of, 200, 30)


@pytest.mark.prove
@pytest.mark.parametrize("twentieth", range(20))
def test_what_is_private_makes_no_difference_at_length(twentieth):
    """Two thousand runs."""
    run(TwinCouples, 100, 50)


def test_what_was_shared_for_a_moment_is_told_by_no_mail():
    """Not even where something else, of which the partner was told before, is still shown."""
    with by_hand(0, TwinCouples) as machine:
        machine.author_known(known.shares, 0, "", ())
        machine.evening(())
        written = (unseen.writes, 1, "a text")
        machine.author_alone([written, (unseen.shares_a_moment, 0, "")], [written], ())
        machine.evening(())
        machine.evening(())


def test_nor_where_the_partner_has_opened_something_on_that_day():
    with by_hand(0, TwinCouples) as machine:
        machine.both_are_ready(0, "a", ())
        written = (unseen.writes, 0, "a text")
        machine.author_alone([written, (unseen.shares_a_moment, 0, "")], [written], ())
        machine.evening(())
        machine.evening(())
