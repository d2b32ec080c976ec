"""What the pages about weeks show, to whom, and what they never show."""

import re
from datetime import date, timedelta

import pytest

from exercises.past import SHOWN
from tests.conftest import signed_in
from tests.exercises.answering.test_queries import queries
from tests.exercises.pulse.checkin import WEEKS, noted, told
from tests.exercises.pulse.conftest import THIS
from tests.lessons.kinds.page import Page

ALL_FOUR = {"openness": 4, "reliability": 4, "boundaries": 4, "support": 4, "safety": 4}


def back(weeks: int) -> date:
    return THIS - timedelta(weeks=weeks)


def shown(browser, address=WEEKS):
    response = browser.get(address)
    assert response.status_code == 200
    return response


def looking_back(response):
    """The plots, the table and the notes."""
    found = re.search("<main.*</main>", response.content.decode(), re.DOTALL)
    assert found is not None
    return Page(re.sub("<(input|br)[^>]*>", "", found.group()))


def table(response):
    """The rows of the table, as they are read out."""
    rows = looking_back(response).all("tr")
    return [row.words for row in rows[1:]]


def test_before_the_first_week(writing):
    response = shown(writing)
    page = response.context["page"]
    assert (page.week, page.weeks, page.plots, page.more) == (THIS, [], [], 0)
    assert "There are no numbers yet." in response.content.decode()
    assert "<svg viewBox" not in response.content.decode().split("<main")[1]


def test_the_numbers_and_the_note_of_this_week_stand_in_the_form(writing, writer):
    told(writer, THIS, {"safety": 3})
    noted(writer, THIS, "A long walk")
    html = shown(writing).content.decode()
    assert 'name="pulse.safety" value="3" checked' in html
    assert "A long walk</textarea>" in html
    assert 'name="pulse:week" value="2026-03-02"' in html
    assert 'name="note:week" value="2026-03-02"' in html


def test_the_table_says_every_number_the_newest_first(writing, writer):
    told(writer, back(3), ALL_FOUR)
    told(writer, back(1), {"openness": 7, "safety": 1})
    assert table(shown(writing)) == [
        "23 February 2026 7 – no answer – no answer – no answer 1",
        "9 February 2026 4 4 4 4 4",
    ]


def test_each_plot_has_a_name_and_says_in_words_what_it_draws(writing, writer):
    told(writer, back(1), ALL_FOUR)
    told(writer, THIS, ALL_FOUR | {"support": 6})
    page = looking_back(shown(writing))
    assert [svg.get("role") for svg in page.all("svg")] == ["img"] * 5
    assert [one.words for one in page.all("title")] == [
        "Openness over the weeks",
        "Reliability over the weeks",
        "Boundaries over the weeks",
        "Support over the weeks",
        "Safety to speak over the weeks",
    ]
    assert page.all("desc")[3].words == (
        "4 of 7 in the week of 23 February 2026, 6 of 7 in the week of 2 March 2026. "
        "The table has the number of each week."
    )


def test_one_week_alone_is_a_point_with_one_date(writing, writer):
    told(writer, THIS, ALL_FOUR)
    response = shown(writing)
    assert [plot.line for plot in response.context["page"].plots] == [""] * 5
    assert table(response) == ["2 March 2026 4 4 4 4 4"]


def test_half_a_year_then_all_of_two_years(writing, writer):
    for weeks in range(104):
        told(writer, back(weeks), ALL_FOUR)
    response = shown(writing)
    assert len(table(response)) == SHOWN
    assert response.context["page"].weeks[-1].monday == THIS
    assert "Show the 78 weeks before these as well" in response.content.decode()
    response = shown(writing, f"{WEEKS}?all=1")
    assert (len(table(response)), response.context["page"].more) == (104, 0)


def test_after_a_year_away_the_weeks_of_before_are_still_there(writing, writer):
    for weeks in (60, 61, 62):
        told(writer, back(weeks), ALL_FOUR)
    told(writer, THIS, ALL_FOUR)
    assert len(table(shown(writing))) == 4


def test_a_note_stands_beside_its_week_and_markup_in_it_is_text(writing, writer):
    told(writer, back(2), ALL_FOUR)
    noted(writer, back(1), "Only <b>words</b> this week")
    response = shown(writing)
    html = response.content.decode()
    assert [week.monday for week in response.context["page"].noted] == [back(1)]
    assert "Only &lt;b&gt;words&lt;/b&gt; this week" in html
    assert table(response)[0].startswith("23 February 2026 – no answer")


def test_a_week_that_was_emptied_again_is_no_week(writing, checkin):
    checkin.saved("pulse", {"safety": ""}, base=checkin.saved("pulse", {"safety": "3"}))
    checkin.saved("note", "", base=checkin.saved("note", "Away"))
    assert shown(writing).context["page"].weeks == []


def test_nothing_is_added_up_and_nobody_compared(writing, writer):
    """Numbers that no sum, mean or rank of them is equal to."""
    told(writer, back(1), {"openness": 7, "reliability": 6, "boundaries": 7, "support": 7})
    told(writer, THIS, {"openness": 7, "reliability": 6, "boundaries": 7, "support": 6})
    response = shown(writing)
    figures = {word for row in table(response) for word in row.split()}
    assert figures & {"27", "26", "53", "6.75", "6.5", "13", "14", "%"} == set()
    for word in ("total of", "average", "score", "grade", "streak"):
        assert word not in response.content.decode().lower()


def test_nobody_elses_weeks(writing, writer, strange):
    told(writer, back(1), ALL_FOUR)
    noted(writer, back(1), "A heron in the rain")
    response = shown(strange)
    assert response.context["page"].weeks == []
    assert "heron" not in response.content.decode()
    assert strange.get(f"{WEEKS}{back(1)}/").status_code == 200  # the last week: their own, blank
    assert "heron" not in strange.get(f"{WEEKS}{back(1)}/").content.decode()


class TestOneWeek:
    def test_the_last_week_can_still_be_told(self, writing):
        html = shown(writing, f"{WEEKS}{back(1)}/").content.decode()
        assert 'name="pulse:week" value="2026-02-23"' in html

    def test_an_older_one_is_read_and_its_note_written(self, writing, writer):
        told(writer, back(2), {"safety": 5}, safety="I spoke freely.")
        html = shown(writing, f"{WEEKS}{back(2)}/").content.decode()
        assert "<dt>I spoke freely.</dt><dd>5 of 7</dd>" in html
        assert "pulse:week" not in html
        assert 'name="note:week" value="2026-02-16"' in html

    def test_this_week_is_the_page_of_all_weeks(self, writing):
        assert "Your weeks so far" in shown(writing, f"{WEEKS}{THIS}/").content.decode()

    @pytest.mark.parametrize(
        "week", ["2026-02-16", "2026-02-24", "2026-03-09", "0000-01-01", "2026-13-01", "x"]
    )
    def test_no_such_week(self, writing, week):
        assert writing.get(f"{WEEKS}{week}/").status_code == 404

    def test_somebody_elses_week_is_none(self, writer, strange):
        told(writer, back(2), ALL_FOUR)
        assert strange.get(f"{WEEKS}{back(2)}/").status_code == 404


@pytest.mark.parametrize("weeks", [1, 3, 30])
def test_however_many_weeks_the_databases_are_asked_as_often(writer, weeks):
    for number in range(2, weeks + 2):
        told(writer, back(number), ALL_FOUR)
        noted(writer, back(number), "A note")
    browser = signed_in(writer)
    browser.get(WEEKS)
    assert queries(lambda: browser.get(WEEKS)) == (4, 0)
    assert queries(lambda: browser.get(f"{WEEKS}?all=1")) == (4, 0)
    assert queries(lambda: browser.get(f"{WEEKS}{back(2)}/")) == (4, 0)
