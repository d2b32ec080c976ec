"""Every address of therapists and clients in every state of what links two, as every role.

What a role gets, and the texts that it finds on the way: exactly those that it may see.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import pytest

from tests.access import care_canaries
from tests.access.care_scenes import ROLES, STATES, THERAPISTS, CareScene
from tests.access.care_table import CARE
from tests.access.care_walking import Cell, ask, cells, elsewhere, expected
from tests.access.table import METHODS, ROWS

ASKED = ("GET", "POST")
OURS = [row for row in ROWS if row.name in CARE]
THEIRS = {"therapist", "client", ("therapist", "client"), ("client", "therapist")}
"""Whose things the walk of ``make test`` names; ``make prove`` names everybody's."""


def test_every_address_of_a_therapist_or_a_client_is_in_the_table():
    there = {row.name for row in ROWS if row.name.startswith(("care:", "client:"))}
    assert there - set(CARE) == {"client:welcome"}
    assert set(CARE) <= there


@pytest.mark.parametrize(
    ("state", "roles", "methods"),
    [
        ("responded", ("therapist", "other", "partner"), ASKED),
        ("ended by the client", ("therapist", "client"), ("GET",)),
    ],
)
def test_who_gets_and_finds_what_is_between_two(trial, state, roles, methods):
    scene = CareScene(state)
    asked = cells(scene, OURS, roles, methods)
    theirs = (cell for cell in asked if all(is_theirs(key) for key in cell.keys.values()))
    assert list(findings(scene, theirs)) == []


def is_theirs(key: Any) -> bool:
    """Whether it is the client's or the therapist's, or nobody's in particular."""
    known = isinstance(key, tuple) or key in THERAPISTS
    return key in THEIRS or key == ("client", "shared") or (not known and bool(key))


@pytest.mark.prove
@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_and_finds_what_is_theirs(trial, state):
    scene = CareScene(state)
    asked = chain(cells(scene, OURS, ROLES, ASKED), elsewhere(scene, ROLES))
    assert list(findings(scene, asked, whole=True)) == []


@pytest.mark.prove
@pytest.mark.parametrize("state", ["responded", "ended half way", "role revoked"])
def test_with_every_other_method(trial, state):
    scene = CareScene(state)
    others = [method for method in METHODS if method not in ASKED]
    assert list(findings(scene, cells(scene, OURS, ROLES, others))) == []


def findings(scene: CareScene, asked: Iterable[Cell], *, whole: bool = False) -> Iterator[str]:
    """What came out otherwise than the table says, and what was found that one may not see.

    At the end, of a ``whole`` walk, what was found nowhere and should be.
    """
    texts = care_canaries.needles(scene)
    found: dict[str, set[str]] = {}
    for cell in asked:
        may_see = care_canaries.may_see_at(scene, cell.role, cell.row.name)
        came, sent = ask(scene, cell)
        if cell.row.name in CARE and came != (wanted := expected(scene, cell)):
            yield f"{cell}: {came}, not {wanted}"
        seen = {name for needle, name in texts.items() if needle in sent}
        yield from (f"{cell}: {name}" for name in sorted(seen - may_see))
        found.setdefault(cell.role, set()).update(seen)
    for role, seen in found.items() if whole else ():
        missing = care_canaries.may_see(scene, role) - seen
        yield from (f"{role} never found: {name}" for name in sorted(missing))
