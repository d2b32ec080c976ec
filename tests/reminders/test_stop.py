"""The link in every notice: one press ends them all, looking at it changes nothing (RFC 8058)."""

import re
import uuid

import pytest
from django.test import Client

from tests.reminders.conftest import NOW, ask
from trustbook.lib.outbox import choosing
from trustbook.lib.outbox.models import Notice
from trustbook.reminders.models import Schedule

ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def asked(clock, writer):
    """The writer wants everything; something of it waits."""
    ask(writer, "weekly", "return")
    Notice.objects.create(person=writer, kind="weekly", due_at=NOW)
    return writer


def path(person):
    return f"/reminders/stop/{choosing.stop_token(person.pk)}/"


def of(person):
    """What there is of a person's reminders."""
    schedule = Schedule.objects.get(person=person)
    waiting = Notice.objects.filter(person=person).count()
    return set(choosing.chosen(person)), schedule.next_at, schedule.look_at, waiting


def press(address, body=ONE_CLICK, content_type=FORM):
    """As a mail program does it: no cookie, no token of a form."""
    return Client(enforce_csrf_checks=True).post(address, body, content_type=content_type)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (ONE_CLICK, FORM),
        ("", FORM),
        (
            '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
            "One-Click\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_one_press_ends_all_of_it(asked, body, content_type):
    response = press(path(asked), body, content_type)
    assert response.status_code == 200
    assert "You will get no more notes" in response.content.decode()
    assert of(asked) == (set(), None, None, 0)


def test_pressing_again_does_no_harm(asked):
    assert press(path(asked)).content == press(path(asked)).content
    assert of(asked) == (set(), None, None, 0)


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_looking_changes_nothing(asked, method):
    before = of(asked)
    assert before[0] == {"weekly", "return"}
    getattr(Client(), method)(path(asked))
    assert of(asked) == before


def test_the_page_has_the_button_that_a_person_presses(asked):
    shown = Client().get(path(asked)).content.decode()
    assert re.findall(r"<form[^>]*>", shown) == ['<form method="post">']
    assert '<button class="primary">Stop all notes</button>' in shown
    assert "csrf" not in shown


def test_nobody_else_loses_theirs(asked, stranger):
    ask(stranger, "weekly")
    press(path(asked))
    assert of(stranger)[0] == {"weekly"}


def test_no_page_tells_whose_a_token_is_or_whether_it_is_one(asked, stranger, writing):
    """``stranger`` asked for nothing, one is nobody's, one is none; the writer is signed in."""
    ask(stranger)
    nobody = f"/reminders/stop/{choosing.stop_token(uuid.uuid4())}/"
    for method in ("get", "post"):
        pages = {
            (answer.status_code, str(answer.headers.items()), answer.content)
            for browser in (Client(), writing)
            for where in (path(asked), path(stranger), nobody, "/reminders/stop/x/")
            for answer in [getattr(browser, method)(where)]
        }
        assert len(pages) == 1


def test_it_asks_for_no_session_and_is_kept_by_no_cache(asked, django_assert_num_queries):
    browser = Client()
    browser.cookies["session"] = "x" * 32
    with django_assert_num_queries(0):
        response = browser.get(path(asked))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert choosing.stop_token(asked.pk) not in response.content.decode()


def test_it_may_be_turned_on_again_and_stopped_again(asked):
    address = path(asked)
    press(address)
    ask(asked, "weekly")
    assert of(asked)[0] == {"weekly"}
    press(address)
    assert of(asked)[0] == set()


def test_an_account_that_is_gone(asked):
    address = path(asked)
    asked.delete()
    assert press(address).status_code == 200
