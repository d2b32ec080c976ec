"""A fault is told with its place in the code, and without a word that anybody wrote."""

import io
import json
import logging
import sys

import pydantic
import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import ResolverMatch
from django.utils.log import AdminEmailHandler
from django.views.debug import (
    SafeExceptionReporterFilter,
    get_default_exception_reporter_filter,
)

from exercises.answering import actions
from tests.conftest import signed_in
from tests.exercises.workbook import Workbook
from tests.test_production import deployed
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.lib import logs

pytestmark = pytest.mark.postgres
WORD = "heron"
SAVE = "/workbook/save/every-kind/moment/"


class Whole(pydantic.BaseModel):
    number: int


def undecodable(text):
    f"{text}é".encode("ascii")


def quoted(text):
    raise ValueError(text)


def several(text):
    raise ExceptionGroup(text, [ValueError(text)])


def noted(text):
    error = ValueError()
    error.add_note(text)
    raise error


def chained(text):
    try:
        raise KeyError(text)
    except KeyError as error:
        raise RuntimeError(text) from error


def refused_by_the_database(text):
    with transaction.atomic():
        User.objects.create(email=f"{text}@example.org")
        User.objects.create(email=f"{text}@example.org")


def refused_with_the_whole_row(text):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = %s", [f"{text.upper()}@example.org"])


QUOTING = {
    "a message": quoted,
    "a text that cannot be written": undecodable,
    "JSON": lambda text: json.loads(f'{{"a": {text}}}'),
    "a form that is checked": lambda text: Whole(number=text),
    "a note": noted,
    "a cause": chained,
    "several": lambda text: (_ for _ in ()).throw(ExceptionGroup(text, [ValueError(text)])).send(
        None
    ),
    "a value that is taken": refused_by_the_database,
    "a row that is refused": refused_with_the_whole_row,
}


@pytest.fixture
def log():
    """What the handlers of settings.LOGGING write."""
    handlers = logging.getLogger("django").handlers + logging.getLogger().handlers
    ours = [
        each
        for each in handlers
        if isinstance(each.formatter, logs.Reticent) and isinstance(each, logging.StreamHandler)
    ]
    assert len(ours) == 2
    assert ours[0] is ours[1]
    stream = io.StringIO()
    before = ours[0].setStream(stream)
    yield stream
    ours[0].setStream(before)


@pytest.fixture
def browser(writer):
    browser = signed_in(writer)
    browser.raise_request_exception = False
    return browser


def failing(quoting):
    """A function that fails and quotes the text of any argument that holds ``WORD``."""

    def fail(*arguments, **named):
        said = repr((arguments, named))  # stays in this frame, among the variables
        assert WORD in said
        quoting(WORD)

    return fail


@pytest.mark.parametrize("quoting", QUOTING)
def test_a_fault_in_a_save(trial, writer, browser, log, monkeypatch, quoting):
    monkeypatch.setattr(actions, "record", failing(QUOTING[quoting]))
    saved = Workbook(browser, writer).save("moment", WORD)
    assert saved.status_code == 500
    told = log.getvalue()
    assert "ERROR django.request: 500 POST /workbook/save/<str:lesson>/<str:prompt>/\n" in told
    assert ", in fail\n" in told
    assert WORD not in told.lower()
    assert WORD not in saved.content.decode()


def test_what_the_database_refuses_does_quote_it(writer):
    """The positive control: without us the words would be there."""
    for name in ("a value that is taken", "a row that is refused"):
        with pytest.raises(IntegrityError) as caught:
            QUOTING[name](WORD)
        quotes = connection.vendor == "postgresql"
        assert (WORD in str(caught.value).lower()) is quotes
        assert logs.named(caught.value) == "django.db.utils.IntegrityError"
        [fact] = [logs.named(step) for step in logs.chain(caught.value) if "(" in logs.named(step)]
        assert ("SQLITE_CONSTRAINT" in fact) is not quotes


@pytest.mark.parametrize(
    "quoting", ["a message", "a form that is checked", "a note", "a cause", "several"]
)
def test_the_usual_way_of_logging_does_quote(quoting):
    """The positive control of the trace: Python's own has the words."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any of them
        QUOTING[quoting](WORD)
    about = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("x", 40, "", 0, "", (), about)
    assert WORD in logging.Formatter().format(record)
    assert WORD not in logs.Reticent().format(record)


def test_a_fault_in_signing_in(writer, log, monkeypatch):
    monkeypatch.setattr(AuthenticationBackend, "authenticate", failing(QUOTING["a message"]))
    browser = Client(raise_request_exception=False)
    form = {"login": "writer@example.org", "password": f"a {WORD} stood"}
    assert browser.post("/accounts/login/", form).status_code == 500
    told = log.getvalue()
    assert "500 POST /accounts/login/\n" in told
    assert "builtins.ValueError\n" in told
    assert WORD not in told
    assert "writer" not in told


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"/accounts/password/reset/key/1-{WORD}/", None),
        (f"/{WORD}/", "404 GET (an address that is none)"),
        (f"/workbook/every-kind/{WORD}/", "404 GET /workbook/<slug:course>/<slug:slug>/"),
        ("/workbook/save/every-kind/", "405 GET /workbook/save/<str:lesson>/"),
    ],
)
def test_an_address_is_told_by_its_pattern(trial, browser, log, path, said):
    browser.get(f"{path}?q={WORD}")
    lines = log.getvalue().splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == ([said] if said else [])
    assert WORD not in log.getvalue()


def test_a_foreign_host_is_not_repeated(log):
    Client(raise_request_exception=False).get("/accounts/login/", headers={"Host": WORD})
    assert "ERROR django.security.DisallowedHost: 400 GET" in log.getvalue()
    assert WORD not in log.getvalue()


@pytest.mark.parametrize("name", ["django.db.backends", "allauth", "asyncio", "py.warnings"])
def test_what_others_say_is_replaced_by_its_place(log, name):
    logging.getLogger(name).error("about %s", WORD)
    logging.getLogger(name).error(f"about {WORD}")
    logging.getLogger(name).error(ValueError(WORD))
    lines = log.getvalue().splitlines()
    assert len(lines) == 3
    for line in lines:
        assert line.split(f" ERROR {name}: ")[1].startswith("see test_logs.py, line ")


def test_what_we_say_ourselves_is_told_in_one_line(log):
    logging.getLogger("trustbook.mail").warning("3 of %s\n2026-01-01 ERROR forged", 4)
    [line] = log.getvalue().splitlines()
    assert line.endswith("Z WARNING trustbook.mail: 3 of 4\\n2026-01-01 ERROR forged")


def test_an_exception_in_a_message_of_ours_is_told_by_its_name(log):
    ours = logging.getLogger("trustbook.privacy")
    ours.error("It failed: %s (%d)", ValueError(WORD), 3)
    ours.error(KeyError(WORD))
    ours.error("of %(what)s", {"what": "all"})
    ours.error("100 %")
    lines = [line.split(": ", 1)[1] for line in log.getvalue().splitlines()]
    assert lines == [
        "It failed: builtins.ValueError (3)",
        "builtins.KeyError",
        "of all",
        "100 %",
    ]


def test_what_says_nothing_private_is_told():
    assert logs.named(KeyGone("data key 1 was destroyed")) == (
        "trustbook.accounts.keys.vault.KeyGone (data key 1 was destroyed)"
    )
    assert logs.named(FileNotFoundError(2, WORD)) == "builtins.FileNotFoundError (ENOENT)"
    assert logs.named(ModuleNotFoundError(WORD, name="csp")).endswith("NotFoundError (csp)")


def test_exceptions_that_go_round_in_a_circle():
    one, two = ValueError(), KeyError()
    one.__context__, two.__context__ = two, one
    assert logs.trace(one) == ["builtins.KeyError", "then:", "builtins.ValueError"]


def fault(text):
    """An exception with its traceback, as a handler sees it."""
    try:
        failing(QUOTING["a message"])(text)
    except ValueError:
        return sys.exc_info()


def test_a_mail_to_the_operator_has_the_trace_alone(settings, rf):
    settings.ADMINS = [("Ann", "ann@example.org")]
    request = rf.post(SAVE, {"moment": WORD}, headers={"Cookie": WORD, "User-Agent": WORD})
    request.resolver_match = ResolverMatch(fault, (), {}, route="workbook/")
    record = logging.LogRecord("django.request", 40, "", 0, "Fault", (), fault(WORD))
    record.request = request
    handler = AdminEmailHandler(include_html=True)
    handler.setFormatter(logs.Reticent())
    handler.emit(record)
    [sent] = mail.outbox
    assert isinstance(sent, mail.EmailMultiAlternatives)
    for text in (sent.subject, sent.body, sent.alternatives[0][0]):
        assert WORD not in str(text)
    assert "builtins.ValueError" in str(sent.body)
    assert "in fail" in str(sent.alternatives[0][0])


@pytest.mark.parametrize("ours", [True, False])
def test_a_developers_page_shows_no_variable_and_no_body(
    settings, trial, writer, browser, monkeypatch, ours
):
    settings.DEBUG = True
    get_default_exception_reporter_filter.cache_clear()  # type: ignore[attr-defined]
    if not ours:  # the positive control
        settings.DEFAULT_EXCEPTION_REPORTER_FILTER = (
            f"{SafeExceptionReporterFilter.__module__}.{SafeExceptionReporterFilter.__qualname__}"
        )
    monkeypatch.setattr(actions, "record", failing(lambda text: 1 / 0))
    page = Workbook(browser, writer).save("moment", WORD, script=False).content.decode()
    get_default_exception_reporter_filter.cache_clear()  # type: ignore[attr-defined]
    assert "ZeroDivisionError at /workbook/save/every-kind/moment/" in page
    assert (WORD in page) is not ours


class TestLastResort:
    """What even Django's own handler lets through."""

    def answer(self, application):
        said = []
        sent = logs.LastResort(application)({}, lambda *words: said.append(words))
        return said, sent

    def test_a_call_that_fails_is_a_bare_500(self, log):
        said, sent = self.answer(lambda *_: QUOTING["a message"](WORD))
        assert (said[0][0], b"".join(sent)) == (
            "500 Internal Server Error",
            b"Something went wrong on our side. Nothing is saved.\n",
        )
        assert "ERROR trustbook.faults: No answer could be made.\n" in log.getvalue()
        assert "builtins.ValueError" in log.getvalue()
        assert WORD not in log.getvalue()

    def test_an_answer_that_breaks_off(self, log):
        class Broken:
            streaming = True
            closed = False

            def __iter__(self):
                yield b"one"
                raise ValueError(WORD)

            def close(self):
                self.closed = True

        broken = Broken()
        _, sent = self.answer(lambda *_: broken)
        with pytest.raises(logs.Cut) as caught:
            list(sent)
        sent.close()
        assert (str(caught.value), caught.value.__suppress_context__) == ("", True)
        assert "builtins.ValueError" in log.getvalue()
        assert (WORD in log.getvalue(), broken.closed) == (False, True)

    def test_an_ordinary_answer_passes_untouched(self):
        ordinary = [b"page"]
        assert self.answer(lambda *_: ordinary)[1] is ordinary


def test_a_command_of_a_deployment_that_fails(tmp_path):
    script = f"raise ValueError('{WORD[:2]}' + '{WORD[2:]}')"
    code, _, complaint = deployed(tmp_path, "shell", "--no-imports", "-c", script)
    assert code == 1
    assert complaint.rstrip().endswith("builtins.ValueError")
    assert WORD not in complaint


def test_a_failed_sign_in_is_counted_and_nobody_is_named(writer, visiting, log):
    for email in ("writer@example.org", f"{WORD}@example.org"):
        visiting.post("/accounts/login/", {"login": email, "password": f"a {WORD}"})
    lines = [line.split(" ", 1)[1] for line in log.getvalue().splitlines()]
    assert lines == ["WARNING trustbook.security: A sign-in failed."] * 2
