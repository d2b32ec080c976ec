"""The weeks that two people show each other: numbers that were chosen, and no others."""

from datetime import date, timedelta

import pytest

from tests.exercises.together.pair import ZOO, is_ready, shows, told
from tests.exercises.together.reading import everything, main_of, rows_of, words_of
from tests.exercises.two import CANARY
from tests.lessons.kinds.page import Page

WEEKS = "/together/weeks/"
MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _zoo(trial, settings):
    settings.CONTENT_DIRS = [ZOO]


def table(browser):
    """Its rows, as they are read out."""
    html = main_of(browser, WEEKS).replace("<br>", "")
    return [row.words for row in Page(html).all("tr")][1:]


def after(weeks):
    return MONDAY + timedelta(weeks=weeks)


def test_the_partners_weeks_are_a_line_and_a_table(couple, writer, beside):
    for week, number in ((2, 6), (0, 3), (1, 4), (4, 7)):
        pulse = told(writer, after(week), {"openness": number})
        if week != 4:
            shows(couple, pulse)
    told(writer, after(1), {"openness": 7, "safety": 7})
    assert table(beside) == [
        "16 March 2026 6 – no answer – no answer – no answer – no answer",
        "9 March 2026 4 – no answer – no answer – no answer – no answer",
        "2 March 2026 3 – no answer – no answer – no answer – no answer",
    ]
    assert "3 of 7 in the week of 2 March 2026, 6 of 7 in the week of 16 March 2026." in main_of(
        beside, WEEKS
    )
    assert main_of(beside, WEEKS).count('class="line"') == 1
    assert '"M10 40L30 30L50 10"' in main_of(beside, WEEKS)


def test_ones_own_are_named_with_the_day_of_sharing(couple, partner, beside):
    pulse = told(partner, MONDAY, {"openness": 3})
    shows(couple, pulse, date(2026, 5, 4))
    assert rows_of(main_of(beside, WEEKS), "mine") == [
        "The week of 2 March 2026 your partner sees the version that you shared on 4 May 2026"
    ]
    assert f'href="/sharing/{pulse.pk}/"' in main_of(beside, WEEKS)
    assert "<svg" not in main_of(beside, WEEKS)


def test_what_is_kept_changes_nothing(couple, writer, partner, beside):
    before = everything(beside, WEEKS)
    assert "Nothing is shown here." in words_of(beside, WEEKS)
    is_ready(couple, "weeks", [told(writer, after(week), {"openness": 7}) for week in range(3)])
    is_ready(couple, "week.2026-03-02", [told(writer, MONDAY, {"openness": 1})])
    assert everything(beside, WEEKS) == before
    assert CANARY not in before[1]


def test_nobody_else_finds_the_page(couple, writer, strange):
    shows(couple, told(writer, MONDAY, {"openness": 1}))
    assert everything(strange, WEEKS)[0]["status"] == "404"
