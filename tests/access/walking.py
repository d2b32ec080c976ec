"""Every address in every state: who asks, for what, and what comes back."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import product
from typing import Any
from urllib.parse import urlencode

import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from tests.access.forms import form
from tests.access.scenes import Scene
from tests.access.table import METHODS, ROWS, Row
from tests.access.test_addresses import body, outcome
from tests.access.things import NOBODY, addresses
from tests.exercises.workbook import FORM
from trustbook.lib.encryption import Unreadable

NEAR = ("workbook:", "pulse:", "privacy:", "sharing:", "together:", "reminders:")
"""Where what is between two people might make a difference, the names begin like this."""


@dataclass(frozen=True)
class Cell:
    """One address, with what it names; who asks, and how."""

    row: Row
    role: str
    method: str
    parts: dict[str, Any]
    owners: frozenset[str]
    """Whose that is; empty where the address names nothing of anybody's."""

    def __str__(self) -> str:
        named = " ".join(f"{part}={value}" for part, value in self.parts.items())
        return f"{self.role}: {self.method} {self.row.name} {named}".strip()


@dataclass(frozen=True)
class Answered:
    """What came back."""

    outcome: str
    sent: str
    """Headers, cookies and body, unpacked, and mails; of a form, also of the page it leads to."""


def near() -> list[Row]:
    """The addresses at which the state might make a difference."""
    return [row for row in ROWS if row.name.startswith(NEAR)]


SAME = (
    *("workbook:token", "workbook:place", "workbook:bring_back", "workbook:undo"),
    *("workbook:purge", "pulse:save_page", "privacy:import", "privacy:delete_course"),
    *("reminders:stop", "together:never_write", "together:safety"),
)
"""Near, but the same in every state."""


def differing(scene: Scene, asked: Iterable[Cell]) -> Iterator[Cell]:
    """Those in which the state might make a difference; ``make prove`` asks the others as well."""
    for cell in asked:
        if cell.row.name not in SAME and expected(scene, cell) != "405":
            yield cell


def cells(
    scene: Scene, rows: Iterable[Row], roles: Iterable[str], methods: Iterable[str]
) -> Iterator[Cell]:
    """All of them, with each address once for each thing that it may name."""
    for row, role, method in product(rows, roles, methods):
        for parts, owners in addresses(scene, row.names):
            yield Cell(row, role, method, parts, owners)


INSTEAD = {
    ("invited", "partner", "together:join", "POST"): "200",
    ("answer deleted", "author", "together:reveal", "POST"): "422",
    # Pressed twice, it is done once
    ("answer deleted", "author", "workbook:delete", "POST"): ">/workbook/deleted/<row>/",
}
"""Where a state makes a difference that is not who shares a workbook."""


def expected(scene: Scene, cell: Cell) -> str:
    """What the table says about a cell."""
    where = (scene.state, cell.role, cell.row.name, cell.method)
    outcomes = _outcomes(scene, cell).split()[METHODS.index(cell.method)]
    if not cell.owners - NOBODY:
        outcomes = INSTEAD.get(where, outcomes)
    for name in cell.row.names:
        part, _, thing = name.partition("=")
        outcomes = outcomes.replace(f"<{thing or part}>", str(cell.parts[part]))
    return outcomes


def _outcomes(scene: Scene, cell: Cell) -> str:
    row, role = cell.row, cell.role
    if not scene.signed_in(role):
        return row.visitor
    if row.paired and scene.paired(role) and (not cell.owners or role in cell.owners):
        return row.paired
    owner = role in cell.owners if cell.owners else role == "author"
    return row.owner if owner else row.stranger


def ask(scene: Scene, cell: Cell) -> Answered:
    """Asks; what the request did to the databases is undone."""
    path = reverse(cell.row.name, kwargs=cell.parts)
    posted = cell.method == "POST"
    sent = urlencode(form(scene, cell.role, cell.row.name, cell.parts)) if posted else ""
    unverified = override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")
    setting = unverified if cell.role == "unverified" else nullcontext()
    still = time_machine.travel(scene.now, tick=False)
    with still, setting, transaction.atomic(), transaction.atomic("keys"):
        cache.clear()
        mail.outbox = []
        browser = scene.browser(cell.role)
        browser.raise_request_exception = False
        response: Any = browser.generic(cell.method, path, sent, content_type=FORM)
        try:
            answered = Answered(outcome(path, response), sent_back(response))
        except Unreadable:  # while an archive is sent
            answered = Answered("broken off", "")
        if posted and answered.outcome.startswith(">/"):
            after = browser.get(response.headers["Location"])
            answered = replace(answered, sent=answered.sent + sent_back(after))
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")
    return answered


def sent_back(response: Any) -> str:
    """Headers, cookies, mails and body, unpacked."""
    shown = body(response)
    if response.headers.get("Content-Type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(shown)) as archive:
            names = [name for name in archive.namelist() if not name.endswith(".pdf")]
            shown = b"".join(archive.read(name) for name in names)
    mails = "".join(f"{one.subject}{one.body}" for one in mail.outbox)
    return f"{response.headers}{response.cookies}{mails}" + shown.decode(errors="replace")
