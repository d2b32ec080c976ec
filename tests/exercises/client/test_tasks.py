"""The presses of a client: what each shows the therapist, and what shows nothing."""

import re
import uuid
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from exercises import assignments, carelinks, telling
from exercises.models import Assignment, CareLink
from tests.conftest import a_file
from tests.exercises.care_of import SAID, assigned
from tests.exercises.own import TITLE, given, written
from tests.exercises.workbook import Workbook
from trustbook.accounts.keys import vault

pytestmark = pytest.mark.usefixtures("trial")
TODAY = date(2026, 5, 3)
LESSON = "/workbook/trial/every-kind/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-05-03 12:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def told(monkeypatch):
    """Whom a mail to the therapist would be about."""
    links: list[CareLink] = []
    monkeypatch.setattr(telling, "tell_therapist", links.append)
    return links


@pytest.fixture
def row(care):
    return assigned(care, due_on=date(2026, 5, 10))


def press(browser, row, what, day="2026-05-03"):
    return browser.post(f"/therapist/assignments/{row.pk}/{what}/", {"day": day})


def seen(care):
    """All that the therapist sees of it."""
    return assignments.given(care, {})


def test_begin_is_a_press(writing, care, row, told):
    response = press(writing, row, "begin")
    assert response.headers["Location"] == LESSON
    assert [one.state for one in seen(care)] == ["Begun 3 May"]
    assert told == [care]


def test_done_is_another_with_or_without_begin(writing, care, row, told):
    assert press(writing, row, "done").headers["Location"] == f"/therapist/assignments/{row.pk}/"
    assert [(one.state, one.begun_on) for one in seen(care)] == [("Done 3 May", None)]
    assert told == [care]


@pytest.mark.parametrize("what", ["begin", "done"])
def test_pressed_again_it_stays_the_first_day(writing, care, row, told, clock, what):
    press(writing, row, what)
    before = seen(care)
    clock.move_to("2026-05-09 12:00Z")
    assert press(writing, row, what, "2026-05-09").status_code == 302
    assert [one.state for one in seen(care)] == [one.state for one in before]
    assert told == [care]


@pytest.mark.parametrize("what", ["begin", "done"])
@pytest.mark.parametrize("day", ["2026-05-02", "", "x"])
def test_another_day_than_the_page_said_shows_nothing(writing, care, row, told, what, day):
    response = writing.post(
        f"/therapist/assignments/{row.pk}/{what}/", {"day": day} if day else {}, follow=True
    )
    assert "A new day has begun since that page was opened" in response.content.decode()
    assert ([one.state for one in seen(care)], told) == (["Not begun"], [])


def test_the_day_is_the_clients(writing, care, writer, row):
    writer.time_zone = "Pacific/Kiritimati"
    writer.save()
    press(writing, row, "begin", "2026-05-04")
    assert [one.begun_on for one in seen(care)] == [date(2026, 5, 4)]


def test_putting_aside_shows_nowhere(writing, care, row, told, desk):
    page = f"/care/assignments/{row.pk}/"
    before = seen(care), mask(desk.get(page))
    press(writing, row, "aside")
    assert Assignment.objects.get().aside_at is not None
    assert (seen(care), mask(desk.get(page))) == before
    assert told == []


def mask(response):
    """A page without what is chance."""
    html = re.sub(
        r'((?:csrfmiddlewaretoken|:token)" value=)"[^"]*"', r"\1", response.content.decode()
    )
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    return response.status_code, headers, html


def test_it_is_taken_up_again(writing, row):
    press(writing, row, "aside")
    assert "From your therapist" not in writing.get("/workbook/").content.decode()
    assert press(writing, row, "resume").headers["Location"] == LESSON
    assert Assignment.objects.get().aside_at is None
    assert "From your therapist" in writing.get("/workbook/").content.decode()


def test_begin_takes_it_up_again_too(writing, care, row):
    press(writing, row, "aside")
    press(writing, row, "begin")
    assert Assignment.objects.get().aside_at is None


def test_what_was_read_written_and_finished_before_shows_nothing(writing, care, writer):
    book = Workbook(writing, writer)
    writing.get(LESSON)
    book.saved("moment", "a heron stood in the rain")
    book.send(finish="1")
    assigned(care)
    assert [one.state for one in seen(care)] == ["Not begun"]


def test_reading_writing_and_finishing_afterwards_show_nothing(writing, care, writer, row, told):
    before = seen(care)
    book = Workbook(writing, writer)
    writing.get(LESSON)
    writing.get(f"/therapist/assignments/{row.pk}/")
    book.saved("moment", "a heron stood in the rain")
    book.send(finish="1")
    assert (seen(care), told) == (before, [])


# What the client sees


def test_a_lesson_of_the_therapists_own_is_found_on_today_and_says_the_same(
    writing, care, therapist
):
    row = given(care, written(therapist))
    href = f"/workbook/own/{row.lesson_id.removeprefix('own:')}/"
    today = writing.get("/workbook/").content.decode()
    assert f'<a href="{href}">{TITLE}</a>' in today
    assert "When you press Begin" in writing.get(href).content.decode()
    assert press(writing, row, "begin").headers["Location"] == href
    Assignment.objects.update(withdrawn_on=TODAY)
    page = writing.get(f"/therapist/assignments/{row.pk}/").content.decode()
    assert (TITLE in page, href in page) == (False, False)


def test_today_says_what_is_asked(writing, row):
    html = writing.get("/workbook/").content.decode()
    assert ("From your therapist" in html, "due Sunday, 10 May" in html, SAID in html) == (
        True,
        True,
        True,
    )


def test_today_names_three_and_counts_the_rest(writing, care):
    for lesson in ("every-kind", "last", "looking-back", "for-two", "gone"):
        assigned(care, lesson)
    response = writing.get("/workbook/")
    assert len(response.context["assigned"]) == 3
    assert "2 more, and all that your therapist assigned" in response.content.decode()


def test_the_lesson_says_what_each_press_shows(writing, row):
    html = writing.get(LESSON).content.decode()
    assert (
        "When you press Begin, your therapist sees that you began this on 3 May. "
        "Nothing that you write is shown by it." in html
    )
    assert "your therapist sees that this is done, on 3 May" in html
    assert ("Assigned by your therapist, due Sunday, 10 May" in html, SAID in html) == (True, True)
    press(writing, row, "begin")
    html = writing.get(LESSON).content.decode()
    assert "You said on 3 May that you began this." in html
    assert "When you press Begin" not in html


def test_another_lesson_says_nothing(writing, row):
    assert "therapist sees" not in writing.get("/workbook/trial/last/").content.decode()


@pytest.mark.parametrize("path", [LESSON, "/workbook/"])
def test_after_the_end_a_page_is_that_of_somebody_without_a_therapist(
    writing, writer, therapist, path
):
    before = mask(writing.get(path)) and mask(writing.get(path))
    care = carelinks.make_link(a_file(therapist, "x"), writer)
    assigned(care)
    assert SAID in mask(writing.get(path))[2]
    carelinks.end(care)
    assert mask(writing.get(path)) == before


def test_the_page_of_one(writing, row):
    html = writing.get(f"/therapist/assignments/{row.pk}/").content.decode()
    assert ("Every kind" in html, SAID in html, "When you press Done" in html) == (True, True, True)


def test_the_key_goes_while_a_page_is_made(writing, care, row):
    """The link was there a moment ago, and is being ended."""
    vault.destroy_key(care.data_key_id)
    pages = [writing.get("/workbook/"), writing.get(LESSON)]
    assert [page.status_code for page in pages] == [200, 200]
    assert ["therapist sees" in page.content.decode() for page in pages] == [False, False]
    assert writing.get(f"/therapist/assignments/{row.pk}/").status_code == 404


def test_the_page_about_the_therapist_has_all_of_it(writing, care, row):
    assigned(care, "last", aside_at=timezone.now())
    assigned(care, "looking-back", done_on=TODAY)
    html = writing.get("/therapist/").content.decode()
    found = [html.index(text) for text in ("Assigned to you", "Put aside", "Earlier", "done 3 May")]
    assert found == sorted(found)


PRESSES = ("begin", "done", "aside", "resume")


@pytest.mark.parametrize("what", PRESSES)
def test_after_the_end_there_is_nothing(writing, care, row, what):
    carelinks.end(care)
    assert press(writing, row, what).status_code == 404
    assert writing.get(f"/therapist/assignments/{row.pk}/").status_code == 404


@pytest.mark.parametrize("what", PRESSES)
def test_of_somebody_else_there_is_nothing(strange, desk, care, row, what):
    before = Assignment.objects.values().get()
    assert press(strange, row, what).status_code == press(desk, row, what).status_code == 404
    assert strange.get(f"/therapist/assignments/{row.pk}/").status_code == 404
    assert Assignment.objects.values().get() == before


@pytest.mark.parametrize("what", PRESSES)
def test_what_is_not_there_yet_is_not_pressed(writing, care, what):
    row = assigned(care, starts_on=date(2026, 5, 4))
    before = Assignment.objects.values().get()
    assert press(writing, row, what).status_code == 404
    assert Assignment.objects.values().get() == before


@pytest.mark.parametrize("what", PRESSES)
def test_what_was_taken_back_is_not_pressed_and_its_page_says_so(writing, care, row, told, what):
    Assignment.objects.update(withdrawn_on=TODAY)
    before = Assignment.objects.values().get()
    path = f"/therapist/assignments/{row.pk}/"
    response = writing.post(f"{path}{what}/", {"day": "2026-05-03"}, follow=True)
    assert response.redirect_chain == [(path, 302)]
    assert "Your therapist had taken this back meanwhile" in response.content.decode()
    assert (Assignment.objects.values().get(), told) == (before, [])


def test_what_begins_tomorrow_is_not_there_today(writing, care, clock):
    row = assigned(care, starts_on=date(2026, 5, 4))
    path = f"/therapist/assignments/{row.pk}/"
    texts = [page.content.decode() for page in (writing.get("/workbook/"), writing.get(LESSON))]
    assert [SAID in text for text in texts] == [False, False]
    assert writing.get(path).status_code == 404
    clock.move_to("2026-05-04 00:00Z")
    assert writing.get(path).status_code == 200
    assert SAID in writing.get("/workbook/").content.decode()


def test_a_day_is_kept_as_it_was_for_the_client(writing, care, row):
    press(writing, row, "done")
    assert timezone.localdate() == Assignment.objects.get().done_on == TODAY


def test_an_unknown_one(writing, care):
    assert writing.get(f"/therapist/assignments/{uuid.uuid4()}/").status_code == 404
