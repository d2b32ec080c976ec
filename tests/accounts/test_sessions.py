"""Where one is signed in, and how to end it there."""

import uuid

import pytest
from django.test import Client

from tests.conftest import signed_in
from trustbook.accounts.models import Session

PAGE = "/accounts/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/605.1"


@pytest.fixture
def phone(writer):
    browser = Client(headers={"user-agent": PHONE})
    browser.post(
        "/accounts/login/", {"login": "writer@example.org", "password": "the writer's password"}
    )
    return browser


def works(browser):
    return browser.get("/workbook/").status_code == 200


def session_of(browser):
    return browser.get(PAGE).context["current"]


def test_each_browser_is_one_line(writing, phone, strange):
    response = writing.get(PAGE)
    assert {row.device for row in response.context["sessions"]} == {"", "Safari on iPhone"}
    assert response.context["current"].device == ""
    assert "A browser" in response.content.decode()


def test_no_address_of_the_network_is_kept(phone):
    fields = {field.name for field in Session._meta.get_fields()}
    assert fields == {
        *("id", "key_hash", "user", "device", "data", "made_at", "last_seen", "expires_at"),
        *("rest", "shared"),
    }


def test_ending_one(writing, phone):
    response = writing.post(f"{PAGE}{session_of(phone).pk}/end/", follow=True)
    assert "Safari on iPhone is signed out." in response.content.decode()
    assert (works(writing), works(phone)) == (True, False)


def test_ending_all_others(writing, phone, writer, strange):
    third = signed_in(writer)
    writing.post(f"{PAGE}others/end/")
    assert [works(one) for one in (writing, phone, third, strange)] == [True, False, False, True]


def test_ending_this_one_leads_to_signing_out(writing):
    response = writing.post(f"{PAGE}{session_of(writing).pk}/end/")
    assert response["Location"] == "/accounts/logout/"
    assert works(writing)


def test_that_of_another_person_is_not_found(writing, strange):
    response = writing.post(f"{PAGE}{session_of(strange).pk}/end/")
    missing = writing.post(f"{PAGE}{uuid.uuid4()}/end/")
    assert (response.status_code, response.content) == (404, missing.content)
    assert works(strange)


def test_only_a_post_ends_anything(writing, phone):
    for path in (f"{PAGE}others/end/", f"{PAGE}{session_of(phone).pk}/end/"):
        assert writing.get(path).status_code == 405
    assert works(phone)


def test_a_forged_post_ends_nothing(writer, phone):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(writer).cookies
    assert strict.post(f"{PAGE}others/end/").status_code == 403
    assert works(phone)
