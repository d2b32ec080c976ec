"""What the database knows of a session: neither the cookie nor what the session holds."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.utils import timezone

from tests.conftest import signed_in
from trustbook.accounts.models import Session
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.sessions import SessionStore, content_key, key_hash, opened

pytestmark = pytest.mark.postgres

NOW = "2026-03-04 12:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def cookie_of(browser):
    return browser.cookies["session"].value


def works(browser):
    return browser.get("/workbook/").status_code == 200


def all_rows() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_session")
        return repr(cursor.fetchall())


def test_the_cookie_is_nowhere_in_the_database(writing):
    cookie = cookie_of(writing)
    rows = all_rows()
    assert cookie not in rows
    assert cookie.encode().hex() not in rows.lower()
    assert Session.objects.get().key_hash == key_hash(cookie)


def test_what_a_session_holds_cannot_be_read_from_its_row():
    store = SessionStore()
    store["word"] = "a heron stood"
    store.save()
    assert "heron" not in all_rows()
    assert SessionStore(store.session_key)["word"] == "a heron stood"


def test_it_opens_with_cookie_and_secret_only(settings, writing):
    data = bytes(Session.objects.get().data)
    cookie = cookie_of(writing)
    assert opened(cookie, data) is not None
    assert opened(cookie[:-1] + "?", data) is None
    settings.SECRET_KEY = "another secret"
    assert opened(cookie, data) is None


def test_two_sessions_have_two_keys():
    assert content_key("a", "s") != content_key("b", "s") != content_key("a", "t")


def test_a_replaced_secret_signs_people_out_without_an_error(settings, writing):
    settings.SECRET_KEY = "another secret"
    assert writing.get("/workbook/").status_code == 302


def test_a_secret_kept_among_the_fallbacks_signs_nobody_out(settings, writing):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    assert works(writing)
    assert works(writing)
    settings.SECRET_KEY_FALLBACKS = []
    assert works(writing)


def test_a_row_that_was_changed_opens_nothing(writing):
    Session.objects.update(data=b"x" * 100)
    assert writing.get("/workbook/").status_code == 302


def test_contents_moved_to_another_session_open_nothing(writing, strange):
    mine, theirs = (
        Session.objects.get(key_hash=key_hash(cookie_of(one))) for one in (writing, strange)
    )
    Session.objects.filter(pk=mine.pk).update(data=theirs.data, user=theirs.user)
    assert not works(writing)


def test_a_session_pointed_at_another_person_does_not_become_theirs(writing, writer, stranger):
    """The row names the stranger, but the sealed contents still name the writer."""
    Session.objects.update(user=stranger)
    assert writing.get("/workbook/token/").json()["owner"] == owner_mark(writer)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5_000, "é", "\\355\\240\\200", "a\0b"])
def test_a_cookie_that_is_none(visiting, cookie):
    visiting.cookies["session"] = cookie
    assert visiting.get("/workbook/").status_code == 302


def test_last_seen_is_kept_to_five_minutes(clock, writing):
    seen = []
    for minutes in (0, 4, 1, 4, 1):
        clock.shift(timedelta(minutes=minutes))
        works(writing)
        seen.append(Session.objects.get().last_seen - timezone.now())
    assert seen == [timedelta(minutes=-minutes) for minutes in (0, 4, 0, 4, 0)]


def test_a_session_ends_after_thirty_days_of_rest(clock, writing):
    clock.shift(timedelta(days=29))
    assert works(writing)
    clock.shift(timedelta(days=29))
    assert works(writing)
    clock.shift(timedelta(days=30, minutes=1))
    assert not works(writing)


def test_a_session_ends_after_ninety_days_however_often_it_is_used(clock, writing):
    for _ in range(89):
        clock.shift(timedelta(days=1))
        assert works(writing)
    clock.shift(timedelta(days=1))
    assert not works(writing)


def test_another_cookie_for_the_same_session(writing):
    before, row = cookie_of(writing), Session.objects.get()
    store = SessionStore(before)
    store.renew()
    after = Session.objects.get()
    assert (after.pk, after.made_at, after.device) == (row.pk, row.made_at, row.device)
    assert SessionStore(before).load() == {}
    assert SessionStore(store.session_key).load() == store.load() != {}


def test_an_expired_session_is_swept(clock, writing):
    clock.shift(timedelta(days=31))
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_signing_in_changes_the_cookie(writer, visiting):
    visiting.get("/accounts/login/")
    session = visiting.session
    session["before"] = "x"
    session.save()
    before = cookie_of(visiting)
    visiting.force_login(writer)
    assert cookie_of(visiting) != before
    assert not Session.objects.filter(key_hash=key_hash(before)).exists()


def test_signing_out_ends_the_row(writing):
    writing.post("/accounts/logout/")
    assert not Session.objects.exists()


def test_a_session_that_was_ended_meanwhile_is_not_made_anew(writing):
    store = SessionStore(cookie_of(writing))
    store["word"] = "x"
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_an_inactive_person_is_out_at_the_next_request(writing, writer):
    writer.is_active = False
    writer.save()
    assert not works(writing)


def test_a_new_password_ends_a_session_that_was_missed(writing, writer):
    """Even where its row was not deleted."""
    writer.set_password("another password")
    writer.save()
    assert not works(writing)


def test_a_session_and_its_user_are_one_query(writer, django_assert_num_queries):
    browser = signed_in(writer)
    with django_assert_num_queries(1):
        browser.get("/workbook/token/")


def test_the_cookie_is_closed_to_scripts_and_other_sites(writer, visiting):
    proof = {"login": writer.email, "password": "the writer's password"}
    cookie = visiting.post("/accounts/login/", proof).cookies["session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_wrong_cookie_costs_no_time_worth_naming():
    begun = time.process_time()
    SessionStore("x" * 32).load()
    assert time.process_time() - begun < 1
