"""The hop away: whom it signs out, and what it says to the browser and to the site beyond."""

from itertools import product

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tests.access.parts import some_rows
from tests.access.table import ROLES
from tests.access.test_addresses import ask, body
from tests.access.world import World
from trustbook.accounts.models import Session
from trustbook.errors import bad_request

LINK = '<a href="/leave/" rel="nofollow noreferrer"'
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"


def leave(browser, **headers):
    return browser.get("/leave/", headers=headers)


def signed_out(browser) -> bool:
    """Whether neither the session nor the cookie is left."""
    return not Session.objects.exists() and browser.cookies["session"].value == ""


def test_it_ends_the_session_and_leads_away(writing):
    writing.cookies["csrf"] = "x" * 32
    response = leave(writing, sec_fetch_site="same-origin", sec_fetch_mode="navigate")
    assert (response.status_code, response["Location"]) == (302, settings.EXIT_URL)
    assert signed_out(writing)
    assert writing.cookies["csrf"].value == ""
    assert response.content == b""


def test_other_sessions_go_on(writing, strange, writer):
    other = Client()
    other.force_login(writer)
    leave(writing)
    assert other.get("/workbook/").status_code == strange.get("/workbook/").status_code == 200


def test_a_visitor_is_led_away_as_well(visiting, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = leave(visiting, sec_fetch_site="same-origin")
    assert response["Location"] == settings.EXIT_URL
    assert "session" not in response.cookies


def test_one_query_and_no_look_at_who_leaves(writing, django_assert_num_queries):
    with django_assert_num_queries(1):
        leave(writing)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "same-origin", "sec_fetch_mode": "navigate"},
        {},
        {"referer": "http://testserver/workbook/"},
    ],
)
def test_a_page_of_ours_or_the_persons_hand_signs_out(writing, headers):
    leave(writing, **headers)
    assert signed_out(writing)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "cross-site", "referer": "http://testserver/"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "same-origin", "sec_fetch_mode": "no-cors"},
        {"sec_fetch_site": "same-origin", "sec_purpose": "prefetch;prerender"},
        {"sec_fetch_site": "same-origin", "purpose": "prefetch"},
        {"referer": "https://evil.example/"},
        {"referer": "http://testserver.evil.example/"},
    ],
)
def test_nothing_else_does(writing, headers):
    response = leave(writing, **headers)
    assert response["Location"] == settings.EXIT_URL
    assert not response.cookies
    assert writing.get("/workbook/").status_code == 200


def test_only_a_get_does(writing):
    assert writing.head("/leave/")["Location"] == settings.EXIT_URL
    assert writing.post("/leave/").status_code == 405
    assert writing.get("/workbook/").status_code == 200


def test_nobody_keeps_it_and_nobody_is_told_where_from(writing):
    response = leave(writing)
    assert set(response["Cache-Control"].split(", ")) >= {"no-store", "private"}
    assert set(response["Vary"].split(", ")) == {"Cookie", "Sec-Fetch-Site"}
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(("agent", "header"), [(FIREFOX, '"cache"'), (CHROME, None)])
def test_chromium_is_not_made_to_wait(writing, agent, header):
    assert leave(writing, user_agent=agent).get("Clear-Site-Data") == header


def test_a_database_that_does_not_answer_holds_nobody_back(writing, monkeypatch):
    def broken(*_):
        raise OperationalError("gone")

    monkeypatch.setattr("trustbook.accounts.sessions.SessionStore.delete", broken)
    response = leave(writing)
    assert response["Location"] == settings.EXIT_URL
    assert writing.cookies["session"].value == ""


# On every page ------------------------------------------------------------------------------------
@some_rows
def test_every_page_has_the_way_out_once_and_the_script(trial, writer, stranger, rows):
    world = World(writer, stranger)
    for row, role, method in product(rows, ROLES, ("GET", "POST")):
        _, response = ask(world, row, role, method)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if html := body(response).decode():
            found = (row.name, html.count(LINK), html.count("/static/page.js"))
            assert found == (row.name, 1, 1)


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_so_has_every_page_of_a_refusal(name):
    html = render_to_string(name)
    assert (html.count(LINK), html.count("/static/page.js")) == (1, 1)


def test_so_has_what_cannot_be_read():
    html = bad_request(RequestFactory().get("/"), BadRequest()).content.decode()
    assert (html.count(LINK), html.count("/static/page.js")) == (1, 1)


def test_the_page_about_it_admits_what_it_cannot_do(visiting):
    html = visiting.get("/help/leaving/").content.decode()
    assert "<b>The last seconds may be lost.</b>" in html
    assert "<b>The history of the browser is not erased.</b>" in html
    assert "<b>Shift three times</b>" in html


@pytest.mark.parametrize("path", ["/workbook/", "/help/", "/accounts/login/"])
def test_every_foot_leads_to_that_page(writing, visiting, path):
    for browser in (writing, visiting):
        html = browser.get(path, follow=True).content.decode()
        assert '<a href="/help/leaving/">Leaving quickly</a>' in html.partition("<footer")[2]
