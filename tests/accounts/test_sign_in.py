"""Signing in and out, and what a wrong guess learns."""

import re

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client

from trustbook.accounts.models import User

PATH = "/accounts/login/"
PASSWORD = "the writer's password"


def sign_in(browser, email="writer@example.org", password=PASSWORD, **more):
    return browser.post(PATH, {"login": email, "password": password, **more})


def inside(browser) -> bool:
    return bool(browser.get("/workbook/").status_code == 200)


def shown(response, *unlike: str) -> str:
    """The page without what is chance, or what was typed."""
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    for typed in unlike:
        text = text.replace(typed, "")
    return text


def test_in_and_out(writer, visiting):
    assert sign_in(visiting)["Location"] == "/workbook/"
    assert inside(visiting)
    assert visiting.post("/accounts/logout/")["Location"] == "/"
    assert not inside(visiting)


@pytest.mark.parametrize("email", ["WRITER@example.org", " writer@example.org "])
def test_an_address_however_it_is_written(writer, visiting, email):
    sign_in(visiting, email=email)
    assert inside(visiting)


def test_a_wrong_password_and_an_unknown_address_are_told_alike(writer):
    wrong = sign_in(Client(), password="not it, not at all")
    unknown = sign_in(Client(), email="nobody@example.org")
    assert (wrong.status_code, shown(wrong, writer.email)) == (
        unknown.status_code,
        shown(unknown, "nobody@example.org"),
    )
    assert "The e-mail address or the password is not right." in shown(wrong)


def test_the_password_is_not_sent_back(writer, visiting):
    assert "a secret guess" not in sign_in(visiting, password="a secret guess").content.decode()


def test_an_inactive_account_looks_like_an_unknown_one_or_stays_out(writer, visiting):
    writer.is_active = False
    writer.save()
    sign_in(visiting)
    assert not inside(visiting)


def test_an_account_that_is_being_erased_stays_out(writer, visiting):
    User.objects.update(erasing=True, is_active=False)
    sign_in(visiting)
    assert not inside(visiting)


@pytest.mark.parametrize(
    ("wish", "target"),
    [
        ("/workbook/answers/", "/workbook/answers/"),
        ("https://evil.example/", "/workbook/"),
        ("//evil.example/", "/workbook/"),
        ("javascript:alert(1)", "/workbook/"),
        ("/\\evil.example", "/workbook/"),
    ],
)
def test_the_way_on_never_leaves_the_site(writer, visiting, wish, target):
    assert sign_in(visiting, next=wish)["Location"] == target


def test_signing_out_wants_a_press(writing):
    assert writing.get("/accounts/logout/").status_code == 200
    assert inside(writing)


def test_a_forged_sign_in_or_out_is_refused(writer):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    assert strict.post("/accounts/logout/").status_code == 403


def test_argon2_is_what_a_deployment_uses(settings):
    from trustbook import settings as deployed

    assert deployed.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.PASSWORD_HASHERS = deployed.PASSWORD_HASHERS
    assert make_password("x" * 12).startswith("argon2$argon2id$")


def test_with_the_real_hasher(settings, visiting):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = User.objects.create_user("real@example.org", "a real password")
    assert identify_hasher(user.password).algorithm == "argon2"
    sign_in(visiting, email="real@example.org", password="a real password")
    assert inside(visiting)
