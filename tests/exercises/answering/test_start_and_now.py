"""The last lesson of the course shows the first week again, beside the present one."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exercises.answering.start_and_now import start_and_now
from exercises.models import Pulse
from tests.exercises.answering.test_queries import queries
from tests.exercises.pulse.checkin import empty, told

LESSON = "/workbook/trust/the-heartbeat/"
THIS = date(2026, 3, 2)
FIRST = THIS - timedelta(weeks=15)


@pytest.fixture(autouse=True)
def _real_course_on_a_wednesday(settings):
    settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False):
        yield


def table(browser):
    """The header and, row by row, the numbers."""
    html = browser.get(LESSON).content.decode()
    found = re.search(r'<table class="then-now">.*?</table>', html, re.DOTALL)
    if found is None:
        return None
    headers = re.findall(r'<th scope="col">(?:<span[^>]*>)?([^<]+)', found.group())
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", found.group())
    cells = [re.findall(r"<td[^>]*>(?:<span[^>]*>)?([^<]+)", row) for row in rows]
    return headers[1:], cells


def test_the_start_beside_now(writing, writer):
    told(writer, FIRST, {"openness": 2, "safety": 1})
    told(writer, THIS - timedelta(weeks=1), {"openness": 3})
    told(writer, THIS, {"openness": 5, "support": 4})
    assert table(writing) == (
        ["The week of 17 November 2025", "This week"],
        [["2", "5"], ["–", "–"], ["–", "–"], ["–", "4"], ["1", "–"]],
    )


def test_before_this_week_is_told_its_column_is_empty(writing, writer):
    told(writer, FIRST, {"openness": 2})
    assert table(writing) == (
        ["The week of 17 November 2025", "This week"],
        [["2", "–"], ["–", "–"], ["–", "–"], ["–", "–"], ["–", "–"]],
    )


def test_the_first_week_of_all_stands_alone(writing, writer):
    told(writer, THIS, {"openness": 2})
    headers, rows = table(writing)
    assert (headers, rows[0]) == (["The week of 2 March 2026"], ["2"])


def test_a_first_week_that_was_emptied_is_no_beginning(writing, writer):
    told(writer, FIRST, {"openness": 2})
    empty(writer, FIRST)
    told(writer, FIRST + timedelta(weeks=1), {"openness": 3})
    told(writer, THIS, {"openness": 4})
    assert table(writing)[0][0] == "The week of 24 November 2025"


def test_without_any_week_there_is_a_way_to_begin(writing):
    assert table(writing) is None
    html = writing.get(LESSON).content.decode()
    assert "There is no answer to look back on. The question stands in" in html


def test_the_wording_of_then_and_the_way_to_all_weeks(writing, writer):
    told(writer, FIRST, {"openness": 2}, openness="I was frank.")
    told(writer, THIS, {"openness": 5})
    html = writing.get(LESSON).content.decode()
    assert "I was frank. <span" in html
    assert "Now: I was open about what I felt, did and meant to do." in html
    assert '<a href="/workbook/pulse/">All your weeks</a>' in html


def test_nobody_elses_beginning(writer, strange):
    told(writer, FIRST, {"openness": 2})
    assert table(strange) is None


@pytest.mark.parametrize("weeks", [1, 30])
def test_however_many_weeks_there_are(writing, writer, weeks):
    for number in range(weeks):
        told(writer, THIS - timedelta(weeks=number), {"openness": 4})
    writing.get(LESSON)
    assert queries(lambda: writing.get(LESSON)) == (5, 0)


def test_only_the_weeks_that_are_shown_are_opened(writer, monkeypatch):
    for number in range(5):
        told(writer, THIS - timedelta(weeks=number), {"openness": 4})
    opened = []
    real = Pulse.open

    def noting(pulse, *given):
        opened.append(pulse.week)
        return real(pulse, *given)

    monkeypatch.setattr(Pulse, "open", noting)
    start_and_now(writer, list(Pulse.objects.of(writer)), THIS)
    assert opened == [THIS - timedelta(weeks=4), THIS]
