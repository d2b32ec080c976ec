"""A save that fails says so, stores nothing, and succeeds when it is sent again."""

import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, connections
from django.http import JsonResponse
from django.test import Client

from exercises import recording, slots
from exercises.models import Answer, AnswerRevision
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import User

pytestmark = pytest.mark.usefixtures("here")

LONG = "A text that no compression makes short: " + " ".join(str(uuid.uuid4()) for _ in range(500))
FAILS = """
CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER disk_is_full BEFORE INSERT ON exercises_answerrevision
FOR EACH ROW EXECUTE FUNCTION disk_is_full();
"""


@pytest.fixture
def page():
    """A writer's page, in a browser that is told what the server would tell."""
    person = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)
    browser = Client(raise_request_exception=False)
    browser.force_login(person)
    return Workbook(browser, person)


def assert_fails_then_succeeds(page, text, trouble):
    """Sends ``text`` in ``trouble`` and, with the same token, after it."""
    token = str(uuid.uuid4())
    with trouble:
        assert page.save("moment", text, token=token).status_code >= 500
    assert not Answer.objects.filter(author=page.person).exists()
    assert page.save("moment", text, token=token).status_code == 200
    assert page.history("moment") == [text]


@contextmanager
def disk_full():
    """No page more for a file of SQLite; PostgreSQL says what it says then."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            yield
            cursor.execute("PRAGMA max_page_count = 1000000")
        else:
            cursor.execute(FAILS)
            try:
                yield
            finally:
                cursor.execute("DROP FUNCTION disk_is_full CASCADE")


def test_disk_full(page):
    assert_fails_then_succeeds(page, LONG, disk_full())


@contextmanager
def database_gone(installation, patch):
    """Killed in the middle of the save; or, where it is a file, locked by another program."""
    if installation.postgres:
        save = AnswerRevision.save

        def killed(*args, **kwargs):
            save(*args, **kwargs)
            installation.postgres.kill9()

        try:
            with patch.context() as here:
                here.setattr(AnswerRevision, "save", killed)
                yield
        finally:
            installation.postgres.restart()
            connections.close_all()
    else:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()


def test_database_gone_in_the_middle(installation, page, monkeypatch):
    assert_fails_then_succeeds(page, "A text.", database_gone(installation, monkeypatch))


@contextmanager
def commit_refused(patch):
    """The head points at a revision that is not there, which only COMMIT finds out."""
    revision = recording._revision

    def elsewhere(*args, **kwargs):
        return revision(*args, **kwargs | {"pk": uuid.uuid4()})

    with patch.context() as here:
        here.setattr(recording, "_revision", elsewhere)
        yield


def test_commit_refused(page, monkeypatch):
    assert_fails_then_succeeds(page, "A text.", commit_refused(monkeypatch))


def test_the_reply_is_written_after_the_commit(page, monkeypatch):
    seen = []

    def seen_by_others(*args, **kwargs):
        seen.append(
            elsewhere(lambda: AnswerRevision.objects.filter(row__author=page.person).count())
        )
        return JsonResponse(*args, **kwargs)

    monkeypatch.setattr(slots, "JsonResponse", seen_by_others)
    page.saved("moment", "A text.")
    assert seen == [1]


def elsewhere(question):
    """The answer on another connection, which sees what is committed."""

    def ask():
        try:
            return question()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        return other.submit(ask).result(30)


def test_no_request_is_one_transaction():
    """Its COMMIT would come after the reply was made."""
    assert not any(connections[alias].settings_dict["ATOMIC_REQUESTS"] for alias in connections)
    assert not any(options.get("ATOMIC_REQUESTS") for options in settings.DATABASES.values())
