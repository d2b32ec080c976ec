"""What may stand in an address, and whose it is."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from exercises import access
from exercises.models import Keepsake, Own
from exercises.together.own_list import own_list
from tests.access.scenes import ALONE, JOINT, REVEALED, SHARED, Scene

NOBODY = frozenset({"nobody"})
NOTHING = uuid.UUID(int=1)


@dataclass(frozen=True)
class Thing:
    """A part of an address; without ``owners`` it is nobody's in particular."""

    value: Any
    owners: frozenset[str] = frozenset()


def addresses(
    scene: Scene, names: tuple[str, ...]
) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """The parts of an address, for each thing that it may name, and whose that is."""
    pairs = [name.partition("=") for name in names]
    if any(part == "key" for part, _, _ in pairs):  # of a mail to the author
        yield scene.world.parts(names, {}), frozenset()
        return
    known = things(scene)
    for chosen in product(*(known[thing or part] for part, _, thing in pairs)):
        parts = {part: one.value for (part, _, _), one in zip(pairs, chosen, strict=True)}
        yield parts, frozenset[str]().union(*(one.owners for one in chosen))


@cache
def things(scene: Scene) -> dict[str, list[Thing]]:
    """By what an address calls it."""
    world = scene.world.ids
    found = {part: [Thing(value)] for part, value in world.items()}
    author, other = frozenset({"author"}), frozenset({"other"})
    for part in ("hidden", "session", "pk"):
        found[part] = [Thing(world[part], author)]
    found["row"] = [_row(*row) for row in scene.rows]
    found["showable"] = [_row(*row) for row in scene.rows if row[1] is not Keepsake]
    found["week"] = [Thing(world["week"], author)]
    found["week"] += [Thing(scene.week[who], frozenset({who})) for who in ("author", "partner")]
    found["invitation"] = [Thing(scene.invitation, author if scene.state == "invited" else NOBODY)]
    return found | _of_two(scene, author, other)


def _row(who: str, kept: type[Own], pk: uuid.UUID) -> Thing:
    live = kept._default_manager.filter(pk=pk).exists()
    return Thing(pk, frozenset({who}) if live else NOBODY)


def _of_two(scene: Scene, author: frozenset[str], other: frozenset[str]) -> dict[str, list[Thing]]:
    """What there is for those who share a workbook."""
    apart = not scene.paired("author")
    ours = scene.promise.get("author", NOTHING)
    others = Thing(scene.promise["other"], other)
    return {
        "promise": [Thing(ours, NOBODY if apart else author | {"partner"}), others],
        "written": [Thing(ours, NOBODY if apart else author), others],
        "copy": [Thing(_own_promise(scene, who), frozenset({who})) for who in ("author", "other")],
        "joint_prompt": [Thing(JOINT[1]), Thing(ALONE, NOBODY)],
        "lesson_shown": [Thing(SHARED[0]), Thing(REVEALED[0])],
    }


def _own_promise(scene: Scene, who: str) -> uuid.UUID:
    """What names a promise of somebody's own list, for whoever shares a workbook."""
    couple = access.couple_of(scene.people[who])
    return own_list(scene.people[who], couple)[0].token if couple else NOTHING
