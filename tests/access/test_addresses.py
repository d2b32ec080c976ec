"""Every address, asked with every method as every role, against the table."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.parts import some_rows
from tests.access.table import METHODS, ROLES, ROWS, Row
from tests.access.world import MISSING, World
from tests.exercises.workbook import FORM

ROW_OF = {row.name: row for row in ROWS}
NAMED = {"row", "row=showable", "row=hidden", "session", "pk", "week", "invitation"}
NAMING = [row for row in ROWS if NAMED & set(row.names)]
"""The addresses that name something of the writer's."""


def test_every_address_has_one_row_and_every_row_an_address():
    assert sorted(names(get_resolver())) == sorted(row.name for row in ROWS)


@some_rows
def test_everybody_gets_what_the_table_says_and_nothing_of_the_writer(
    trial, writer, stranger, rows
):
    world = World(writer, stranger)
    for row, role in product(rows, ROLES):
        answers = [ask(world, row, role, method) for method in METHODS]
        found = " ".join(outcome(*answer) for answer in answers)
        assert (row.name, role, found) == (row.name, role, expected(world, row, role))
        assert cached_wrongly(row, answers[0][1]) == ""
        if role != "owner" and not row.by_mail:
            assert [traces(world, response) for _, response in answers] == [[]] * len(METHODS)


def test_the_writer_does_find_what_is_looked_for(trial, writer, stranger):
    """The positive control of the test before this one."""
    world = World(writer, stranger)
    pages = ("workbook:answers", "mfa_list_webauthn", "account_email")
    found = [traces(world, ask(world, ROW_OF[name], "owner", "GET")[1]) for name in pages]
    assert [text for texts in found for text in texts] == world.secrets()


@pytest.mark.parametrize("row", NAMING, ids=lambda row: row.name)
@pytest.mark.parametrize("role", ["visitor", "stranger"])
def test_what_is_anothers_looks_like_what_never_was(trial, writer, stranger, row, role):
    world = World(writer, stranger)
    for method in METHODS:
        there, missing = (ask(world, row, role, method, ids) for ids in (world.ids, MISSING))
        assert seen(*there) == seen(*missing)


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The full name of every address below ``resolver``."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern, inner)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{space}{pattern.name}"


def ask(
    world: World, row: Row, role: str, method: str, ids: dict[str, Any] | None = None
) -> tuple[str, Any]:
    """The path and what comes back; what the request did to the databases is undone."""
    with transaction.atomic(), transaction.atomic("keys"):
        cache.clear()
        browser = world.browser(role)
        path = reverse(row.name, kwargs=world.parts(row.names, ids or {}))
        form = urlencode(world.form(role, row.name)) if method == "POST" else ""
        response = browser.generic(method, path, form, content_type=FORM)
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")
    return path, response


def outcome(path: str, response: HttpResponse) -> str:
    """What came back, in the words of the table."""
    if response.status_code != 302:
        return str(response.status_code)
    target = response.headers["Location"]
    if target == f"{reverse('account_login')}?next={path}":
        return "in"
    return ">" + urlsplit(target).path


def expected(world: World, row: Row, role: str) -> str:
    """What the table says for ``role``."""
    outcomes: str = getattr(row, role)
    for part in ("uidb36", "row", "hidden"):
        outcomes = outcomes.replace(f"<{part}>", str(world.ids[part]))
    return outcomes


def traces(world: World, response: HttpResponse) -> list[str]:
    """What the writer alone should know, and stands in this response."""
    shown = str(response.headers).encode() + body(response)
    return [text for text in world.secrets() if text.encode() in shown]


def cached_wrongly(row: Row, response: HttpResponse) -> str:
    """What is wrong with the headers by which a cache decides what it keeps, and for whom."""
    control = set(response.headers.get("Cache-Control", "").split(", "))
    by_cookie = "Cookie" in response.headers.get("Vary", "")
    if row.public:
        return "it depends on the visitor" if by_cookie or response.cookies else ""
    if not {"private", "no-store"} <= control:
        return "a cache may keep it"
    return "" if by_cookie else "a cache may give it to anybody"


def body(response: HttpResponse) -> bytes:
    """All that was sent, streamed or not."""
    return response.getvalue()


def seen(path: str, response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """Status, headers and body, without what is chance and without what was asked for itself."""

    def masked(text: str) -> str:
        token = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", text)
        return token.replace(path, "<path>")

    headers = {name: masked(value) for name, value in response.headers.items()}
    for chance in ("Content-Length", "Expires"):
        headers.pop(chance, None)
    return response.status_code, headers, masked(body(response).decode())
