"""Every address in every state of what is between two people, as every role, against the table.

What a role gets, and the texts that it finds on the way: exactly those that it may see.
"""

import pytest

from tests.access import canaries
from tests.access.scenes import ROLES, STATES, Scene
from tests.access.table import METHODS, ROWS
from tests.access.walking import Cell, ask, cells, expected, near

ASKED = ("GET", "POST")


@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_and_finds_what_is_theirs(trial, state):
    scene = Scene(state)
    assert walk(scene, list(cells(scene, near(), ROLES, ASKED))) == ([], [])


@pytest.mark.prove
@pytest.mark.parametrize("state", STATES)
def test_at_every_address_with_every_method(trial, state):
    scene = Scene(state)
    assert walk(scene, list(cells(scene, ROWS, ROLES, METHODS))) == ([], [])


def walk(scene: Scene, todo: list[Cell]) -> tuple[list[str], list[str]]:
    """What came out otherwise than the table says, and what was found that is not one's own."""
    texts = canaries.needles(scene)
    wrong, foreign = [], []
    found: dict[str, set[str]] = {cell.role: set() for cell in todo}
    for cell in todo:
        answered = ask(scene, cell)
        if answered.outcome != (wanted := expected(scene, cell)):
            wrong.append(f"{cell}: {answered.outcome}, not {wanted}")
        names = {name for needle, name in texts.items() if needle in answered.sent}
        for name in names - canaries.may_see(scene, cell.role):
            foreign.append(f"{cell}: {name}")
        found[cell.role] |= names
    for role, names in found.items():
        foreign += [f"{role} never found {name}" for name in canaries.may_see(scene, role) - names]
    return wrong, foreign
