"""Asked for fresh proof: nothing that was typed gets into the session, and the page comes back."""

import pytest
from django.contrib.sessions.backends.base import SessionBase

from tests.accounts.test_second_step import DANGEROUS
from trustbook.accounts.models import Session
from trustbook.accounts.reauthentication import NOT_DONE_YET
from trustbook.accounts.sessions import SessionStore

WORD = "a.heron.stood@example.org"
EMAIL = "/accounts/email/"
PASSWORD = {"password": "the writer's password"}


def contents(browser) -> str:
    """All that the session holds, opened with its cookie."""
    stored: SessionBase = SessionStore(browser.cookies["session"].value)
    assert stored.load()
    return repr(stored.load())


def test_what_was_sent_is_not_kept(writing):
    for path in [*DANGEROUS, EMAIL]:
        response = writing.post(path, {"name": WORD, "email": WORD, "action_add": WORD})
        assert response["Location"].startswith("/accounts/reauthenticate/?next=")
        assert "heron" not in contents(writing)
        assert "HTTP_COOKIE" not in contents(writing)
    assert Session.objects.count() == 1


def test_it_would_be_kept_by_allauth_alone(settings, writing):
    """The positive control of the test before this one."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Reauthentication" not in name]
    writing.post(EMAIL, {"email": WORD, "action_add": ""})
    assert "heron" in contents(writing)
    assert "HTTP_COOKIE" in contents(writing)


def test_it_is_not_done_afterwards_but_the_page_comes_back(writing, writer):
    asked = writing.post(EMAIL, {"email": "new@example.org", "action_add": ""})
    assert NOT_DONE_YET in writing.get(asked["Location"]).content.decode()
    proved = writing.post(asked["Location"], PASSWORD | {"next": EMAIL})
    assert proved["Location"] == EMAIL
    assert not writer.emailaddress_set.filter(email="new@example.org").exists()
    assert writing.get(EMAIL).status_code == 200


def test_reading_says_nothing_of_it(writing):
    asked = writing.get(DANGEROUS[0])
    assert NOT_DONE_YET not in writing.get(asked["Location"]).content.decode()


@pytest.mark.parametrize(
    ("referer", "after"),
    [
        ("http://testserver/accounts/2fa/?from=menu#top", "%2Faccounts%2F2fa%2F%3Ffrom%3Dmenu"),
        ("http://testserver", "%2F"),
        ("http://evil.example/accounts/2fa/", "%2Faccounts%2Femail%2F"),
        ("//evil.example/", "%2Faccounts%2Femail%2F"),
        ("javascript:alert(1)", "%2Faccounts%2Femail%2F"),
        ("", "%2Faccounts%2Femail%2F"),
    ],
)
def test_afterwards_comes_the_page_with_the_form(writing, referer, after):
    response = writing.post(EMAIL, {"email": WORD, "action_add": ""}, headers={"Referer": referer})
    assert response["Location"] == f"/accounts/reauthenticate/?next={after}"


def test_an_accepted_proof_changes_the_cookie(writing):
    before = writing.cookies["session"].value
    writing.post("/accounts/reauthenticate/", {"password": "not it at all"})
    assert writing.cookies["session"].value == before
    writing.post("/accounts/reauthenticate/", PASSWORD)
    assert writing.cookies["session"].value != before
    assert SessionStore(before).load() == {}
    assert Session.objects.count() == 1
    assert writing.get(DANGEROUS[0]).status_code == 200
