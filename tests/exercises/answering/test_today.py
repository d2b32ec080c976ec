"""The way back in: where one stopped, how far one is, what comes next."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from exercises.answering.today import greeting
from exercises.models import Reading
from tests.exercises.workbook import Workbook

NOON = "2026-03-04 12:00Z"
OPEN = "/workbook/trial/{}/"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def today(browser):
    return browser.get("/workbook/")


def test_a_new_workbook_begins_with_the_first_lesson(writing):
    response = today(writing)
    assert (response.context["resume"], response.context["new"]) == (None, True)
    assert response.context["next"].slug == "every-kind"


def test_it_goes_on_where_one_read_last(writing, clock):
    for slug in ("every-kind", "last"):
        clock.shift(timedelta(hours=1))
        writing.get(OPEN.format(slug))
    assert today(writing).context["resume"].lesson.slug == "last"


def test_it_goes_on_where_one_wrote_last(writing, page, clock):
    for slug in ("every-kind", "last"):
        writing.get(OPEN.format(slug))
    clock.shift(timedelta(hours=1))
    page.saved("moment", "a")
    assert today(writing).context["resume"].lesson.slug == "every-kind"


def test_it_goes_on_at_the_place_that_was_kept(writing, page):
    writing.get(OPEN.format("every-kind"))
    page.post("/workbook/place/every-kind/", {"owner": page.owner, "place": "2"})
    response = today(writing)
    assert f"{OPEN.format('every-kind')}#b2" in response.content.decode()
    assert response.context["resume"].minutes_left == 1


def test_a_finished_lesson_is_not_gone_on_with(writing, page):
    writing.get(OPEN.format("every-kind"))
    page.send(finish="1")
    response = today(writing)
    assert response.context["resume"] is None
    assert response.context["next"].slug == "looking-back"
    assert "1 of 3 lessons finished" in response.content.decode()


def test_all_is_finished(writing, writer):
    for lesson in ("every-kind", "looking-back", "last"):
        Workbook(writing, writer, lesson).send(finish="1")
    assert "You have finished every lesson." in today(writing).content.decode()


def test_a_withdrawn_lesson_is_not_gone_on_with(writing, writer):
    Reading.objects.create(reader=writer, lesson_id="withdrawn")
    assert today(writing).context["resume"] is None


def test_how_many_prompts_are_answered(writing, page):
    writing.get(OPEN.format("every-kind"))
    page.saved("moment", "a")
    page.saved("place", "home")
    resume = today(writing).context["resume"]
    assert (resume.answered, resume.asked) == (2, 11)


def test_the_pulse_of_this_week_counts_as_answered(writing, page, clock):
    writing.get(OPEN.format("every-kind"))
    page.saved("week", {"safety": "1"})
    assert today(writing).context["resume"].answered == 1
    clock.shift(timedelta(weeks=1))
    assert today(writing).context["resume"].answered == 0


def your_week(browser):
    """What the card about the week says, and the words of its link."""
    html = today(browser).content.decode()
    found = re.search(
        r"<h2>Your week</h2>.*?<p>([^<]+)</p>.*?<a[^>]* href=\"/workbook/pulse/\">([^<]+)</a>",
        html,
        re.DOTALL,
    )
    return found.groups() if found else None


def test_the_week_waits_until_a_lesson_was_opened(writing):
    assert your_week(writing) is None


def test_the_week_is_offered_then_looked_back_on_and_offered_again(writing, page, clock):
    writing.get(OPEN.format("last"))
    assert your_week(writing) == (
        "Five statements about your own week, in a minute. "
        "After some weeks you can see what moves.",
        "Take a minute for this week",
    )
    page.saved("week", {"safety": "1"})
    assert your_week(writing) == (
        "You have looked at this week. The weeks before stand beside it.",
        "Look at your weeks",
    )
    clock.shift(timedelta(weeks=1))
    assert your_week(writing) == (
        "You have not taken your pulse this week. It takes a minute.",
        "Take a minute for this week",
    )


def test_nobody_elses_work_is_counted(writing, page, strange):
    writing.get(OPEN.format("last"))
    page.send(finish="1")
    response = today(strange)
    assert (response.context["resume"], response.context["new"]) == (None, True)
    assert "0 of 3 lessons finished" in response.content.decode()


def test_the_line_says_how_far_one_is(writing, page):
    page.send(finish="1")
    assert "Lesson 2 of 3; 1 finished" in today(writing).content.decode()


@pytest.mark.parametrize(
    ("hour", "says"),
    [
        *[(hour, "Good morning.") for hour in (5, 11)],
        *[(hour, "Good afternoon.") for hour in (12, 17)],
        *[(hour, "Good evening.") for hour in (18, 23, 0, 4)],
    ],
)
def test_the_greeting(hour, says):
    assert greeting(hour) == says


def test_the_greeting_goes_by_ones_own_clock(writing, writer, clock):
    writer.time_zone = "Asia/Tokyo"
    writer.save()
    assert "Good evening." in today(writing).content.decode()


def test_the_clock_of_one_is_not_that_of_the_next(writing, writer, visiting):
    writer.time_zone = "Asia/Tokyo"
    writer.save()
    today(writing)
    assert timezone.get_current_timezone_name() == "UTC"
