"""What every page keeps to: scripts and styles are files of ours, and links lead somewhere."""

import re
from html.parser import HTMLParser
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve

from tests.access.parts import some_rows
from tests.access.table import ROLES, ROWS
from tests.access.test_addresses import ask, body
from tests.access.world import World

POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
LEADS = {"a": "href", "link": "href", "form": "action", "script": "src", "img": "src"}


class Reader(HTMLParser):
    """Collects what a strict policy forbids, and where a page leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.leads: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        data = tag == "script" and given.get("type") == "application/json"
        if (tag == "script" and not data and "src" not in given) or tag in ("style", "base"):
            self.forbidden.append(f"<{tag}>")
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]
        if (lead := given.get(LEADS.get(tag, ""))) and "hidden" not in given:
            self.leads.add(lead)


def leads_nowhere(lead: str) -> bool:
    """Whether a link of ours leads to no view and no file; others and mail are not looked at."""
    parts = urlsplit(lead)
    if parts.scheme or parts.netloc or not parts.path:
        return parts.scheme not in ("", "http", "https", "mailto", "tel", "sms", "data")
    if parts.path.startswith("/static/"):
        return not finders.find(parts.path.removeprefix("/static/"))
    try:
        resolve(parts.path)
    except Resolver404:
        return True
    return False


@some_rows
def test_a_page_brings_nothing_foreign_and_leads_somewhere(trial, writer, stranger, rows):
    world = World(writer, stranger)
    for row, role in product(rows, ROLES):
        _, response = ask(world, row, role, "GET")
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = Reader(body(response).decode())
        assert (row.name, page.forbidden) == (row.name, [])
        nowhere = [lead for lead in sorted(page.leads) if leads_nowhere(lead)]
        assert (row.name, nowhere) == (row.name, [])
        assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize("path", ["/nothing/", "/workbook/nothing/", "/lessons/nothing/at-all/"])
def test_a_page_that_is_none(client, path):
    response = client.get(path)
    if response.status_code != 404:
        assert response["Location"].startswith("/accounts/login/")
        return
    page = Reader(response.content.decode())
    assert (page.forbidden, [lead for lead in page.leads if leads_nowhere(lead)]) == ([], [])


def test_no_third_party_is_named_on_any_page_of_ours(trial, writer, stranger):
    """But the help lines, which are links that somebody presses."""
    world = World(writer, stranger)
    for row in ROWS:
        _, response = ask(world, row, "owner", "GET")
        sources = re.findall(r'(?:src|action)="(https?:)?//', body(response).decode())
        assert sources == []


def test_every_answer_refuses_to_be_framed_or_guessed_at(trial, writer, stranger):
    world = World(writer, stranger)
    for row in ROWS:
        about = ask(world, row, "owner", "GET")[1].headers
        assert (about["X-Content-Type-Options"], about["X-Frame-Options"]) == ("nosniff", "DENY")
        assert about["Referrer-Policy"] in ("same-origin", "no-referrer")
