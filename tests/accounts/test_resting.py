"""Sessions that end by themselves: when, what counts as use, and what a shared device changes."""

from datetime import timedelta
from http.cookies import Morsel

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.conftest import at_the_desk, signed_in
from trustbook.accounts.models import Session, User
from trustbook.accounts.models.session import MONTH, RESTS
from trustbook.accounts.sessions import SessionStore

pytestmark = pytest.mark.postgres

LOGIN = {"login": "writer@example.org", "password": "the writer's password"}
IDLE, STAY, PAGE = "/accounts/idle/", "/accounts/stay/", "/accounts/sessions/"


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-04 12:00Z", tick=False) as clock:
        yield clock


def works(browser) -> bool:
    return bool(browser.get("/workbook/token/").status_code == 200)


def left(browser) -> int:
    return int(browser.get(IDLE).json()["left"])


def ends_after(clock, browser, minutes: int) -> bool:
    """Whether ``browser`` still works after so many minutes of rest."""
    clock.shift(timedelta(minutes=minutes))
    return not works(browser)


def sign_in(**more) -> tuple[Client, Morsel]:
    browser = Client()
    browser.post("/accounts/login/", {**LOGIN, **more})
    return browser, browser.cookies["session"]


@pytest.fixture
def resting(clock, writer) -> Client:
    """A browser whose person wants to be signed out after a quarter of an hour."""
    browser = signed_in(writer)
    assert browser.post(f"{PAGE}rest/", {"rest": "15"})["Location"] == PAGE
    return browser


def test_it_ends_after_the_rest_that_was_chosen_and_at_most_a_minute_later(clock, resting):
    assert not ends_after(clock, resting, 15)
    assert ends_after(clock, resting, 16)


@pytest.mark.parametrize("seconds", [1, 30, 59, 61, 299])
def test_use_counts_whenever_it_was(clock, resting, seconds):
    """However coarse the times in the database are, nobody is signed out too soon."""
    works(resting)
    clock.shift(timedelta(seconds=seconds))
    works(resting)
    assert 15 * 60 <= left(resting) <= 16 * 60
    assert not ends_after(clock, resting, 15)


def test_use_for_hours_never_ends_it(clock, resting):
    for _ in range(20):
        assert not ends_after(clock, resting, 14)


def test_what_the_page_asks_by_itself_is_no_use(clock, resting):
    begun = left(resting)
    for _ in range(15):
        clock.shift(timedelta(minutes=1))
        assert resting.get(IDLE).status_code == 200
    assert left(resting) == begun - 15 * 60
    assert ends_after(clock, resting, 1)
    assert resting.get(IDLE, headers={"accept": "application/json"}).status_code == 401


def test_a_press_lets_it_go_on_ten_times_and_more(clock, resting):
    for _ in range(12):
        clock.shift(timedelta(minutes=14))
        assert resting.post(STAY).json() == {"left": 16 * 60}
    assert works(resting)


def test_the_press_wants_a_token(clock, resting):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = resting.cookies
    token = strict.get(IDLE).json()["csrf"]
    assert strict.post(STAY).status_code == 403
    assert strict.post(STAY, headers={"x-csrftoken": token}).status_code == 200


def test_when_somebody_was_last_seen_stays_as_coarse_as_it_was(clock, resting):
    seen = []
    for minutes in (0, 4, 1, 4, 1):
        clock.shift(timedelta(minutes=minutes))
        works(resting)
        seen.append(Session.objects.get().last_seen - timezone.now())
    assert seen == [timedelta(minutes=-minutes) for minutes in (0, 4, 0, 4, 0)]


def test_a_text_that_comes_too_late_comes_back(clock, resting):
    clock.shift(timedelta(minutes=17))
    response = resting.post("/workbook/save/any/", {"moment": "A heron stood"})
    assert response.status_code == 401
    assert "A heron stood" in response.content.decode()


def test_coming_back_wants_a_proof_and_leads_to_where_one_was(clock, resting):
    clock.shift(timedelta(minutes=17))
    assert resting.get("/workbook/answers/")["Location"] == (
        "/accounts/login/?next=/workbook/answers/"
    )


def test_what_has_ended_is_swept(clock, resting):
    clock.shift(timedelta(minutes=17))
    SessionStore.clear_expired()
    assert not Session.objects.exists()


# What one chooses ---------------------------------------------------------------------------------
def test_the_usual_month(clock, writer):
    browser, _ = sign_in()
    assert left(browser) == MONTH * 60
    assert browser.get("/workbook/").content.count(b'data-idle=""') == 1


@pytest.mark.parametrize("minutes", [minutes for minutes in RESTS if minutes != MONTH])
def test_each_choice_holds_for_the_next_sign_in(clock, writer, writing, minutes):
    writing.post(f"{PAGE}rest/", {"rest": str(minutes)})
    browser, _ = sign_in()
    assert left(browser) == minutes * 60 + 60
    page = browser.get("/workbook/").content.decode()
    assert f'data-idle="{minutes * 60}"' in page


def test_it_holds_for_the_other_browsers_at_once(clock, writer, writing):
    forgotten = signed_in(writer)
    clock.shift(timedelta(minutes=30))
    writing.post(f"{PAGE}rest/", {"rest": "15"})
    assert (works(writing), works(forgotten)) == (True, False)


def test_not_for_those_of_somebody_else(clock, writing, strange):
    writing.post(f"{PAGE}rest/", {"rest": "15"})
    assert not ends_after(clock, strange, 60)


def test_back_to_the_month(clock, resting):
    resting.post(f"{PAGE}rest/", {"rest": str(MONTH)})
    assert not ends_after(clock, resting, 29 * 24 * 60)


@pytest.mark.parametrize("rest", ["", "1", "0", "-15", "99999999999", "word"])
def test_no_other_rest_can_be_chosen(writing, writer, rest):
    assert writing.post(f"{PAGE}rest/", {"rest": rest}).status_code == 422
    writer.refresh_from_db()
    assert (writer.rest, Session.objects.get().rest) == (MONTH, MONTH)


def test_the_page_of_a_lesson_knows_it_without_another_query(
    trial, writing, django_assert_num_queries
):
    writing.post(f"{PAGE}rest/", {"rest": "15"})
    writing.get("/workbook/trial/last/")
    with django_assert_num_queries(4):
        page = writing.get("/workbook/trial/last/").content.decode()
    assert 'data-idle="900"' in page


# A shared device ----------------------------------------------------------------------------------
def test_on_a_shared_device(clock, writer):
    browser, cookie = sign_in(shared="on")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")  # ends with the browser
    assert left(browser) == 11 * 60
    assert not ends_after(clock, browser, 10)
    assert ends_after(clock, browser, 11)


def test_shared_wins_over_staying_signed_in(writer):
    _, cookie = sign_in(shared="on", remember="on")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    _, cookie = sign_in(remember="on")
    assert cookie["max-age"] == MONTH * 60


def test_a_longer_rest_of_ones_own_does_not_reach_it(clock, writer, writing):
    browser, _ = sign_in(shared="on")
    writing.post(f"{PAGE}rest/", {"rest": str(8 * 60)})
    assert ends_after(clock, browser, 12)


def test_nothing_of_it_is_left_for_the_next_to_sign_in(writer, stranger):
    browser, _ = sign_in(shared="on")
    browser.post("/accounts/logout/")
    browser.post(
        "/accounts/login/", {"login": stranger.email, "password": "the stranger's password"}
    )
    assert not Session.objects.get().shared


def test_with_a_second_step(writer):
    """What was said with the password still holds after the code."""
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(writer, secret)
    browser, _ = sign_in(shared="on")
    counter = int(timezone.now().timestamp()) // 30
    code = format_hotp_value(hotp_value(secret, counter))
    assert browser.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/workbook/"
    assert Session.objects.get(user=writer).shared


def test_said_later_and_taken_back(clock, writing):
    assert "It is shared" in writing.get(PAGE).content.decode()
    writing.post(f"{PAGE}shared/", {"shared": "on"})
    assert (Session.objects.get().shared, left(writing)) == (True, 11 * 60)
    page = writing.get(PAGE).content.decode()
    assert '<span class="badge plain">shared device</span>' in page
    assert writing.cookies["session"]["max-age"] == ""
    writing.post(f"{PAGE}shared/")
    row = Session.objects.get()
    assert (row.shared, row.rest) == (False, MONTH)


def test_the_address_is_not_shown_to_the_next_one(writer):
    browser, _ = sign_in(shared="on")
    browser.post("/accounts/logout/")
    assert writer.email not in browser.get("/accounts/login/").content.decode()


# A therapist --------------------------------------------------------------------------------------
@pytest.fixture
def at_desk(clock, therapist) -> Client:
    """The therapist's browser at noon."""
    return at_the_desk(therapist)


def test_a_therapist_is_signed_out_after_half_an_hour(clock, at_desk):
    assert not ends_after(clock, at_desk, 30)
    clock.shift(timedelta(minutes=30, seconds=59))
    assert works(at_desk)
    clock.shift(timedelta(minutes=31))
    assert not works(at_desk)
    assert at_desk.get("/care/practice/")["Location"].startswith("/accounts/login/")


def test_the_page_of_a_therapist_counts_down(at_desk):
    for path in ("/care/practice/", "/workbook/"):
        assert at_desk.get(path).content.count(b'data-idle="1800"') == 1
    assert left(at_desk) == 31 * 60


def test_what_the_page_asks_by_itself_keeps_no_therapist_in(clock, at_desk):
    for _ in range(30):
        clock.shift(timedelta(minutes=1))
        at_desk.get(IDLE)
    assert ends_after(clock, at_desk, 1)


@pytest.mark.parametrize(("before", "asked"), [(MONTH, MONTH), (60, 60), (8 * 60, 8 * 60)])
def test_half_an_hour_is_the_longest_for_a_therapist(clock, therapist, before, asked):
    """What was chosen before the role stays what it was, and is cut to half an hour."""
    User.objects.update(rest=before)
    browser = at_the_desk(User.objects.get(pk=therapist.pk))
    page = browser.get(PAGE).content.decode()
    assert "30 minutes is the longest for a therapist." in page
    assert f'<option value="{before}" selected\n>30 minutes</option>' in page
    assert ("8 hours" in page, "30 days" in page, "an hour" in page) == (False, False, False)
    assert browser.post(f"{PAGE}rest/", {"rest": str(asked)}).status_code == 302
    assert left(browser) == 31 * 60


def test_a_therapist_may_choose_less_but_not_more(clock, therapist, at_desk):
    forgotten = at_the_desk(therapist)
    assert at_desk.post(f"{PAGE}rest/", {"rest": "15"}).status_code == 302
    assert left(at_desk) == 16 * 60
    for rest in ("60", str(8 * 60), "30"):
        assert at_desk.post(f"{PAGE}rest/", {"rest": rest}).status_code == 422
    at_desk.post(f"{PAGE}rest/", {"rest": str(MONTH)})
    clock.shift(timedelta(minutes=31))
    assert (works(at_desk), works(forgotten)) == (False, False)


def test_a_shared_device_stays_shorter(clock, therapist, at_desk):
    at_desk.post(f"{PAGE}shared/", {"shared": "on"})
    assert left(at_desk) == 11 * 60
    at_desk.post(f"{PAGE}shared/")
    assert left(at_desk) == 31 * 60


def test_nobody_else_is_told_of_therapists(writing):
    page = writing.get(PAGE).content.decode().partition("<main")[2]
    assert "therapist" not in page
    assert '<option value="43200" selected\n>30 days</option>' in page
