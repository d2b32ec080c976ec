"""A therapist's private notes: saved means saved, and nobody else ever finds them."""

import uuid
from datetime import date, timedelta

import pytest
from django.conf import settings

from exercises import carelinks, personal_data, sessionnotes
from exercises.models import SessionNote
from tests.conftest import a_therapist, at_the_desk
from tests.exercises.care.client_page import at, main_of, today, words_of
from tests.exercises.care.notes import NoteBook
from trustbook.lib import ledger

NOTED = "a rook sat on the roof"
DAY = date(2026, 5, 3)


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """On the small course."""


@pytest.fixture
def book(care, desk, therapist):
    """The therapist's note of one day."""
    return NoteBook(desk, therapist, care.file.pk, DAY)


def test_it_is_saved_while_it_is_typed(book, desk, care):
    first = book.saved("note", NOTED)
    book.saved("note", f"{NOTED}, twice", base=first)
    assert book.texts() == [NOTED, f"{NOTED}, twice"]
    assert f"{NOTED}, twice" in main_of(desk, book.at())
    assert NOTED in words_of(desk, at(care, "notes/"))
    assert "1 day, the last 3 May 2026." in words_of(desk, at(care))


def test_without_scripts_the_page_comes_back_saved(book):
    response = book.save("note", NOTED, script=False)
    assert response.status_code == 200
    assert "Saved." in response.content.decode()
    assert book.texts() == [NOTED]


@pytest.mark.parametrize("script", [True, False])
def test_two_tabs_keep_both_texts(book, script):
    base = book.saved("note", NOTED)
    book.saved("note", "One tab.", base=base)
    response = book.save("note", "Another tab.", base=base, script=script)
    assert response.status_code == 409
    assert "One tab." in response.content.decode()
    assert book.texts() == [NOTED, "One tab.", "Another tab."]
    assert [one.aside for one in book.row().revisions.order_by("saved_at")] == [False, False, True]


def test_one_note_a_day(book, care, desk, therapist):
    other = NoteBook(desk, therapist, care.file.pk, DAY + timedelta(days=1))
    book.saved("note", NOTED)
    other.saved("note", "The next day.")
    assert (book.texts(), other.texts()) == ([NOTED], ["The next day."])
    page = main_of(desk, at(care, "notes/"))
    assert page.index("The next day.") < page.index(NOTED)


def test_an_earlier_version_is_brought_back(book, desk):
    first = book.saved("note", NOTED)
    second = book.saved("note", "Shorter.", base=first)
    page = main_of(desk, f"{book.at('history')}?version={first}")
    assert "Bring this version back" in page
    fields = {"owner": book.owner, "revision": first, "base": second, "token": str(uuid.uuid4())}
    response = book.post(book.at("bring-back"), fields, script=False)
    assert response.status_code == 200
    assert book.texts() == [NOTED, "Shorter.", NOTED]
    book.saved("note", "Newer.", base=str(book.row().head_id))
    stale = book.post(book.at("bring-back"), fields | {"token": str(uuid.uuid4())}, script=False)
    assert "A newer version was saved meanwhile." in stale.content.decode()


@pytest.mark.parametrize("version", ["nothing", "00000000-0000-0000-0000-000000000001"])
def test_a_version_that_never_was(book, desk, version):
    book.saved("note", NOTED)
    assert desk.get(f"{book.at('history')}?version={version}").status_code == 404


def test_deleting_says_what_goes_and_then_it_is_gone(book, desk, care):
    first = book.saved("note", NOTED)
    book.saved("note", "Later.", base=first)
    row = book.row()
    assert "All 2 versions of it." in words_of(desk, book.at("delete"))
    assert book.texts() == [NOTED, "Later."]
    stale = desk.post(book.at("delete"), {"seen": first})
    assert stale.status_code == 409
    assert book.texts() == [NOTED, "Later."]
    response = desk.post(book.at("delete"), {"seen": str(row.head_id)})
    assert (response.status_code, response.headers["Location"]) == (302, at(care, "notes/"))
    assert not SessionNote.objects.exists()
    assert (sessionnotes.WORD, row.pk) in list(ledger.read(settings.LEDGER))
    assert desk.get(book.at("delete")).status_code == 404


def test_what_cannot_be_noted_in_the_ledger_is_not_deleted(book, desk, settings, tmp_path):
    book.saved("note", NOTED)
    settings.LEDGER = tmp_path / "no folder" / "erased.log"
    desk.raise_request_exception = False
    assert desk.post(book.at("delete"), {"seen": str(book.row().head_id)}).status_code == 500
    assert book.texts() == [NOTED]


def test_what_a_backup_brings_back_is_deleted_anew(book):
    book.saved("note", NOTED)
    row = book.row()
    assert personal_data.forget(sessionnotes.WORD, [uuid.uuid4()]) == 0
    assert personal_data.forget(sessionnotes.WORD, [row.pk]) == 1
    assert not SessionNote.objects.exists()


def test_notes_outlive_the_link(book, care, desk):
    book.saved("note", NOTED)
    file = care.file.pk
    carelinks.end(care)
    assert NOTED in main_of(desk, f"/care/clients/{file}/notes/")
    book.saved("note", f"{NOTED} again", base=str(book.row().head_id))
    assert book.texts() == [NOTED, f"{NOTED} again"]


def test_nobody_else_finds_them(book, care, writing, therapist):
    book.saved("note", NOTED)
    others = at_the_desk(a_therapist("other@example.org"))
    for browser in (writing, others):
        for what in ("", "history", "delete"):
            assert browser.get(book.at(what)).status_code == 404
        assert browser.get(at(care, "notes/")).status_code == 404
    theirs = NoteBook(others, a_therapist("third@example.org"), care.file.pk, DAY)
    assert theirs.save("note", "Mine.").status_code in (403, 404)
    assert book.texts() == [NOTED]


def test_another_therapist_saves_nothing_there(book, care):
    other = a_therapist("other@example.org")
    theirs = NoteBook(at_the_desk(other), other, care.file.pk, DAY)
    response = theirs.save("note", "Mine, and still here.", script=False)
    assert response.status_code == 404
    assert "Mine, and still here." in response.content.decode()
    assert not SessionNote.objects.exists()


def test_the_client_sees_the_same_pages(book, care, writing):
    pages = ["/workbook/", "/workbook/answers/", "/sharing/", "/privacy/", "/therapist/"]
    before = [(writing.get(page).status_code, len(writing.get(page).content)) for page in pages]
    book.saved("note", NOTED)
    after = [(writing.get(page).status_code, len(writing.get(page).content)) for page in pages]
    assert after == before


def test_they_are_not_among_ones_own_answers(book, desk):
    book.saved("note", NOTED)
    assert NOTED not in main_of(desk, "/workbook/answers/")
    row = book.row()
    for path in (f"/workbook/answers/{row.pk}/", f"/workbook/answers/{row.pk}/delete/"):
        assert desk.get(path).status_code == 404
    assert desk.get(f"/sharing/{row.pk}/").status_code == 404


def test_stored_it_says_nothing(book):
    book.saved("note", NOTED)
    assert NOTED.encode() not in bytes(book.row().head.sealed)


def test_another_day_is_led_to(care, desk):
    response = desk.get(at(care, "notes/?day=2026-05-03"))
    assert response.headers["Location"] == at(care, "notes/2026-05-03/")


@pytest.mark.parametrize("day", ["", "yesterday", "1999-12-31", "far"])
def test_a_day_on_which_there_can_be_none(care, desk, therapist, day):
    typed = (today() + timedelta(days=400)).isoformat() if day == "far" else day
    assert desk.get(at(care, "notes/"), {"day": typed}).status_code == 422
    if typed:
        assert desk.get(at(care, f"notes/{typed}/")).status_code == 404


@pytest.mark.parametrize("day", ["20260503", "2026-W18-7", "2026-5-3", "a%00b"])
def test_a_day_has_one_address(care, desk, day):
    assert desk.get(at(care, f"notes/{day}/")).status_code == 404


def test_the_same_queries_for_one_and_for_many(
    care, book, desk, therapist, django_assert_num_queries
):
    book.saved("note", NOTED)
    desk.get(at(care, "notes/"))
    with django_assert_num_queries(4):
        desk.get(at(care, "notes/"))
    for days in (1, 2):
        NoteBook(desk, therapist, care.file.pk, DAY + timedelta(days=days)).saved("note", NOTED)
    with django_assert_num_queries(4):
        desk.get(at(care, "notes/"))
