"""Authenticator app, recovery codes and passkeys; and fresh proof before any of it is changed."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from tests.accounts.passkey import Passkey
from tests.conftest import just_proved
from trustbook.accounts.models import Session
from trustbook.accounts.models.session import MONTH

PROOF = {"login": "writer@example.org", "password": "the writer's password"}
SECOND = "/accounts/2fa/authenticate/"
DANGEROUS = [
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/generate/",
]


def inside(browser) -> bool:
    return bool(browser.get("/workbook/").status_code == 200)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[-1]))


def options_in(response):
    """What a page asks the browser's passkeys for."""
    found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', response)
    assert found is not None
    [options] = json.loads(found.group(1)).values()
    return options


@pytest.fixture
def app(writer):
    secret = generate_totp_secret()
    TOTP.activate(writer, secret)
    return secret


@pytest.fixture
def passkey(writer):
    browser, key = just_proved(writer), Passkey()
    page = browser.get("/accounts/2fa/webauthn/add/").content.decode()
    credential = key.registered(options_in(page))
    browser.post(
        "/accounts/2fa/webauthn/add/",
        {"name": "Phone", "credential": credential, "passwordless": "on"},
    )
    return key


@pytest.mark.parametrize("path", DANGEROUS)
def test_fresh_proof_is_asked_for(writing, path):
    assert (
        writing.get(path)["Location"]
        == f"/accounts/reauthenticate/?next={path.replace('/', '%2F')}"
    )
    assert writing.post(path)["Location"].startswith("/accounts/reauthenticate/")
    assert not Authenticator.objects.exists()


def test_fresh_proof_is_asked_for_before_the_address_changes(writing, writer):
    response = writing.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not writer.emailaddress_set.filter(email="new@example.org").exists()


def test_fresh_proof_is_asked_for_before_it_is_taken_away(writing, app, writer):
    RecoveryCodes.activate(writer)
    for path in ("totp/deactivate/", "recovery-codes/", "recovery-codes/download/"):
        response = writing.get(f"/accounts/2fa/{path}")
        assert response["Location"].startswith("/accounts/reauthenticate/")
    writing.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.count() == 2


def test_each_passkey_is_offered_a_name_of_its_own(writer, app):
    names = []
    for _ in range(2):
        browser, key = just_proved(writer), Passkey()
        page = browser.get("/accounts/2fa/webauthn/add/")
        names.append(page.context["form"]["name"].value())
        credential = key.registered(options_in(page.content.decode()))
        browser.post("/accounts/2fa/webauthn/add/", {"name": "", "credential": credential})
    assert names == ["Passkey 1", "Passkey 2"]
    added = Authenticator.objects.filter(type="webauthn").order_by("created_at")
    assert [row.wrap().name for row in added] == names


def test_a_wrong_password_is_no_proof(writing):
    response = writing.post("/accounts/reauthenticate/", {"password": "not it at all"})
    assert response.context["form"].errors.keys() == {"password"}
    assert writing.get(DANGEROUS[0]).status_code == 302


def test_the_app_is_set_up_with_a_code_from_it(writer):
    browser = just_proved(writer)
    page = browser.get(DANGEROUS[0])
    secret = page.context["form"].secret
    assert browser.post(DANGEROUS[0], {"code": "000000"}).status_code == 200
    browser.post(DANGEROUS[0], {"code": code_of(secret)})
    assert {row.type for row in Authenticator.objects.all()} == {"totp", "recovery_codes"}


def test_password_and_code(app, visiting):
    assert visiting.post("/accounts/login/", PROOF)["Location"] == SECOND
    assert not inside(visiting)
    visiting.post(SECOND, {"code": "000000"})
    assert not inside(visiting)
    visiting.post(SECOND, {"code": code_of(app)})
    assert inside(visiting)


def test_a_code_works_once(app, visiting):
    code = code_of(app)
    visiting.post("/accounts/login/", PROOF)
    visiting.post(SECOND, {"code": code})
    other = Client()
    other.post("/accounts/login/", PROOF)
    other.post(SECOND, {"code": code})
    assert (inside(visiting), inside(other)) == (True, False)


def test_a_recovery_code_works_once(app, writer, visiting):
    code = RecoveryCodes.activate(writer).generate_codes()[0]
    for browser, works in ((visiting, True), (Client(), False)):
        browser.post("/accounts/login/", PROOF)
        browser.post(SECOND, {"code": code})
        assert inside(browser) is works


def test_the_second_step_alone_is_no_way_in(app, visiting):
    assert visiting.get(SECOND)["Location"] == "/accounts/login/"
    visiting.post(SECOND, {"code": code_of(app)})
    assert not inside(visiting)


def test_guessing_the_second_step_ends_soon(app, visiting):
    visiting.post("/accounts/login/", PROOF)
    for number in range(10):
        visiting.post(SECOND, {"code": f"{number:06}"})
    visiting.post(SECOND, {"code": code_of(app)})
    assert not inside(visiting)
    cache.clear()
    visiting.post(SECOND, {"code": code_of(app)})
    assert inside(visiting)


def test_a_passkey_alone(passkey, visiting):
    headers = {"X-Requested-With": "XMLHttpRequest"}
    asked = visiting.get("/accounts/2fa/webauthn/login/", headers=headers).json()["request_options"]
    answer = passkey.signed(asked)
    visiting.post("/accounts/2fa/webauthn/login/", {"credential": answer})
    assert inside(visiting)


@pytest.mark.parametrize("shared", [True, False])
def test_a_passkey_on_a_shared_device(passkey, visiting, shared):
    path = "/accounts/2fa/webauthn/login/"
    headers = {"x-requested-with": "XMLHttpRequest"}
    asked = visiting.get(path, headers=headers).json()["request_options"]
    said = {"shared": "on"} if shared else {}
    visiting.post(path, {"credential": passkey.signed(asked)} | said)
    row = Session.objects.get(user__isnull=False, device="A browser")
    assert (row.shared, row.rest) == (shared, 10 if shared else MONTH)


def test_a_passkey_for_another_challenge(passkey, visiting):
    headers = {"X-Requested-With": "XMLHttpRequest"}
    path = "/accounts/2fa/webauthn/login/"
    answer = passkey.signed(visiting.get(path, headers=headers).json()["request_options"])
    visiting.get(path, headers=headers)
    visiting.post(path, {"credential": answer})
    assert not inside(visiting)


def test_a_passkey_nobody_added(passkey, visiting):
    stolen = Passkey()
    stolen.id, stolen.owner = passkey.id, passkey.owner
    path = "/accounts/2fa/webauthn/login/"
    asked = visiting.get(path, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    visiting.post(path, {"credential": stolen.signed(asked["request_options"])})
    assert not inside(visiting)


GARBLED = ["", "{}", "[]", "null", "1", '{"response": 1}', "x", "9" * 5_000, "[" * 100_000]


@pytest.mark.parametrize("credential", GARBLED, ids=range(len(GARBLED)))
def test_a_garbled_passkey(app, visiting, writer, credential):
    response = visiting.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert response["Location"] == "/accounts/login/"
    assert not inside(visiting)
    visiting.post("/accounts/login/", PROOF)
    assert visiting.post(SECOND, {"credential": credential}).status_code == 200
    assert not inside(visiting)
    response = just_proved(writer).post(DANGEROUS[1], {"credential": credential})
    assert response.context["form"].errors


@pytest.mark.parametrize("part", ["id", "rawId", "response", "clientExtensionResults"])
@pytest.mark.parametrize("value", [None, 1, "", "é", [], {}, {"attestationObject": "AAAA"}])
def test_a_new_passkey_with_a_garbled_part(writer, part, value):
    browser = just_proved(writer)
    asked = options_in(browser.get(DANGEROUS[1]).content.decode())
    credential = json.loads(Passkey().registered(asked)) | {part: value}
    browser.post(DANGEROUS[1], {"name": "Phone", "credential": json.dumps(credential)})
    stored = Authenticator.objects.filter(type="webauthn").count()
    harmless = part == "clientExtensionResults" and (value is None or isinstance(value, dict))
    assert stored == int(harmless)
