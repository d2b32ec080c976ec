"""The walk finds what it looks for: each check is taken out once, and then something is found.

A fault replaces a piece of the source of one function. One whose function says something else by
now fails, and wants to be written anew.
"""

import inspect
import sys
import textwrap
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from typing import Any

import pytest

from tests.access.scenes import Scene
from tests.access.test_states import ASKED, findings
from tests.access.walking import cells, differing, near

pytestmark = pytest.mark.prove


@dataclass(frozen=True)
class Fault:
    """Where ``was`` becomes ``is_now`` in a function's source, ``role`` finds it in ``state``."""

    function: str
    was: str
    state: str
    role: str = "partner"
    is_now: str = ""
    at_once: bool = False
    """Whether it is there before it comes to that state."""


ONE, TWO, MODELS = "exercises.access.", "exercises.together.", "exercises.models."
OPEN = "Couple.objects.of(person)"
FAULTS = {
    "what anybody shares": Fault(
        ONE + "couple:shared_with", f"couple__in={OPEN}, ", "active", "other"
    ),
    "anybody’s couple": Fault(
        MODELS + "couple:CoupleQuerySet.of", "person__in=people, ", "none", "former"
    ),
    "a couple that was left": Fault(
        MODELS + "couple:CoupleQuerySet.of", ", ended_at=None", "left half way"
    ),
    "anybody’s answers": Fault(MODELS + "answer:AnswerQuerySet.of", "author=author", "active"),
    "anybody’s answer, to show it": Fault(
        ONE + "own:own_kept", ".of(person)", "active", is_now=".all()"
    ),
    "the newest text for the one that was shared": Fault(
        TWO + "pieces:Showing.of", "share.revision", "active", is_now="share.row.head"
    ),
    "a prompt that each answers alone": Fault(
        TWO + "writing:Place.prompt", " and prompt.joint", "active"
    ),
    "somebody from whom one has parted": Fault(
        ONE + "invitations:invitation_for",
        "if not (found.again and again)",
        "invited",
        "former",
        "if False",
    ),
    "an invitation of one’s own": Fault(
        ONE + "invitations:invitation_for", " or found.inviter_id == person.pk", "invited", "author"
    ),
    "an invitation that is too old": Fault(
        ONE + "invitations:invitation_for", "rows.open()", "invited", "stranger", "rows"
    ),
    "anybody’s invitation": Fault(
        ONE + "invitations:own_invitation", "inviter=person, ", "invited"
    ),
    "a share that outlives its answer": Fault(
        "exercises.shown:end", "withdraw(", "answer deleted", is_now="list(", at_once=True
    ),
    "closed for one alone": Fault(
        "exercises.shown:close",
        "both |= Q(couple=couple, topic=topic)",
        "closed",
        is_now="pass",
        at_once=True,
    ),
    "any couple’s promise": Fault(
        ONE + "promises:promise_row", "couple=couple, ", "active", "other"
    ),
    "a promise that the other wrote down": Fault(
        TWO + "ledger_of_promises:remove", "writer=person, ", "active"
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_check_that_is_gone_is_missed(courses, monkeypatch, name):
    fault = FAULTS[name]
    if fault.at_once:
        plant(fault, monkeypatch)
    scene = Scene(fault.state)
    asked = list(differing(scene, cells(scene, near(), [fault.role], ASKED)))
    if not fault.at_once:
        plant(fault, monkeypatch)
    first = next(findings(scene, asked), "")
    assert first
    assert "never found" not in first


def plant(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the faulty function in the place of the right one, wherever that is known."""
    module = import_module(fault.function.partition(":")[0])
    *outer, name = fault.function.partition(":")[2].split(".")
    home: Any = reduce(getattr, outer, module)
    right = inspect.getattr_static(home, name)
    source = textwrap.dedent(inspect.getsource(getattr(right, "fget", right)))
    assert fault.was in source
    scope = dict(vars(module))
    exec(source.replace(fault.was, fault.is_now), scope)
    monkeypatch.setattr(home, name, scope[name])
    for known in [module for name, module in sys.modules.items() if name.startswith("exercises.")]:
        for alias in [alias for alias, thing in vars(known).items() if thing is right]:
            monkeypatch.setattr(known, alias, scope[name])
