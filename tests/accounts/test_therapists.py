"""Who comes to a therapist's pages: the role, a second step, and that it was shown today."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.accounts.passkey import Passkey
from tests.accounts.test_second_step import code_of, options_in
from tests.conftest import a_therapist, at_the_desk, just_proved, signed_in
from trustbook.accounts.models import Session, User
from trustbook.accounts.reauthentication import NOT_DONE_YET
from trustbook.accounts.therapists import PROVE_FIRST, SET_UP_FIRST

PAGE, SECURE, DOOR = "/care/practice/", "/care/secure/", "/care/secure/?next=%2Fcare%2Fpractice%2F"
PROOF = "/accounts/2fa/reauthenticate/?next=%2Fcare%2Fpractice%2F"
TEXT = "a heron stood in the rain"
NOON = "2026-03-04 12:00Z"


def patterns(resolver, prefix=()):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, (*prefix, one.namespace))
        else:
            assert isinstance(one, URLPattern)
            yield ":".join([*filter(None, prefix), str(one.name)]), one


def test_every_address_of_a_therapist_is_guarded_but_the_door():
    care = {name: one for name, one in patterns(get_resolver()) if name.startswith("care:")}
    guarded = {name for name, one in care.items() if getattr(one.callback, "for_therapists", False)}
    assert set(care) - guarded == {"care:secure"}
    assert len(guarded) > 30


def test_nothing_else_is():
    others = [
        name
        for name, one in patterns(get_resolver())
        if not name.startswith("care:") and hasattr(one.callback, "for_therapists")
    ]
    assert others == []


@pytest.mark.parametrize("path", [PAGE, SECURE, "/care/", f"{PAGE}?next=/care/"])
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
def test_without_the_role_it_is_a_page_that_there_is_not(writing, path, method):
    ask = getattr(writing, method)
    here, nowhere = ask(path), ask("/care/nowhere/")
    assert here.status_code == nowhere.status_code == 404
    if method != "head":
        assert without_chance(here) == without_chance(nowhere)


def without_chance(response) -> str:
    return str(response.content.decode())


def test_a_visitor_signs_in_first(visiting):
    for path in (PAGE, SECURE, "/care/"):
        assert visiting.get(path)["Location"] == f"/accounts/login/?next={path}"


# The second step ----------------------------------------------------------------------------------
@pytest.fixture
def unready() -> User:
    """Has the role, and neither a passkey nor an app."""
    return User.objects.create_user("t@example.org", "the therapist's password", is_therapist=True)


def test_without_a_second_step_it_says_what_is_needed(unready):
    browser = just_proved(unready)
    assert browser.get(PAGE)["Location"] == DOOR
    page = browser.get(DOOR).content.decode()
    assert "One more thing, before your clients’ pages" in page
    for part in ("/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/", f'href="{PAGE}"'):
        assert part in page


def test_recovery_codes_alone_are_no_second_step(unready):
    RecoveryCodes.activate(unready)
    assert just_proved(unready).get(PAGE)["Location"] == DOOR


def test_what_was_typed_comes_back_where_the_step_is_gone(desk, therapist):
    Authenticator.objects.filter(user=therapist).delete()
    response = desk.post(PAGE, {"name": TEXT})
    page = response.content.decode()
    assert (response.status_code, TEXT in page, SET_UP_FIRST in page) == (403, True, True)


def test_taking_the_step_away_closes_the_room_at_once(desk, therapist):
    assert desk.get(PAGE).status_code == 200
    Authenticator.objects.filter(user=therapist).delete()
    assert desk.get(PAGE)["Location"] == DOOR


def test_a_step_that_was_taken_away_opens_nothing_beside_a_new_one(desk, therapist):
    Authenticator.objects.filter(user=therapist).delete()
    TOTP.activate(therapist, generate_totp_secret())
    assert desk.get(PAGE)["Location"] == DOOR


# The proof ----------------------------------------------------------------------------------------
def prove(browser, code: str, after: str = PAGE):
    return browser.post("/accounts/2fa/reauthenticate/", {"code": code, "next": after})


@pytest.fixture
def secret(unready) -> str:
    """An app's, which the therapist has."""
    secret: str = generate_totp_secret()
    TOTP.activate(unready, secret)
    return secret


def test_reading_comes_back_after_the_proof(unready, secret):
    browser = signed_in(unready)
    assert browser.get(PAGE)["Location"] == PROOF
    assert prove(browser, code_of(secret))["Location"] == PAGE
    assert browser.get(PAGE).status_code == 200


def test_signing_in_with_the_step_is_a_proof(unready, secret):
    browser = Client()
    login = {"login": unready.email, "password": "the therapist's password"}
    browser.post("/accounts/login/", login)
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert browser.get(PAGE).status_code == 200


def test_a_passkey_is_a_proof(unready):
    key, browser = Passkey(), just_proved(unready)
    add = "/accounts/2fa/webauthn/add/"
    credential = key.registered(options_in(browser.get(add).content.decode()))
    browser.post(add, {"name": "Phone", "credential": credential})
    way = "/accounts/2fa/webauthn/reauthenticate/"
    browser = signed_in(unready)
    assert browser.get(PAGE)["Location"] == f"{way}?next=%2Fcare%2Fpractice%2F"
    shown = key.signed(options_in(browser.get(way).content.decode()))
    assert browser.post(way, {"credential": shown, "next": PAGE})["Location"] == PAGE
    assert browser.get(PAGE).status_code == 200


@pytest.mark.parametrize(("seconds", "opens"), [(0, True), (-1, True), (1, False)])
def test_twelve_hours_to_the_second(therapist, seconds, opens):
    """``seconds`` after they are over."""
    with time_machine.travel(NOON, tick=False) as clock:
        desk = at_the_desk(therapist)
        # Used now and then: a session that rests ends long before.
        for _ in range(24):
            clock.shift(timedelta(minutes=29))
            assert desk.get(PAGE).status_code == 200
        clock.shift(timedelta(hours=12) - timedelta(minutes=24 * 29) + timedelta(seconds=seconds))
        if seconds == 0:  # exactly twelve hours: over
            clock.shift(timedelta(microseconds=-1))
        assert (desk.get(PAGE).status_code == 200) is opens


def test_exactly_twelve_hours_are_over(therapist):
    assert _asked_after(therapist, 12 * 3600) == PROOF
    assert _asked_after(therapist, 12 * 3600 - 1) is None


def _asked_after(therapist, seconds):
    with time_machine.travel(NOON, tick=False):
        response = at_the_desk(therapist, ago=seconds).get(PAGE)
    return response.get("Location")


def test_a_proof_from_the_future_counts_for_nothing(therapist):
    assert at_the_desk(therapist, ago=-61).get(PAGE)["Location"] == PROOF
    assert at_the_desk(therapist, ago=-30).get(PAGE).status_code == 200


def test_a_password_is_no_proof(therapist):
    browser = signed_in(therapist)
    browser.post("/accounts/reauthenticate/", {"password": "the therapist's password"})
    assert browser.get(PAGE)["Location"] == DOOR
    assert "That is not enough here" in browser.get(DOOR).content.decode()


def test_a_recovery_code_is_no_proof_and_leads_to_a_sentence(unready, secret):
    code = RecoveryCodes.activate(unready).get_unused_codes()[0]
    browser = signed_in(unready)
    assert prove(browser, code)["Location"] == PAGE
    assert browser.get(PAGE)["Location"] == DOOR
    response = browser.get(DOOR)
    page = response.content.decode()
    assert (response.status_code, "That is not enough here" in page) == (200, True)
    assert f'href="{PROOF}"' in page
    assert prove(browser, code_of(secret))["Location"] == PAGE
    assert browser.get(PAGE).status_code == 200


def test_after_five_minutes_the_proof_is_asked_for_again(unready, secret):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = just_proved(unready)
        assert browser.get(PAGE)["Location"] == DOOR
        clock.shift(timedelta(minutes=5))
        assert browser.get(PAGE)["Location"] == PROOF


def test_nobody_is_led_round_in_a_circle(unready, secret):
    """Whatever was shown, one redirect or two end at a page."""
    for browser in (signed_in(unready), just_proved(unready), at_the_desk(unready)):
        for path in (PAGE, SECURE, DOOR, PROOF):
            assert browser.get(path, follow=True).status_code == 200


def test_the_proof_of_somebody_else_counts_for_nothing(therapist):
    other = a_therapist("other@example.org")
    browser = at_the_desk(other)
    session = browser.session
    session["_auth_user_id"] = str(therapist.pk)
    session["_auth_user_hash"] = therapist.get_session_auth_hash()
    session.save()
    assert browser.get(PAGE)["Location"] == PROOF
    session = browser.session
    session["account_authentication_methods_user"] = str(therapist.pk)
    session.save()
    assert browser.get(PAGE)["Location"] == DOOR  # of a step that is not theirs


@pytest.mark.parametrize("more", [{"type": "recovery_codes"}, {"method": "password"}, {"id": None}])
def test_a_record_of_another_kind_counts_for_nothing(desk, more):
    session = desk.session
    [record] = session["account_authentication_methods"]
    session["account_authentication_methods"] = [record | more | {"reauthenticated": False}]
    session.save()
    assert desk.get(PAGE)["Location"] == PROOF


# What was sent meanwhile --------------------------------------------------------------------------
@pytest.fixture
def stale(therapist) -> Client:
    """A browser in which the step was shown twelve hours ago."""
    return at_the_desk(therapist, ago=12 * 3600)


def test_what_was_typed_comes_back_and_can_be_sent_again(stale, therapist):
    response = stale.post(PAGE, {"name": TEXT, "about": "line one\nline two"})
    page = response.content.decode()
    assert response.status_code == 403
    assert PROVE_FIRST in page
    for part in (f">\n{TEXT}</textarea>", 'name="about"', "line one\nline two</textarea>"):
        assert part in page
    assert f'<form method="post" action="{PAGE}"' in page
    assert f'href="{SECURE}" target="_blank"' in page
    assert stale.get(SECURE)["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert response["Cache-Control"].count("no-store") == 1


def test_a_script_is_told_so(stale):
    response = stale.post(PAGE, {"name": TEXT}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["error"]) == (403, "proof")


def test_nothing_of_it_is_done_or_kept(stale, therapist):
    from exercises.models import Practice

    stale.post(PAGE, {"name": TEXT})
    assert not Practice.objects.exists()
    assert TEXT not in repr(dict(stale.session))


def test_a_bare_press_is_to_be_done_once_more(stale):
    response = stale.post("/care/clients/00000000-0000-4000-8000-000000000000/end/")
    assert response["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    assert NOT_DONE_YET in stale.get(response["Location"]).content.decode()


def test_a_tick_at_a_client_comes_back_too_without_its_number(stale):
    pk = "0f0e0d0c-0000-4000-8000-000000000000"
    page = stale.post("/care/assign/", {"to": pk, "lesson": "promises"}).content.decode()
    assert f'<input type="hidden" name="to" value="{pk}">' in page
    assert 'value="promises" checked' in page


# Rest ---------------------------------------------------------------------------------------------
def test_a_session_from_before_the_role_rests_as_a_therapists(therapist):
    with time_machine.travel(NOON, tick=False):
        desk = at_the_desk(therapist)
        Session.objects.update(rest=8 * 60)
        desk.get(PAGE)
        assert Session.objects.get().rest == 30


def test_it_costs_one_query(desk, django_assert_num_queries):
    with django_assert_num_queries(3):  # session and person, steps, practice
        assert desk.get(PAGE).status_code == 200


# The way there ------------------------------------------------------------------------------------
PAGES = ("/workbook/", "/workbook/trial/every-kind/", "/accounts/settings/", "/sharing/")


@pytest.mark.parametrize("path", PAGES)
def test_a_therapist_finds_the_way(trial, unready, path):
    page = signed_in(unready).get(path).content.decode()
    assert page.count('<li><a href="/care/">Clients</a></li>\n') == 1


@pytest.mark.parametrize("path", [*PAGES, "/", "/lessons/", "/help/", "/nowhere/"])
def test_nobody_else_sees_a_trace_of_it(trial, writing, path):
    page = writing.get(path).content.decode()
    assert "/care/" not in page
    assert "Clients" not in page


def test_today_says_so_too(trial, unready, writing):
    assert "Your clients</a>" in signed_in(unready).get("/workbook/").content.decode()
    assert "clients" not in writing.get("/workbook/").content.decode()
