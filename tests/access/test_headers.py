"""Every answer says what a browser may do with it: pages, files, refusals and faults alike."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lessons import public
from tests.access.table import ROLES, ROWS
from tests.access.test_addresses import body
from tests.access.test_pages import POLICY
from tests.access.world import World
from tests.exercises.workbook import FORM

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STRICTER = {"Referrer-Policy": "no-referrer"}
"""What a view may choose for itself."""
NEVER = {"Access-Control-Allow-Origin", "Server", "X-Powered-By", "SourceMap"}
KIND = re.compile(
    r'(text/(html|plain|css|javascript)|application/xml); charset="?utf-8"?|application/(json|zip)'
)


@pytest.fixture(autouse=True)
def as_deployed(settings, monkeypatch):
    """Behind HTTPS, as TRUSTBOOK_PRODUCTION sets it; no page was made before."""
    monkeypatch.setattr(public, "_pages", {})
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_HSTS_SECONDS = 31536000


def wrong(response: Any) -> dict[str, str]:
    """What is missing, or is there and must not be; empty where all is well."""
    about = response.headers
    found = {
        name: about.get(name, "missing")
        for name, value in ALWAYS.items()
        if about.get(name) not in (value, STRICTER.get(name, value))
    }
    found |= {name: about[name] for name in NEVER if name in about}
    if set(about.get("Content-Security-Policy", "").split("; ")) != POLICY:
        found["Content-Security-Policy"] = about.get("Content-Security-Policy", "missing")
    kind = about.get("Content-Type", "")
    if body(response) and not KIND.fullmatch(kind):
        found["Content-Type"] = kind
    for cookie in response.cookies.values():
        kept = (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
        if cookie.value and kept != (True, "Lax", "/", ""):
            found[cookie.key] = str(cookie)
    return found


def test_every_address(trial, writer, stranger):
    """With what its table row is asked for, and as somebody asks who comes from another site."""
    world = World(writer, stranger)
    for row in ROWS:
        path = reverse(row.name, kwargs=world.parts(row.names, {}))
        for role in ROLES:
            browser = world.browser(role)
            for method in ("GET", "POST", "OPTIONS", "TRACE"):
                with transaction.atomic(), transaction.atomic("keys"):
                    cache.clear()
                    response = browser.generic(
                        *(method, path, "", FORM),
                        secure=True,
                        headers={"Origin": "https://evil.example"},
                    )
                    assert (row.name, role, method, wrong(response)) == (row.name, role, method, {})
                    transaction.set_rollback(True)
                    transaction.set_rollback(True, "keys")


@pytest.mark.parametrize("path", ["/", "/help/", "/robots.txt", "/sitemap.xml"])
def test_a_page_that_was_made_before(trial, path):
    first, kept = (Client().get(path, secure=True) for _ in range(2))
    known = Client().get(path, secure=True, headers={"If-None-Match": first["ETag"]})
    assert [each.status_code for each in (first, kept, known)] == [200, 200, 304]
    assert [wrong(each) for each in (first, kept, known)] == [{}, {}, {}]
    assert list(first.items()) == list(kept.items())  # nor does it tell who came before


@pytest.mark.parametrize("name", ["site.css", "workbook.js", "css/base.css"])
def test_a_file(name):
    path = f"/static/{name}"
    response = Client().get(path, secure=True, headers={"Origin": "https://evil.example"})
    assert (response.status_code, wrong(response)) == (200, {})


REFUSED: dict[int, dict[str, Any]] = {
    400: {"path": "/accounts/login/", "headers": {"Host": "evil.example"}},
    403: {"path": "/accounts/login/", "method": "POST"},
    404: {"path": "/nothing/"},
    405: {"path": "/", "method": "DELETE"},
    413: {"path": "/accounts/login/", "method": "POST", "data": "a" * 5_000_000},
    401: {"path": "/workbook/token/"},
    301: {"path": "/workbook", "secure": False},
}


@pytest.mark.parametrize("status", REFUSED, ids=lambda status: HTTPStatus(status).phrase)
def test_a_refusal(settings, trial, status):
    settings.SECURE_SSL_REDIRECT = True
    asked: Any = {"method": "GET", "content_type": FORM, "secure": True} | REFUSED[status]
    browser = Client(enforce_csrf_checks=status == 403, raise_request_exception=False)
    response: Any = browser.generic(**asked)
    faults = wrong(response)
    if not asked["secure"]:
        assert faults.pop("Strict-Transport-Security") == "missing"  # of no use there
    assert (response.status_code, faults) == (status, {})


def test_a_fault_of_ours(trial, monkeypatch):
    def fail(*_, **__):
        raise ValueError

    monkeypatch.setattr(public, "render_to_string", fail)
    response = Client(raise_request_exception=False).get("/help/", secure=True)
    assert (response.status_code, wrong(response)) == (500, {})


def test_what_is_wrong_is_found(settings, trial):
    """The positive control: without the middleware each of them is missing."""
    without = ("Headers", "CSP", "security.Security", "clickjacking")
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not any(word in name for word in without)
    ]
    found = wrong(Client().get("/static/site.css", secure=True))
    assert found == dict.fromkeys([*ALWAYS, "Content-Security-Policy"], "missing")
    settings.WHITENOISE_ALLOW_ALL_ORIGINS = True
    found = wrong(Client().get("/static/site.css", secure=True))
    assert found["Access-Control-Allow-Origin"] == "*"
