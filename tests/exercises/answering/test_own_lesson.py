"""The client's page of a lesson that their therapist wrote."""

import re

import pytest

from exercises import carelinks
from exercises.answering.printed import _printed
from exercises.models import Answer, Reading, Share
from tests.conftest import signed_in
from tests.exercises.own import ASKED, TITLE, WORDS, given, rewritten, written
from tests.exercises.workbook import Workbook

LANTERN = "a green one, far out"


@pytest.fixture
def lesson(care, therapist):
    """Given to the writer."""
    row = written(therapist)
    given(care, row)
    return row


@pytest.fixture
def book(lesson, writing, writer):
    """The writer's page of it."""
    return Workbook(writing, writer, lesson.lesson_id)


def test_it_is_read_and_answered_like_any_other(lesson, book, writing):
    page = writing.get(f"/workbook/own/{lesson.pk}/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    html = page.content.decode()
    assert "<title>Lesson · Workbook</title>" in html
    assert TITLE in html
    assert WORDS in html
    assert f'data-save="/workbook/save/{lesson.lesson_id}/{ASKED["id"]}/"' in html
    first = book.saved(ASKED["id"], "green")
    book.saved(ASKED["id"], LANTERN, base=first)
    assert book.history(ASKED["id"]) == ["green", LANTERN]
    again = writing.get(f"/workbook/own/{lesson.pk}/").content.decode()
    assert LANTERN in again


def test_the_whole_page_without_scripts(lesson, book, writing, writer):
    done = book.send(book.fields(ASKED["id"], LANTERN), finish="1")
    assert done.status_code == 200
    assert "Saved, and the lesson is finished." in done.content.decode()
    assert book.value(ASKED["id"]) == LANTERN
    writing.post(f"/workbook/place/{lesson.lesson_id}/", {"owner": book.owner, "place": "3"})
    assert Reading.objects.get(reader=writer).finished_at is not None


def test_no_other_person_reads_or_writes_there(lesson, couple, partner, stranger, therapist):
    for person in (partner, stranger, therapist):
        browser = signed_in(person)
        assert browser.get(f"/workbook/own/{lesson.pk}/").status_code == 404
        assert browser.get(f"/therapist/lessons/{lesson.pk}/").status_code == 404
        theirs = Workbook(browser, person, lesson.lesson_id)
        assert theirs.save(ASKED["id"], "x").status_code == 404
        assert theirs.send(theirs.fields(ASKED["id"], "x")).status_code == 404
    assert not Answer.objects.exists()


def test_the_old_address_leads_there(lesson, writing):
    response = writing.get(f"/therapist/lessons/{lesson.pk}/")
    assert (response.status_code, response["Location"]) == (302, f"/workbook/own/{lesson.pk}/")


def test_after_the_end_the_answers_stay_with_their_wording(lesson, care, book, writing):
    book.saved(ASKED["id"], LANTERN)
    carelinks.end(care)
    assert writing.get(f"/workbook/own/{lesson.pk}/").status_code == 404
    refused = book.save(ASKED["id"], "more")
    assert (refused.status_code, refused.json()["error"]) == (404, "gone")
    page = writing.get("/workbook/answers/").content.decode()
    assert f"<h2>{TITLE}</h2>" in page  # of the copy that is kept
    assert f"/workbook/own/{lesson.pk}/" not in page
    assert LANTERN in page
    assert ASKED["ask"] in page
    assert "own:" not in page
    history = writing.get(f"/workbook/answers/{book.answer(ASKED['id']).pk}/").content.decode()
    assert LANTERN in history
    assert "own:" not in history


def test_my_answers_name_it_while_it_can_be_read(lesson, book, writing):
    book.saved(ASKED["id"], LANTERN)
    link = f'<a href="/workbook/own/{lesson.pk}/">{TITLE}</a>'
    answer = book.answer(ASKED["id"])
    assert f"<h2>{link}</h2>" in writing.get("/workbook/answers/").content.decode()
    assert link in writing.get(f"/workbook/answers/{answer.pk}/").content.decode()
    assert link in writing.get(f"/workbook/answers/{answer.pk}/delete/").content.decode()


def test_another_version_takes_no_answer_away(lesson, care, therapist, book, writing):
    """Moved to a version that asks otherwise: the old answer stands there with its wording."""
    book.saved(ASKED["id"], LANTERN)
    newer = rewritten(therapist, lesson, "Renamed")
    care.assignments.update(version=newer.head)
    page = writing.get(f"/workbook/own/{lesson.pk}/").content.decode()
    assert "Renamed" in page
    assert LANTERN in page


def test_nothing_of_it_stays_in_memory(lesson, book, writing):
    _printed.clear()
    writing.get(f"/workbook/own/{lesson.pk}/")
    book.saved(ASKED["id"], LANTERN)
    assert _printed == {}


def test_it_is_shared_with_the_therapist_and_the_partner(
    lesson, care, couple, book, writing, partner
):
    book.saved(ASKED["id"], LANTERN)
    answer = book.answer(ASKED["id"])
    pin = Share.fields_of(answer, answer.head)
    shown = {"owner": book.person, "since": "2026-05-03", **pin}
    Share.objects.create(care=care, audience="therapist", **shown)
    Share.objects.create(couple=couple, audience="partner", **shown)
    mine = writing.get("/sharing/").content.decode()
    assert mine.count(TITLE) == 2
    assert TITLE in writing.get(f"/sharing/{answer.pk}/").content.decode()
    beside = signed_in(partner)
    together = beside.get("/together/").content.decode()
    assert "Another lesson" in together
    [address] = re.findall(r"/together/lesson/[0-9a-f]{32}/", together)
    theirs = beside.get(address).content.decode()
    assert LANTERN in theirs
    assert writing.get(address).status_code == 200
    assert "own:" not in together + theirs
    assert str(lesson.pk) not in together + theirs
    for guessed in (lesson.lesson_id, "0" * 32):
        assert beside.get(f"/together/lesson/{guessed}/").status_code == 404
    assert TITLE not in together + theirs
    assert "your therapist" not in theirs


@pytest.mark.parametrize("number", [1, 3])
def test_my_answers_take_the_same_queries_for_one_and_for_three(
    care, therapist, writing, writer, django_assert_num_queries, number
):
    for n in range(number):
        row = written(therapist, f"{TITLE} {n}")
        given(care, row)
        Workbook(writing, writer, row.lesson_id).saved(ASKED["id"], LANTERN)
    writing.get("/workbook/answers/")
    with django_assert_num_queries(10):
        writing.get("/workbook/answers/")
