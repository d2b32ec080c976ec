"""A new password: by mail, or by who knows the old one. It ends sessions, never the second step."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from tests.conftest import just_proved, signed_in
from trustbook.accounts.models import Session, User

NEW = "another good password"


@pytest.fixture
def confirmed(writer):
    EmailAddress.objects.create(user=writer, email=writer.email, primary=True, verified=True)
    return writer


def inside(browser) -> bool:
    return bool(browser.get("/workbook/").status_code == 200)


def ask(browser, email):
    return browser.post("/accounts/password/reset/", {"email": email})


def link() -> str:
    found = re.search(
        r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body)
    )
    assert found is not None
    return found.group(1)


def reset(browser, path, password=NEW):
    form = browser.get(path, follow=True).redirect_chain[-1][0]
    return browser.post(form, {"password1": password, "password2": password})


def test_by_mail(confirmed, visiting):
    ask(visiting, confirmed.email)
    reset(visiting, link())
    confirmed.refresh_from_db()
    assert confirmed.check_password(NEW)


def test_it_ends_all_sessions(confirmed, writing, visiting):
    ask(visiting, confirmed.email)
    reset(visiting, link())
    assert not inside(writing)
    assert not Session.objects.filter(user=confirmed).exists()


def test_the_second_step_stays(confirmed, visiting):
    TOTP.activate(confirmed, generate_totp_secret())
    ask(visiting, confirmed.email)
    reset(visiting, link())
    assert Authenticator.objects.get().type == "totp"
    assert not inside(visiting)
    browser = Client()
    proof = {"login": confirmed.email, "password": NEW}
    assert browser.post("/accounts/login/", proof)["Location"] == "/accounts/2fa/authenticate/"
    assert not inside(browser)


def test_the_link_works_once(confirmed, visiting):
    ask(visiting, confirmed.email)
    path = link()
    reset(visiting, path)
    assert Client().get(path).status_code == 200
    confirmed.refresh_from_db()
    assert confirmed.check_password(NEW)


def test_an_unknown_address_is_answered_alike(confirmed):
    known, unknown = (ask(Client(), email) for email in (confirmed.email, "nobody@example.org"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert {tuple(one.to) for one in mail.outbox} == {(confirmed.email,), ("nobody@example.org",)}


def test_a_wrong_key_and_an_unknown_person_are_answered_alike(confirmed):
    def shown(person):
        path = f"/accounts/password/reset/key/{person}-c0ffee-0123456789abcdef/"
        response = Client().get(path)
        return response.status_code, re.sub(r'token" value="[^"]*"', "", response.content.decode())

    assert shown(confirmed.pk.hex) == shown("0" * 32)


def test_the_key_is_not_given_on_to_other_pages(confirmed, visiting):
    """The page with the form has an address without the key, so no Referer tells it."""
    ask(visiting, confirmed.email)
    path = link()
    assert path not in visiting.get(path)["Location"]


def test_by_who_knows_the_old_one(confirmed):
    here, there = just_proved(confirmed), signed_in(confirmed)
    fields = {"oldpassword": "the writer's password", "password1": NEW, "password2": NEW}
    here.post("/accounts/password/change/", fields)
    assert Session.objects.filter(user=confirmed).count() == 1
    assert (inside(here), inside(there)) == (True, False)
    assert User.objects.get().check_password(NEW)


def test_a_wrong_old_one_changes_nothing(confirmed, writing):
    fields = {"oldpassword": "not it at all", "password1": NEW, "password2": NEW}
    response = writing.post("/accounts/password/change/", fields)
    assert response.context["form"].errors.keys() == {"oldpassword"}
    assert inside(writing)
    assert not User.objects.get().check_password(NEW)


def test_its_owner_is_told_by_mail(confirmed, writing):
    fields = {"oldpassword": "the writer's password", "password1": NEW, "password2": NEW}
    writing.post("/accounts/password/change/", fields)
    assert mail.outbox[-1].to == [confirmed.email]
    assert NEW not in str(mail.outbox[-1].body)
