"""The cast."""

import time
import uuid
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from exercises.carelinks import make_link
from exercises.couples import make_couple
from exercises.models import CareLink, ClientFile, Couple
from trustbook.accounts.keys import vault
from trustbook.accounts.models import Session, User
from trustbook.accounts.therapists import strong_steps


def pytest_collection_modifyitems(items):
    """Every test that uses a database may use both."""
    for item in items:
        if item.get_closest_marker("django_db") is None and "no_db" not in item.keywords:
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))


@pytest.fixture(autouse=True)
def _new_process(settings, tmp_path_factory):
    """No key in memory, no try counted against a rate limit, a ledger of the test's own."""
    settings.LEDGER = tmp_path_factory.getbasetemp() / f"erased-{uuid.uuid4()}.log"
    vault.forget_all()
    cache.clear()


@pytest.fixture(autouse=True)
def _mails_leave_at_once(monkeypatch):
    """A test's transaction is never committed: what waits for that is done straight away."""
    monkeypatch.setattr("trustbook.lib.outbox.posting.on_commit", lambda do, robust: do())


@pytest.fixture(autouse=True)
def _the_access_record_may_go(request, _django_db_marker):
    """A test with real transactions is cleaned up after by deleting all rows, table by table.

    Triggers keep each opening as long as its owner is here, so all owners are on their way out.
    """
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        User.objects.update(erasing=True)


@pytest.fixture
def trial(settings):
    """A small course on which tests write: its wording belongs to them."""
    settings.CONTENT_DIRS = [Path(__file__).parent / "content"]


@pytest.fixture
def writer() -> User:
    """Writes answers; sees their own work and nothing else."""
    return User.objects.create_user("writer@example.org", "the writer's password")


@pytest.fixture
def stranger() -> User:
    """Has an account too; must never learn anything about the writer."""
    return User.objects.create_user("stranger@example.org", "the stranger's password")


@pytest.fixture
def partner() -> User:
    """Sees what the writer chose to show, once ``couple`` has brought them together."""
    return User.objects.create_user("partner@example.org", "the partner's password")


@pytest.fixture
def couple(writer: User, partner: User) -> Couple:
    """The writer and the partner share a workbook."""
    return make_couple(writer, partner)


@pytest.fixture
def beside(partner: User) -> Client:
    """The partner's browser."""
    return signed_in(partner)


@pytest.fixture
def therapist() -> User:
    """Sees what a client chose to share with them, once ``care`` links the two."""
    return a_therapist("therapist@example.org")


@pytest.fixture
def care(therapist: User, writer: User) -> CareLink:
    """The writer is the therapist's client."""
    return make_link(a_file(therapist, "Tuesday, 10:00"), writer)


@pytest.fixture
def desk(therapist: User) -> Client:
    """The therapist's browser, in which the second step was shown a moment ago."""
    return at_the_desk(therapist)


@pytest.fixture
def writing(writer: User) -> Client:
    """The writer's browser."""
    return signed_in(writer)


@pytest.fixture
def strange(stranger: User) -> Client:
    """The stranger's browser."""
    return signed_in(stranger)


@pytest.fixture
def visiting() -> Client:
    """The browser of somebody without an account."""
    return Client()


def signed_in(user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def a_therapist(email: str) -> User:
    """Somebody with the role and a second step."""
    user = User.objects.create_user(email, "the therapist's password", is_therapist=True)
    TOTP.activate(user, generate_totp_secret())
    return user


def a_file(therapist: User, label: str) -> ClientFile:
    """A client's file, to which no client belongs yet."""
    file = ClientFile(therapist=therapist, made_on=timezone.localdate())
    file.seal_label(therapist, label)
    file.save()
    return file


def at_the_desk(therapist: User, ago: float = 0) -> Client:
    """A browser in which a therapist has shown the second step ``ago`` seconds ago."""
    [(step, kind)] = strong_steps(therapist).items()
    browser = signed_in(therapist)
    session = browser.session
    session["account_authentication_methods_user"] = str(therapist.pk)
    shown = {"method": "mfa", "type": kind, "id": step, "at": time.time() - ago}
    session["account_authentication_methods"] = [shown | {"reauthenticated": True}]
    session.save()
    Session.objects.of(therapist).rest(therapist.longest_rest, never_later=True)
    return browser


def just_proved(user: User) -> Client:
    """A browser in which ``user`` has given the password again a moment ago."""
    browser = signed_in(user)
    session = browser.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    return browser
