"""Kinds of notice."""

import pytest

from trustbook.lib.outbox import kinds
from trustbook.lib.outbox.kinds import Kind

NAMES = ["partner", "therapist", "client", "weekly", "return"]


def test_what_this_version_brings():
    assert [kind.name for kind in kinds.registered()] == NAMES


def test_registered_and_forgotten(heron):
    assert [kind.name for kind in kinds.registered()] == [*NAMES, "heron"]
    assert kinds.named("heron") == heron
    kinds.forget(heron)
    assert (kinds.named("heron"), len(kinds.registered())) == (None, 5)


def test_a_name_that_cannot_be_stored_is_refused():
    with pytest.raises(ValueError, match="longer than 20 letters"):
        kinds.register(Kind("h" * 21, "A heron"))
    assert len(kinds.registered()) == 5
