"""Help from a person is one link away on every page, whatever has gone wrong."""

import re
from itertools import product

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from lessons.help_lines import COUNTRIES
from tests.access.parts import some_rows
from tests.access.table import ROLES, ROWS
from tests.access.test_addresses import ask, body
from tests.access.world import World

HELP = '<a href="/help/"'
ALONE = sorted(path.name for path in (settings.BASE_DIR / "templates").glob("*.html"))
"""The pages at the root: what others are made of, and what is shown when something went wrong."""


def is_page(response) -> bool:
    """Whether a person sees this (a redirect has no body, a script gets JSON)."""
    return response.headers.get("Content-Type", "").startswith("text/html") and (
        response.status_code not in (301, 302, 304)
    )


@some_rows
def test_every_page_links_it(trial, writer, stranger, rows):
    world = World(writer, stranger)
    for row, role, method in product(rows, ROLES, ("GET", "POST")):
        _, response = ask(world, row, role, method)
        if is_page(response) and body(response):
            asked = (row.name, role, method, response.status_code)
            assert HELP in body(response).decode(), asked


@pytest.mark.parametrize("name", ALONE)
def test_also_where_something_went_wrong(name):
    request = RequestFactory().get("/workbook/")
    assert HELP in render_to_string(name, {"request": request, "fields": [], "message": "No."})


def test_there_is_a_page_for_each_fault():
    assert {name for name in ALONE if re.match("[45]", name)} == {
        *("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"),
    }


def test_it_asks_no_third_party_and_offers_numbers_to_call(trial, writer, stranger):
    row = next(row for row in ROWS if row.name == "lessons:help")
    html = body(ask(World(writer, stranger), row, "visitor", "GET")[1]).decode()
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*', html.partition("<body")[2]) == []
    emergency = len(COUNTRIES) + 1  # and the one of the European Union
    lines = [line for country in COUNTRIES for line in country.lines]
    called = [line for line in lines if not line.sms]
    assert html.count('href="tel:') == emergency + len(called)
    assert html.count('href="sms:') == len(lines) - len(called) == 1
