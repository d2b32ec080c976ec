"""The access record, as the client sees it."""

import uuid
from datetime import UTC, date, datetime

import pytest

from exercises import access, carelinks, deletion, shown
from exercises.models import How, Opening, Share
from tests.conftest import a_therapist
from tests.exercises.answering.test_queries import queries
from tests.exercises.care_of import CANARY, shared
from tests.exercises.pulse.checkin import told
from tests.exercises.talk import words
from trustbook.accounts import erasure

PATH = "/therapist/opened/"
AFTERNOON = datetime(2026, 5, 3, 14, 10, 20, tzinfo=UTC)
WHAT = "What was opened, and when"


def noted(owner, reader, at=AFTERNOON, how=How.SCREEN, row=None, revision=None, **place):
    """One entry of the record."""
    place = place or {"lesson_id": "every-kind", "prompt_id": "moment"}
    return Opening.objects.create(
        owner=owner,
        reader=reader.pk,
        row=row or uuid.uuid4(),
        revision=revision or uuid.uuid4(),
        how=how,
        opened_at=at,
        **place,
    )


def record(browser):
    """The entries, without what is said of the record itself."""
    return words(browser.get(PATH)).partition("What this record is")[0].strip()


def test_nothing_was_opened(writing, visiting):
    assert record(writing).startswith(f"{WHAT} Nothing was opened.")
    assert visiting.get(PATH).status_code == 302


def test_it_says_what_it_is(writing):
    said = words(writing.get(PATH))
    assert "It is tamper-resistant: the database itself refuses to change an entry" in said
    assert "It is not tamper-proof: whoever operates the database could" in said


def test_each_reading_stands_there(care, therapist, writing, writer):
    share = shared(care, writing)
    access.read_shared(therapist, care.file.pk, How.PDF)
    [entry] = access.own_openings(writer)
    said = record(writing)
    assert f"{entry.opened_at:%H:%M} your therapist, as a PDF Which moment comes to mind?" in said
    assert f'href="/workbook/answers/{share.row_id}/"' in writing.get(PATH).content.decode()
    assert (CANARY in said, "therapist@example.org" in said) == (False, False)


def test_the_last_first_day_by_day_on_ones_own_clock(care, therapist, writing, writer):
    writer.time_zone = "Asia/Kathmandu"
    writer.save()
    for hour, how in ((17, How.SHEET), (19, How.SCREEN), (18, How.EXPORT)):
        at = AFTERNOON.replace(hour=hour)
        noted(writer, therapist, at, how, week=date(2026, 4, 27))
    assert record(writing) == (
        f"{WHAT} Each time that a therapist opened a text that you shared, the last first. "
        "Times are as on a clock in Asia/Kathmandu. "
        "4 May 2026 00:55 your therapist, on screen The week of 27 April 2026 "
        "3 May 2026 23:55 your therapist, in an export The week of 27 April 2026 "
        "22:55 your therapist, on a session sheet The week of 27 April 2026"
    )


def test_what_was_opened_in_one_minute_stands_together(care, therapist, writing, writer):
    for monday in (20, 27):
        noted(writer, therapist, week=date(2026, 4, monday))
        noted(writer, therapist, week=date(2026, 4, monday))
    noted(writer, therapist, AFTERNOON.replace(second=50), How.PDF, week=date(2026, 4, 20))
    said = record(writing)
    assert said.count("14:10") == 2
    assert said.count("The week of 20 April 2026") == 2
    assert said.count("The week of 27 April 2026") == 1


def test_another_one_is_never_named(care, therapist, writing, writer):
    other = a_therapist("earlier@example.org")
    noted(writer, other)
    noted(writer, therapist)
    said = record(writing)
    assert said.count("a therapist you had before, on screen") == 1
    assert said.count("your therapist, on screen") == 1
    assert ("earlier@" in said, "therapist@" in said) == (False, False)


@pytest.mark.parametrize("how", ["taken back", "ended", "therapist erased", "role gone"])
def test_it_stays(care, therapist, writing, writer, how):
    shared(care, writing)
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    if how == "taken back":
        shown.withdraw(Share.objects.all())
    elif how == "ended":
        carelinks.end(care)
    elif how == "therapist erased":
        erasure.erase(therapist)
    else:
        therapist.is_therapist = False
        therapist.save()
    who = "your therapist" if how == "taken back" else "a therapist you had before"
    said = record(writing)
    assert f"{who}, on screen Which moment comes to mind? Every kind" in said


def test_of_what_was_deleted_the_lesson_is_said(care, therapist, writing, writer):
    share = shared(care, writing)
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    answer = access.own_showable(writer, share.row_id)
    deletion.hide(answer, answer.head_id)
    gone = "on screen An answer that you have deleted Every kind"
    assert gone in record(writing)
    deletion.purge_now(access.own_hidden(writer, share.row_id))
    assert gone in record(writing)


def test_a_lesson_that_is_gone(care, therapist, writing, writer):
    noted(writer, therapist, lesson_id="no-longer", prompt_id="x")
    assert "A lesson that is no longer offered" in record(writing)


def test_the_wording_is_that_of_what_was_opened(care, therapist, writing, writer, settings):
    shared(care, writing)
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    settings.CONTENT_DIRS = []
    said = record(writing)
    assert "Which moment comes to mind? A lesson that is no longer offered" in said


def test_nobody_elses(care, therapist, strange, stranger, writer):
    noted(writer, therapist)
    assert record(strange).startswith(f"{WHAT} Nothing was opened.")


def test_a_hundred_a_page(care, therapist, writing, writer):
    for number in range(101):
        noted(writer, therapist, AFTERNOON.replace(hour=number // 60, minute=number % 60))
    assert record(writing).count("your therapist, on screen") == 100
    assert "Page 1 of 2 Earlier ones" in record(writing)
    last = words(writing.get(f"{PATH}?page=2"))
    assert last.count("your therapist, on screen") == 1
    assert writing.get(f"{PATH}?page=heron").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_however_much_was_opened(care, therapist, writing, writer, number):
    for week in range(number):
        told(writer, date(2020, 1, 6), {"openness": 1}) if not week else None
        noted(writer, therapist, week=date(2020, 1, 6))
        noted(writer, therapist)
    assert queries(lambda: writing.get(PATH)) == (5, 0)
