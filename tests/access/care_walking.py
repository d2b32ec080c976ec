"""Every address in every state of what links a client and a therapist: who asks, and what comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import urlencode

import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.urls import resolve, reverse

from tests.access.care_forms import form
from tests.access.care_scenes import (
    CLIENTS,
    NOTED,
    NOTHING,
    PRIVATE,
    SHARED,
    THERAPISTS,
    CareScene,
)
from tests.access.care_table import CARE, DOOR, KEPT, PROOF
from tests.access.table import METHODS, ROWS, Row
from tests.access.test_addresses import outcome
from tests.access.walking import near, sent_back
from tests.exercises.workbook import FORM

NOBODY = ("", "")
PAIRS = (
    ("therapist", "client"),
    ("therapist", "partner"),
    ("former", "client"),
    ("other", "pupil"),
)
ROW_OF = {row.name: row for row in ROWS}
READING = ("GET", "HEAD")
Keys = dict[str, Any]
"""What an address names: by the part's name, whose it is."""


@dataclass(frozen=True)
class Cell:
    """One address, with what it names; who asks, and how."""

    row: Row
    role: str
    method: str
    parts: dict[str, Any]
    keys: Keys

    def __str__(self) -> str:
        named = " ".join(f"{part}={key}" for part, key in self.keys.items())
        return f"{self.role}: {self.method} {self.row.name} {named}".strip()


def cells(
    scene: CareScene, rows: Iterable[Row], roles: Iterable[str], methods: Iterable[str]
) -> Iterator[Cell]:
    """All of them, with each address once for each thing that it may name."""
    for row, role, method in product(rows, roles, methods):
        pairs = [name.partition("=") for name in row.names]
        for chosen in product(*(things(scene, thing or part) for part, _, thing in pairs)):
            parts = {part: value for (part, _, _), (_, value) in zip(pairs, chosen, strict=True)}
            keys = {part: key for (part, _, _), (key, _) in zip(pairs, chosen, strict=True)}
            yield Cell(row, role, method, parts, keys)


def things(scene: CareScene, thing: str) -> list[tuple[Any, Any]]:
    """What an address may call so: whose it is, and its value."""
    of_pairs: dict[str, dict[tuple[str, str], Any]] = {
        "file": scene.files,
        "assignment": scene.task,
        "response": scene.said,
    }
    if thing in of_pairs:
        known = [pair for pair in (*PAIRS, ("client", "therapist")) if pair in of_pairs[thing]]
        return [(pair, of_pairs[thing][pair].pk) for pair in known] + [(NOBODY, NOTHING)]
    if thing == "showable":
        owned = ("client", "partner", "pupil")
        found = [((who, "shared"), scene.answer_ids[who]) for who in owned]
        return [*found, (("client", "private"), scene.private_id), (NOBODY, NOTHING)]
    if thing in ("pathway", "own"):
        owned = {"pathway": scene.pathway, "own": scene.lesson}[thing]
        return [(who, owned[who].pk) for who in THERAPISTS[:3]] + [("", NOTHING)]
    if thing == "day":
        return [(NOTED, NOTED.isoformat())]
    if thing in ("lesson", "lesson_shown"):
        return [(SHARED[0], SHARED[0]), (PRIVATE[0], PRIVATE[0])]
    return [({"number": 1, "supplied": "nothing"}[thing],) * 2]


# What the table says ------------------------------------------------------------------------------
def expected(scene: CareScene, cell: Cell) -> str:
    """What comes back."""
    number = METHODS.index(cell.method)
    row, role = cell.row, cell.role
    if not scene.signed_in(role):
        return row.visitor.split()[number]
    if row.name.startswith("care:") and not scene.has_role(role):
        return "404"
    if row.name.startswith("care:") and role in ("unready", "late"):
        return _at_the_door(scene, cell, PROOF if role == "late" else DOOR)
    if row.name not in CARE:
        return row.stranger.split()[number]
    care = CARE[row.name]
    stands = _stands(scene, cell)
    outcomes = {"linked": care.linked, "apart": care.apart or care.missing, "": care.missing}
    return _filled(scene, cell, outcomes[stands].split()[number])


def _at_the_door(scene: CareScene, cell: Cell, door: str) -> str:
    """Somebody with the role, who has not shown the second step: whatever the address names."""
    if cell.row.name == "care:secure":
        if cell.method not in READING:
            return "405"
        return f">{PROOF}" if cell.role == "late" else "200"
    view: Any = resolve(reverse(cell.row.name, kwargs=cell.parts)).func
    keeps = getattr(view, "keeps_typed", False) or getattr(view, "keeps_sent", False)
    if cell.method in READING:
        return f">{door}"
    says = cell.method == "POST" and set(form(scene, cell.role, cell.row.name, cell.keys)) - OURS
    return KEPT if keeps or says else f">{door}"


OURS = {"owner", "save"}


def _stands(scene: CareScene, cell: Cell) -> str:
    """``linked`` where what is named is theirs and its link holds; ``apart`` where only that does
    not; else nothing."""
    client_side = cell.row.name.startswith("client:")
    return (_of_client if client_side else _of_therapist)(scene, cell.role, cell.keys)


def _of_therapist(scene: CareScene, role: str, keys: Keys) -> str:
    if "file" in keys:
        pair = keys["file"]
        if pair[0] != role or not scene.exists(pair):
            return ""
        live = scene.linked(*pair)
        if "row" in keys or "lesson" in keys:
            here = keys.get("row", (pair[1], "shared")) == (pair[1], "shared")
            here = here and keys.get("lesson", SHARED[0]) == SHARED[0]
            return "linked" if live and here and scene.shares(pair[1]) else ""
        return "linked" if live else "apart"
    for part in ("response", "assignment"):
        if part in keys:
            return "linked" if keys[part][0] == role and scene.linked(*keys[part]) else ""
    if keys.get("pathway", keys.get("lesson", role)) != role:
        return ""
    return "linked" if any(scene.linked(role, client) for client in CLIENTS) else "apart"


def _of_client(scene: CareScene, role: str, keys: Keys) -> str:
    therapist = scene.therapist_of(role)
    if not keys:
        return "linked" if therapist else "apart"
    if not therapist:
        return ""
    fits = {
        "assignment": lambda key: key == (therapist, role),
        "response": lambda key: key == (role, therapist),
        "row": lambda key: key == (role, "shared") and scene.shares(role),
        "lesson": lambda key: key == therapist or (key == SHARED[0] and scene.shares(role)),
    }
    return "linked" if all(fits[part](key) for part, key in keys.items()) else ""


def _filled(scene: CareScene, cell: Cell, said: str) -> str:
    """With what stands in the address that it leads to."""
    for part, value in cell.parts.items():
        said = said.replace(f"<{part}>", str(value))
    if "<about>" in said or "<of>" in said:
        client = next(one for one in cell.keys["response"] if one in scene.answer_ids)
        said = said.replace("<about>", str(scene.answer_ids[client]))
        if "<of>" in said:
            said = said.replace("<of>", str(scene.files[cell.keys["response"]].pk))
    return said


# Elsewhere ----------------------------------------------------------------------------------------
def elsewhere(scene: CareScene, roles: Iterable[str]) -> Iterator[Cell]:
    """The workbook, what is shared, what is taken along: where only the texts are looked for."""
    lesson = ROW_OF["workbook:lesson"]
    own = ROW_OF["workbook:own_lesson"]
    for role in roles:
        for row in near():
            if not row.names and not row.public:
                yield Cell(row, role, "GET", {}, {})
        yield Cell(ROW_OF["privacy:export"], role, "POST", {}, {})
        for slug in (PRIVATE[0], SHARED[0]):
            yield Cell(lesson, role, "GET", {"course": "trial", "slug": slug}, {})
        for one in scene.lesson.values():
            yield Cell(own, role, "GET", {"lesson": one.pk}, {})
        for answer in scene.answer_ids.values():
            for name in ("workbook:history", "sharing:share"):
                yield Cell(ROW_OF[name], role, "GET", {"row": answer}, {})


# Asking -------------------------------------------------------------------------------------------
def ask(scene: CareScene, cell: Cell) -> tuple[str, str]:
    """What came back, and all that was sent; what the request did to the databases is undone."""
    path = reverse(cell.row.name, kwargs=cell.parts)
    posted = cell.method == "POST"
    sent = urlencode(form(scene, cell.role, cell.row.name, cell.keys)) if posted else ""
    with (
        time_machine.travel(scene.now, tick=False),
        transaction.atomic(),
        transaction.atomic("keys"),
    ):
        cache.clear()
        mail.outbox = []
        browser = scene.browser(cell.role)
        browser.raise_request_exception = False
        response: Any = browser.generic(cell.method, path, sent, content_type=FORM)
        answered = outcome(path, response), sent_back(response)
        if posted and answered[0].startswith(">/"):
            after = browser.get(response.headers["Location"])
            answered = answered[0], answered[1] + sent_back(after)
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")
    return answered
