"""Guessing is slowed down, in a cache that all workers share."""

import pytest
from django.core.cache import cache
from django.test import Client

from trustbook import settings as deployed
from trustbook.accounts.models import User

GUESS = {"login": "writer@example.org", "password": "not it at all"}
RIGHT = {"login": "writer@example.org", "password": "the writer's password"}


def statuses(path, fields, times, browser=None):
    browser = browser or Client()
    return [browser.post(path, fields).status_code for _ in range(times)]


def inside(browser) -> bool:
    return bool(browser.get("/workbook/").status_code == 200)


def test_after_five_wrong_passwords_the_right_one_has_to_wait(writer, visiting):
    for _ in range(5):
        visiting.post("/accounts/login/", GUESS)
    response = visiting.post("/accounts/login/", RIGHT)
    assert "too many tries" in response.content.decode()
    assert not inside(visiting)
    cache.clear()
    visiting.post("/accounts/login/", RIGHT)
    assert inside(visiting)


def test_guessing_at_one_account_locks_no_other(writer, stranger, visiting):
    for _ in range(6):
        Client(REMOTE_ADDR="203.0.113.7").post("/accounts/login/", GUESS)
    proof = {"login": stranger.email, "password": "the stranger's password"}
    visiting.post("/accounts/login/", proof)
    assert inside(visiting)


@pytest.mark.parametrize(
    ("path", "fields", "limit"),
    [
        ("/accounts/signup/", {"email": "x"}, 20),
        ("/accounts/password/reset/", {"email": "nobody@example.org"}, 5),
        ("/accounts/login/", {"login": "x", "password": "y"}, 30),
    ],
)
def test_so_many_tries_and_then_429(path, fields, limit):
    assert 429 not in statuses(path, fields, limit)
    assert statuses(path, fields, 1) == [429]


def test_proof_of_identity_can_be_tried_ten_times(writing):
    path, fields = "/accounts/reauthenticate/", {"password": "not it at all"}
    assert 429 not in statuses(path, fields, 10, writing)
    assert statuses(path, fields, 1, writing) == [429]


def test_the_page_says_what_to_do(visiting):
    statuses("/accounts/signup/", {}, 20, visiting)
    response = visiting.post("/accounts/signup/", {})
    assert "Too many tries" in response.content.decode()


def test_nobody_is_made_an_account_beyond_the_limit(visiting):
    statuses("/accounts/signup/", {}, 20, visiting)
    good = {"email": "new@example.org", "password1": "a longer password", "consent": "on"}
    assert visiting.post("/accounts/signup/", good).status_code == 429
    assert not User.objects.exists()


def test_an_address_cannot_be_feigned(visiting):
    """Without a proxy of our own, X-Forwarded-For is what anybody may write."""
    for number in range(20):
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        visiting.post("/accounts/signup/", {}, headers=headers)
    response = visiting.post("/accounts/signup/", {}, headers={"X-Forwarded-For": "203.0.113.99"})
    assert response.status_code == 429


def test_a_deployment_counts_in_the_database():
    backend = "django.core.cache.backends.db.DatabaseCache"
    assert deployed.CACHES["default"]["BACKEND"] == backend
