"""Every address in every state of what is between two people, as every role, against the table.

What a role gets, and the texts that it finds on the way: exactly those that it may see.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product

import pytest
from django.db import connection
from django.urls import get_resolver

from tests.access import canaries
from tests.access.scenes import ROLES, STATES, Scene
from tests.access.table import METHODS, ROWS
from tests.access.test_addresses import names
from tests.access.walking import Cell, ask, cells, differing, expected, near

ASKED = ("GET", "POST")
OUTCOME = re.compile(r"\d{3}|in|>/\S*")
HERE = STATES if connection.vendor == "sqlite" else ("revealed", "answer deleted", "left half way")
"""PostgreSQL repeats those in which it is asked most; who may see what does not depend on it."""


def test_no_cell_is_missing(courses):
    scene = Scene("revealed")
    found = [
        (cell.row.name, cell.role, cell.method)
        for cell in cells(scene, ROWS, ROLES, METHODS)
        if OUTCOME.fullmatch(expected(scene, cell))
    ]
    assert set(found) == set(product(names(get_resolver()), ROLES, METHODS))


@pytest.mark.parametrize("state", HERE)
def test_everybody_gets_and_finds_what_is_theirs(courses, state):
    scene = Scene(state)
    assert list(findings(scene, differing(scene, cells(scene, near(), ROLES, ASKED)))) == []


@pytest.mark.prove
@pytest.mark.parametrize("state", STATES)
def test_at_every_address_with_every_method(courses, state):
    scene = Scene(state)
    assert list(findings(scene, cells(scene, ROWS, ROLES, METHODS))) == []


def findings(scene: Scene, asked: Iterable[Cell]) -> Iterator[str]:
    """What came out otherwise than the table says, and what was found that one may not see.

    At the end, what was found nowhere and should be.
    """
    texts = canaries.needles(scene)
    found: dict[str, set[str]] = {}
    for cell in asked:
        may_see = canaries.may_see_at(scene, cell.role, cell.row.name)
        answered, wanted = ask(scene, cell), expected(scene, cell)
        if answered.outcome != wanted:
            yield f"{cell}: {answered.outcome}, not {wanted}"
        seen = {name for needle, name in texts.items() if needle in answered.sent}
        if not cell.row.by_mail:
            yield from (f"{cell}: {name}" for name in sorted(seen - may_see))
        found.setdefault(cell.role, set()).update(seen)
    for role, seen in found.items():
        missing = canaries.may_see(scene, role) - seen
        yield from (f"{role} never found: {name}" for name in sorted(missing))
