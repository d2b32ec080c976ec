"""Deleting the answers of a course, or the account: told beforehand, proved anew, gone at once."""

import pytest
from django.conf import settings
from django.db import DatabaseError

from exercises.models import Answer, AnswerRevision, Pulse, Reading
from tests.accounts.test_erasure import rows
from tests.conftest import just_proved
from tests.exercises.workbook import Workbook
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.lib import ledger

pytestmark = pytest.mark.postgres

CHOOSE, COURSE, ACCOUNT = (
    "/privacy/delete/",
    "/privacy/delete/answers/trial/",
    "/privacy/delete/account/",
)
PROVE = "/accounts/reauthenticate/"


@pytest.fixture
def proved(writer):
    """The writer's browser, a moment after the password was given again."""
    return just_proved(writer)


@pytest.fixture
def written(trial, proved, writer):
    """Three answers in two lessons of the course, one elsewhere, a week; a lesson opened."""
    book = Workbook(proved, writer)
    book.saved("moment", "more", base=book.saved("moment", "a heron stood"))
    book.saved("place", "home")
    book.saved("week", {"safety": "1"})
    Workbook(proved, writer, "last").saved("one", "at last")
    proved.get("/workbook/trial/looking-back/")
    Answer.objects.filter(prompt_id="place").update(lesson_id="elsewhere")
    return book


def sure(person, **changes):
    return {"sure": "on", "owner": owner_mark(person)} | changes


class TestWhatCanBeDeleted:
    def test_each_course_with_the_number_of_answers(self, written):
        response = written.browser.get(CHOOSE)
        assert [(course.id, number) for course, number in response.context["courses"]] == [
            ("trial", 2)
        ]

    @pytest.mark.parametrize("page", ["/workbook/answers/", "/accounts/settings/"])
    def test_the_way_there(self, written, page):
        assert f'href="{CHOOSE}"' in written.browser.get(page).content.decode()

    @pytest.mark.parametrize("path", [COURSE, ACCOUNT])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_only_after_a_fresh_proof(self, trial, writing, writer, path, method):
        response = getattr(writing, method)(path, sure(writer))
        assert response.headers["Location"].startswith(PROVE)
        assert User.objects.exists()

    @pytest.mark.parametrize("path", [COURSE, ACCOUNT])
    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"sure": ""}, "sure"), ({"owner": ""}, "owner"), ({"owner": "0" * 32}, "__all__")],
    )
    def test_only_when_meant_by_whom_the_page_was_made_for(
        self, written, writer, path, changes, field
    ):
        before = rows()
        response = written.browser.post(path, sure(writer, **changes))
        assert response.status_code == 422
        assert field in response.context["form"].errors
        assert 'role="alert"' in response.content.decode()
        assert rows() == before

    def test_another_persons_page_deletes_nothing(self, written, writer, stranger):
        before = rows()
        assert just_proved(stranger).post(ACCOUNT, sure(writer)).status_code == 422
        assert {**rows(), "accounts.Session": 1} == {**before, "accounts.Session": 1}


class TestOfACourse:
    def test_it_says_what_goes(self, written):
        response = written.browser.get(COURSE)
        text = response.content.decode()
        assert [(lesson.id, number) for lesson, number in response.context["lessons"]] == [
            ("every-kind", 1),
            ("looking-back", 0),
            ("last", 1),
        ]
        for said in ("no 30 seconds", "30 days at most", "What others keep", "belong to no course"):
            assert said in text

    def test_it_goes_at_once_and_the_rest_stays(self, written, writer, strange, stranger):
        theirs = Workbook(strange, stranger)
        theirs.saved("moment", "the stranger's")
        gone = set(Answer.objects.of(writer).exclude(lesson_id="elsewhere").values_list("pk"))
        assert written.browser.post(COURSE, sure(writer)).headers["Location"] == CHOOSE
        assert "2 answers of “Trial”" in written.browser.get(CHOOSE).content.decode()
        left = Answer._base_manager.filter(author=writer)
        assert [(row.lesson_id, row.prompt_id) for row in left] == [("elsewhere", "place")]
        assert AnswerRevision.objects.filter(row__author=writer).count() == 1
        assert not Reading.objects.filter(reader=writer).exists()
        assert Pulse.objects.of(writer).count() == 1
        assert theirs.value("moment") == "the stranger's"
        assert set(ledger.read(settings.LEDGER)) == {("answer", row) for (row,) in gone}

    def test_pressed_twice_it_is_the_same(self, written, writer):
        for _ in range(2):
            assert written.browser.post(COURSE, sure(writer)).headers["Location"] == CHOOSE

    def test_where_nothing_was_written_there_is_nothing_to_press(self, trial, proved):
        text = proved.get(COURSE).content.decode()
        assert "nothing to delete" in text
        assert "Delete them" not in text

    def test_a_course_that_is_not_there(self, trial, proved, writer):
        assert proved.get("/privacy/delete/answers/nothing/").status_code == 404
        assert proved.post("/privacy/delete/answers/nothing/", sure(writer)).status_code == 404


class TestOfTheAccount:
    def test_it_says_what_goes(self, written):
        response = written.browser.get(ACCOUNT)
        text = response.content.decode()
        counted = [response.context[name] for name in ("answers", "weeks", "opened")]
        assert counted == [3, 1, 1]
        for said in ("3 answers and 1 week,", "1 lesson.", "30 days at most", "What others keep"):
            assert said in text

    def test_nothing_is_left(self, written, writer):
        assert len(rows()) == 7
        response = written.browser.post(ACCOUNT, sure(writer))
        assert response.headers["Location"] == "/privacy/ended/"
        assert (rows(), DataKey.objects.count()) == ({}, 0)
        assert list(ledger.read(settings.LEDGER)) == [("key", writer.data_key_id)]

    def test_no_cookie_is_left(self, written, writer):
        browser = written.browser
        browser.get(ACCOUNT)
        assert set(browser.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
        browser.post(ACCOUNT, sure(writer))
        assert {cookie.value for cookie in browser.cookies.values()} == {""}
        assert {cookie["max-age"] for cookie in browser.cookies.values()} == {0}

    def test_it_ends_on_a_page_that_knows_nobody(self, written, writer, visiting):
        response = written.browser.post(ACCOUNT, sure(writer), follow=True)
        assert response.status_code == 200
        assert response.content == visiting.get("/privacy/ended/").content

    def test_afterwards_one_is_a_visitor(self, written, writer):
        written.browser.post(ACCOUNT, sure(writer))
        for path in (ACCOUNT, "/workbook/"):
            location = f"/accounts/login/?next={path}"
            assert written.browser.get(path).headers["Location"] == location
        assert written.browser.post(ACCOUNT, sure(writer)).status_code == 302

    def test_every_other_device_is_signed_out(self, written, writer, writing):
        written.browser.post(ACCOUNT, sure(writer))
        assert writing.get("/workbook/").status_code == 302

    def test_nobody_else_is_touched(self, written, writer, strange, stranger):
        theirs = Workbook(strange, stranger)
        theirs.saved("moment", "the stranger's")
        written.browser.post(ACCOUNT, sure(writer))
        assert theirs.value("moment") == "the stranger's"

    def test_pressed_twice_at_once_it_is_done_once(self, written, writer, monkeypatch):
        """The second request is at work already when the first one is through."""
        person = User.objects.get()
        erasure.erase(writer)
        erasure.erase(person)
        assert (rows(), DataKey.objects.count()) == ({}, 0)

    @pytest.mark.parametrize("step", ["note", "destroy_key", "delete_rows"])
    @pytest.mark.parametrize("error", [OSError, DatabaseError])
    def test_interrupted_it_is_closed_and_completed_later(
        self, written, writer, monkeypatch, caplog, step, error
    ):
        def broken(user):
            raise error("No space left on device")

        with monkeypatch.context() as interrupted:
            interrupted.setattr(erasure, step, broken)
            response = written.browser.post(ACCOUNT, sure(writer))
        assert response.headers["Location"] == "/privacy/ended/"
        assert [record.message for record in caplog.records] == [
            "An account is closed, but not deleted yet: run manage.py finish_erasures."
        ]
        assert written.browser.get("/workbook/").status_code == 302
        assert list(erasure.finish()) == [writer.pk]
        assert (rows(), DataKey.objects.count()) == ({}, 0)

    def test_what_could_not_even_begin_is_an_error(self, written, writer, monkeypatch):
        def broken(user):
            raise DatabaseError("the disk is full")

        monkeypatch.setattr(erasure, "mark", broken)
        with pytest.raises(DatabaseError):
            written.browser.post(ACCOUNT, sure(writer))
        assert written.value("moment") == "more"
