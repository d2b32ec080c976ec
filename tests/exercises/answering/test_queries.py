"""Each page asks the databases a fixed number of times, however much was written."""

import uuid

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from exercises.models import Answer, Pulse
from exercises.recording import Draft, record
from lessons.kinds import prompt_from
from tests.conftest import signed_in
from tests.exercises.care_of import assigned
from tests.exercises.workbook import Workbook
from trustbook.accounts.keys import vault

PROMPT = prompt_from({"id": "moment", "kind": "text", "ask": "Which moment comes to mind?"})
WEEK = prompt_from({"id": "week", "kind": "pulse"})


def write(writer, number):
    """Answers to this lesson and to others, with two versions each, and as many weeks."""
    for index in range(number):
        lesson = "every-kind" if index == 0 else f"other-{index}"
        place = {"lesson_id": lesson, "prompt_id": "moment"}
        first = record(Answer, place, writer, PROMPT, Draft("a", None, uuid.uuid4()))
        assert first is not None
        record(Answer, place, writer, PROMPT, Draft("b", first.head.pk, uuid.uuid4()))
        monday = f"20{10 + index // 12}-{index % 12 + 1:02}-01"
        value = WEEK.empty() | {"safety": 1}
        record(Pulse, {"week": monday}, writer, WEEK, Draft(value, None, uuid.uuid4()))


def queries(ask):
    """How often ``ask`` turned to both databases, savepoints and BEGIN left out."""
    main, keys = (CaptureQueriesContext(connections[name]) for name in ("default", "keys"))
    with main, keys:
        response = ask()
    assert response.status_code == 200
    asked = [query["sql"] for query in main.captured_queries]
    counted = [sql for sql in asked if "SAVEPOINT" not in sql and not sql.startswith("BEGIN")]
    return len(counted), len(keys.captured_queries)


def save(book):
    head = Answer.objects.filter(author=book.person, lesson_id="every-kind").first()
    fields = {"owner": book.owner} | book.fields(
        "moment", uuid.uuid4().hex, base=str(head.head_id) if head else ""
    )
    return lambda: book.post("/workbook/save/every-kind/moment/", fields)


PAGES = {
    "lesson": ("/workbook/trial/every-kind/", 5),
    "last lesson": ("/workbook/trial/last/", 4),
    "today": ("/workbook/", 6),
    "answers": ("/workbook/answers/", 6),
    "token": ("/workbook/token/", 1),
    "sessions": ("/accounts/sessions/", 2),
}


@pytest.mark.parametrize(("path", "number"), PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("answers", [1, 60])
def test_a_page(writer, path, number, answers):
    write(writer, answers)
    browser = signed_in(writer)
    browser.get("/workbook/trial/every-kind/")
    browser.get(path)
    assert queries(lambda: browser.get(path)) == (number, 0)


@pytest.mark.parametrize("answers", [1, 60])
def test_a_cold_process_asks_for_the_key_once(writer, answers):
    write(writer, answers)
    browser = signed_in(writer)
    browser.get("/workbook/trial/every-kind/")
    vault.forget_all()
    assert queries(lambda: browser.get("/workbook/trial/every-kind/")) == (5, 1)
    vault.forget_all()
    assert queries(lambda: browser.get("/workbook/answers/")) == (6, 1)


def test_the_first_opening_of_a_lesson_is_one_more(writer):
    write(writer, 1)
    browser = signed_in(writer)
    assert queries(lambda: browser.get("/workbook/trial/every-kind/")) == (6, 0)


@pytest.mark.parametrize("given", [0, 1, 3])
def test_a_client_of_a_therapist(care, writing, given):
    for lesson in ("every-kind", "last", "looking-back")[:given]:
        assigned(care, lesson)
    writing.get("/workbook/trial/every-kind/")
    assert queries(lambda: writing.get("/workbook/trial/every-kind/")) == (7, 0)
    assert queries(lambda: writing.get("/workbook/")) == (8, 0)


@pytest.mark.parametrize("answers", [1, 60])
def test_a_save(writer, answers):
    write(writer, answers)
    book = Workbook(signed_in(writer), writer)
    assert queries(save(book)) == (5, 0)


def test_a_first_save(writer):
    book = Workbook(signed_in(writer), writer)
    ask = save(book)
    assert queries(ask) == (6, 1)


@pytest.mark.parametrize("versions", [1, 60])
def test_a_history(writer, versions):
    book = Workbook(signed_in(writer), writer)
    base = ""
    for number in range(versions):
        base = book.saved("moment", f"text {number}", base=base)
    path = f"/workbook/answers/{book.answer('moment').pk}/"
    assert queries(lambda: book.browser.get(path)) == (4, 0)
    assert queries(lambda: book.browser.get(f"{path}?version={base}")) == (5, 0)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lessons/",
        "/lessons/trial/",
        "/lessons/trial/every-kind/",
        "/help/",
        "/what-we-promise/",
        "/legal/terms/",
    ],
)
def test_a_public_page_asks_nothing(writer, path):
    browser = signed_in(writer)
    assert queries(lambda: browser.get(path)) == (0, 0)
