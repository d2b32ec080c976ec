"""What is sent to any address gets into no session, not even an encrypted one."""

from itertools import product

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.access.parts import some_rows
from tests.access.test_garbage import FIELDS
from tests.access.world import World
from tests.conftest import signed_in
from tests.exercises.workbook import FORM
from trustbook.accounts.sessions import SessionStore

WORD = "sandpiper"
"""Found whole in every way of writing a form, a query and JSON."""


@some_rows
def test_nothing_that_is_sent_gets_into_a_session(trial, writer, stranger, rows):
    world = World(writer, stranger)
    form = "&".join(f"{field}={WORD}" for field in FIELDS)
    for row in rows:
        path = reverse(row.name, kwargs=world.parts(row.names, {}))
        browsers = [world.browser("visitor"), world.browser("owner"), signed_in(writer)]
        for browser, method in product(browsers, ("POST", "PUT")):
            with transaction.atomic(), transaction.atomic("keys"):
                cache.clear()
                browser.generic(method, f"{path}?q={WORD}", form, content_type=FORM)
                assert WORD not in held(browser), (row.name, method)
                transaction.set_rollback(True)
                transaction.set_rollback(True, "keys")


def held(browser) -> str:
    """What the session of a browser holds, opened with its cookie."""
    cookie = browser.cookies.get("session")
    return repr(SessionStore(cookie.value).load()) if cookie else ""


def test_what_a_session_holds_is_found(writer):
    """The positive control of the test before this one."""
    browser = signed_in(writer)
    session = browser.session
    session["word"] = WORD
    session.save()
    assert WORD in held(browser)
