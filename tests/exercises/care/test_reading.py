"""What a client shares is read on pages that record it, each text once, and nowhere else."""

import uuid
from datetime import date

import pytest

from exercises import carelinks, shown
from exercises.care import lesson_versions
from exercises.models import Opening, Share
from tests.conftest import a_file, a_therapist, at_the_desk
from tests.exercises.care.client_page import (
    READING,
    at,
    main_of,
    record_of,
    week_shared,
    words_of,
)
from tests.exercises.care_of import CANARY, shared
from tests.exercises.own import ASKED, RENDERED, STEP, TITLE, given, source
from tests.exercises.talk import BACK, WORDS, replies, responds
from tests.exercises.workbook import Workbook
from tests.privacy.pdf import Pdf

MONDAY = date(2026, 3, 2)
OTHER = "an otter slept on the ice"
OWN = ("", "beside/", "met/", "notes/", "notes/2026-05-03/")
"""Pages about one client on which nothing of theirs is opened; here, nobody is beside them."""


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """On the small course."""


def said(response) -> str:
    """All the words of a page or a PDF, without blanks."""
    body = response.content
    text = Pdf(body).text() if body.startswith(b"%PDF") else body.decode()
    return "".join(text.split())


def test_all_answers_in_the_order_of_the_lesson(care, writing, desk):
    shared(care, writing, "sure", "3")
    shared(care, writing, "moment")
    shared(care, writing, "place", "outside")
    page = main_of(desk, at(care, "shared/"))
    order = ["Which moment comes to mind?", CANARY, "Where was it?", "Out with others", "How sure"]
    assert sorted(order, key=page.index) == order
    assert page.count("Shared 3 May 2026") == 3
    assert record_of(care) == [("moment", "screen"), ("place", "screen"), ("sure", "screen")]


def test_one_lesson_alone(care, writer, writing, desk):
    shared(care, writing)
    Workbook(writing, writer, "looking-back").saved("now", OTHER)
    assert desk.get(at(care, "lessons/looking-back/")).status_code == 404
    assert CANARY in main_of(desk, at(care, "lessons/every-kind/"))
    assert record_of(care) == [("moment", "screen")]


@pytest.mark.parametrize("lesson", ["nowhere", "every%00kind", "own:x"])
def test_a_lesson_of_which_nothing_is_shared_is_no_page(care, writing, desk, lesson):
    shared(care, writing)
    assert desk.get(at(care, f"lessons/{lesson}/")).status_code == 404
    assert record_of(care) == []


def test_the_wording_is_the_one_that_was_asked(care, writing, desk, settings, tmp_path):
    shared(care, writing)
    course = tmp_path / "trial" / "01-only"
    course.mkdir(parents=True)
    (tmp_path / "trial" / "course.yaml").write_text(
        "id: trial\ntitle: Trial\nsummary: S.\nparts:\n"
        "  - {folder: 01-only, title: Only, summary: S.}\n"
    )
    (course / "01-every-kind.md").write_text(
        "---\nid: every-kind\ntitle: Every kind\nsummary: S.\nminutes: 8\nexercise:\n"
        "  prompts:\n    - {id: moment, kind: text, ask: Asked anew}\n---\nWords.\n"
    )
    settings.CONTENT_DIRS = [tmp_path]
    assert "Asked anew" in main_of(desk, at(care))
    for what in ("shared/", "lessons/every-kind/", "sheet/"):
        page = main_of(desk, at(care, what))
        assert "Which moment comes to mind?" in page
        assert "Asked anew" not in page


def test_a_later_text_stays_private(care, writer, writing, desk):
    shared(care, writing)
    book = Workbook(writing, writer)
    book.saved("moment", OTHER, base=str(book.answer("moment").head_id))
    for what in ("", *READING):
        if what != "weeks/":
            assert "".join(OTHER.split()) not in said(desk.get(at(care, what)))
    assert CANARY in main_of(desk, at(care, "shared/"))


def test_weeks_are_lines_and_numbers(care, desk):
    week_shared(care, MONDAY, 3)
    week_shared(care, date(2026, 3, 9), 5)
    page = main_of(desk, at(care, "weeks/"))
    assert page.count('class="line"') == 1
    words = words_of(desk, at(care, "weeks/"))
    assert "3 of 7 in the week of 2 March 2026, 5 of 7 in the week of 9 March 2026." in words
    assert record_of(care) == [("2026-03-02", "screen"), ("2026-03-09", "screen")] * 2


def test_nothing_shared_is_said(care, desk):
    assert "No answer is shared with you now." in words_of(desk, at(care, "shared/"))
    assert "No week is shared with you now." in words_of(desk, at(care, "weeks/"))
    assert "Nothing is new." in words_of(desk, at(care, "sheet/"))
    assert record_of(care) == []


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("shared/", "screen"),
        ("lessons/every-kind/", "screen"),
        ("weeks/", "screen"),
        ("sheet/", "sheet"),
        ("sheet.pdf", "pdf"),
    ],
)
def test_each_way_of_reading_is_one_record_for_each_text(care, writing, desk, what, how):
    shared(care, writing, "moment")
    shared(care, writing, "sure", "3")
    week_shared(care, MONDAY, 3)
    texts = {"weeks/": ["2026-03-02"], "sheet/": ["moment", "sure", "2026-03-02"]}
    texts["sheet.pdf"] = texts["sheet/"]
    expected = sorted((text, how) for text in texts.get(what, ["moment", "sure"]))
    assert desk.get(at(care, what)).status_code == 200
    assert sorted(record_of(care)) == expected
    opened = {row.revision for row in Opening.objects.all()}
    assert opened <= {share.revision_id for share in Share.objects.all()}


def test_the_page_says_that_it_is_recorded(care, writing, desk):
    shared(care, writing)
    week_shared(care, MONDAY, 3)
    for what in READING[:-1]:
        assert "recorded" in words_of(desk, at(care, what))


@pytest.mark.parametrize("what", READING)
def test_what_cannot_be_recorded_is_not_shown(care, writing, desk, monkeypatch, what):
    def full(*_):
        raise OSError("No space left on device")

    shared(care, writing)
    week_shared(care, MONDAY, 3)
    monkeypatch.setattr("exercises.access.openings._note", full)
    desk.raise_request_exception = False
    response = desk.get(at(care, what))
    assert response.status_code == 500
    assert CANARY not in response.content.decode()
    assert not Opening.objects.exists()


def test_asking_for_the_head_opens_nothing(care, writing, desk):
    share = shared(care, writing)
    week_shared(care, MONDAY, 3)
    for what in (*READING, f"respond/{share.row_id}/", "fhir/every-kind/"):
        assert desk.head(at(care, what)).status_code == 200
        ahead = desk.get(at(care, what), headers={"Sec-Purpose": "prefetch;prerender"})
        assert (ahead.status_code, ahead.content) == (503, b"")
    assert record_of(care) == []


def test_no_cache_keeps_it(care, writing, desk):
    shared(care, writing)
    week_shared(care, MONDAY, 3)
    for what in (*READING, *OWN):
        control = desk.get(at(care, what)).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(control.split(", "))


@pytest.mark.parametrize("what", READING)
def test_what_is_taken_back_is_gone_at_the_next_request(care, writing, desk, what):
    share = shared(care, writing)
    week = week_shared(care, MONDAY, 3)
    before = desk.get(at(care, what))
    assert before.status_code == 200
    assert ("".join(CANARY.split()) in said(before)) == (what != "weeks/")
    shown.withdraw(Share.objects.filter(pk__in=[share.pk, week.pk]))
    records = len(record_of(care))
    after = desk.get(at(care, what))
    assert after.status_code == (404 if what.startswith("lessons") else 200)
    assert "".join(CANARY.split()) not in said(after)
    assert "2March2026" not in said(after)
    assert len(record_of(care)) == records


@pytest.mark.parametrize("what", ["", *READING, "beside/"])
def test_once_it_has_ended_nothing_is_there(care, writing, desk, what):
    shared(care, writing)
    week_shared(care, MONDAY, 3)
    path = at(care, what)
    carelinks.end(care)
    for ask in (desk.get, desk.head):
        assert ask(path).status_code == (404 if what else 200)
    assert CANARY not in desk.get(path).content.decode()
    assert not Opening.objects.exists()


def test_a_file_of_anothers_is_one_that_never_was(care, writing, desk):
    shared(care, writing)
    week_shared(care, MONDAY, 3)
    other = a_therapist("other@example.org")
    a_file(other, "mine")
    browser = at_the_desk(other)
    for what in (*READING, *OWN):
        missing = at(care, what).replace(str(care.file.pk), "00000000-0000-0000-0000-000000000001")
        for ask in (browser.get, browser.head, browser.post):
            theirs, nobodys = ask(at(care, what)), ask(missing)
            assert theirs.status_code == nobodys.status_code
            assert theirs.status_code in (404, 405)
        assert browser.get(at(care, what)).status_code == 404
    assert not Opening.objects.exists()


def test_html_is_never_read_as_such(care, writing, desk):
    shared(care, writing, text="<script>alert(1)</script>")
    for what in ("shared/", "sheet/"):
        assert "<script>alert" not in desk.get(at(care, what)).content.decode()
    assert "<script>alert(1)</script>" in said(desk.get(at(care, "sheet.pdf")))


def test_an_own_lesson_by_its_name_and_in_its_order(care, therapist, writer, writing, desk):
    said = source(TITLE, "Words.", STEP, ASKED)  # not the order of their ids
    draft = lesson_versions.Draft(said, RENDERED, None, uuid.uuid4())
    row = lesson_versions.save(therapist, uuid.uuid4(), draft).row
    given(care, row)
    book = Workbook(writing, writer, row.lesson_id)
    for prompt, text in ((ASKED["id"], OTHER), (STEP["id"], "home")):
        book.saved(prompt, text)
        answer = book.answer(prompt)
        pin = Share.fields_of(answer, answer.head)
        Share.objects.create(
            owner=writer, care=care, audience="therapist", since="2026-05-03", **pin
        )
    page = words_of(desk, at(care))
    assert f"{TITLE} Where? shared 3 May 2026 not opened yet Which lantern did you see?" in page
    page = main_of(desk, at(care, f"lessons/{row.lesson_id}/"))
    order = [f"<h1>{TITLE}</h1>", "Where?", "At home", "Which lantern did you see?", OTHER]
    assert sorted(order, key=page.index) == order


def test_what_was_said_stands_under_its_text(care, writing, desk):
    share, other = shared(care, writing), shared(care, writing, "sure", "3")
    responds(desk, care, share)
    replies(writing, care, share)
    for what in ("shared/", "lessons/every-kind/"):
        page = main_of(desk, at(care, what))
        order = [f"text-{share.row_id}", CANARY, WORDS, BACK, f"text-{other.row_id}"]
        assert sorted(order, key=page.index) == order
        assert [page.count(said) for said in (WORDS, BACK)] == [1, 1]
    shown.withdraw(Share.objects.filter(pk=share.pk))
    for what in ("shared/", "lessons/every-kind/"):
        assert WORDS not in main_of(desk, at(care, what))
        assert BACK not in main_of(desk, at(care, what))


def test_a_week_leads_to_what_was_said_about_it(care, desk):
    week = week_shared(care, MONDAY, 3)
    words = words_of(desk, at(care, "weeks/"))
    assert "3 May 2026 Write about the week of 2 March 2026" in words
    responds(desk, care, week)
    assert "1 text about the week of 2 March 2026" in words_of(desk, at(care, "weeks/"))
