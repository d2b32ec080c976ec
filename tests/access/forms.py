"""What a page of ours would send to an address, so that nothing but the permission is missing."""

import uuid
from functools import cache
from typing import Any

from exercises import access
from exercises.access.own import ROWS as KEPT
from exercises.models import JointAnswer
from exercises.sharing import actions as sharing
from tests.access.scenes import ALONE, JOINT, REVEALED, Scene
from tests.access.things import NOTHING
from tests.access.world import TOKEN
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark


def form(scene: Scene, role: str, address: str, parts: dict[str, Any]) -> dict[str, str]:
    """Of somebody signed in, with the mark of their own pages."""
    who = role if role in scene.people else "author"
    sent = _about(scene, parts["row"]) if "row" in parts else {}
    if address.startswith("sharing:"):
        sent = sent | {"audience": "partner", "step": "confirm", "digest": _digest(scene, who)}
    if address.startswith("together:"):
        sent = _for_two(scene, who).get(address, {}) | {"token": TOKEN}
    mark = owner_mark(scene.people[who])
    return scene.world.form("owner", address) | sent | {"owner": mark}


@cache
def _about(scene: Scene, row: uuid.UUID) -> dict[str, str]:
    """What the owner of a row would send about it."""
    heads = [kept.head_id for model in KEPT for kept in model.objects.filter(pk=row)]
    return dict.fromkeys(("revision", "base", "seen"), str(heads[0])) if heads else {}


@cache
def _digest(scene: Scene, who: str) -> str:
    person = scene.people[who]
    return sharing.digest_of(sharing.written(person, access.own_pulses(person)))


@cache
def _for_two(scene: Scene, who: str) -> dict[str, dict[str, str]]:
    """About what is theirs and a partner's; of somebody without one, about the author's."""
    person = scene.people[who]
    couple = access.couple_of(person) or scene.couple
    joint = JointAnswer.objects.filter(couple=couple).first()
    ours = str(joint.head_id) if joint else str(NOTHING)
    mine = _head(person, JOINT)
    return {
        "together:invite": {"email": "friend@example.org"},
        "together:join": {"invitation": _handed(scene, who)},
        "together:reveal": {"seen": _head(person, REVEALED)},
        "together:save_ours": {
            JOINT[1]: "a line",
            f"{JOINT[1]}:base": ours,
            f"{JOINT[1]}:token": TOKEN,
            ALONE: "a line",
            f"{ALONE}:token": TOKEN,
        },
        "together:bring_back_ours": {"revision": ours, "base": ours},
        "together:copy_mine": {"text": mine, "base": ours},
        "together:copy_ours": {"text": ours, "base": mine},
        "together:delete_ours": {"seen": ours},
    }


def _handed(scene: Scene, who: str) -> str:
    """A code: the stranger's is too old, others have none."""
    if who == "stranger":
        return scene.old_code
    return scene.code if who in ("author", "partner", "former") else "0000000000"


def _head(person: User, place: tuple[str, str]) -> str:
    answer = access.own_answer(person, *place)
    return str(answer.head_id) if answer else str(NOTHING)
