"""Whatever is sent to whatever address: an answer, never a fault of ours."""

from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access.parts import some_rows
from tests.access.table import ROWS, Row
from tests.access.world import World
from tests.exercises.workbook import FORM

pytestmark = pytest.mark.postgres

FIELDS = [
    *("email", "login", "password", "password1", "oldpassword", "code", "credential", "name"),
    *("passwordless", "consent", "time_zone", "display_name", "next", "remember", "action_add"),
    *("action_remove", "words", "q", "owner", "token", "base", "revision", "place", "finish"),
    *("invitation", "again", "accept"),
    *("sure", "sure:token", "sure:base", "week:week", "week.safety", "signs.1.line", "version"),
    *("by", "what", "until", "due", "state", "promise:token"),
]
GARBAGE = {
    "NUL": "%00",
    "half a character": "%ED%A0%80",
    "no UTF-8": "%FF",
    "much": "9" * 5_000,
    "brackets": "%5B%5B%7B",
    "line ends": "%0D%0ASet-Cookie:%20a=b",
}


@some_rows
def test_no_garbage_is_a_fault_of_ours(trial, writer, stranger, rows):
    world = World(writer, stranger)
    for row, role, value in product(rows, ("visitor", "owner"), GARBAGE.values()):
        form = "&".join(f"{field}={value}" for field in FIELDS)
        assert status(world, row, role, form, f"?{form}") < 500, (row.name, role, value)
        if role == "owner":
            assert status(world, row, role, "", f"?{form}") < 500, (row.name, role, value)


def status(world: World, row: Row, role: str, form: str, query: str) -> int:
    """What comes back for a form or a query; what it did is undone."""
    with transaction.atomic(), transaction.atomic("keys"):
        path = reverse(row.name, kwargs=world.parts(row.names, {}))
        method = "POST" if form else "GET"
        response = world.browser(role).generic(method, path + query, form, content_type=FORM)
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")
    return response.status_code


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=é", "x"])
def test_no_kind_of_body_is_a_fault_of_ours(trial, writer, stranger, kind):
    world = World(writer, stranger)
    for row in ROWS:
        for body in ("--x", "[" * 1_000, "\0"):
            path = reverse(row.name, kwargs=world.parts(row.names, {}))
            response = world.browser("owner").generic("POST", path, body, content_type=kind)
            assert response.status_code < 500
