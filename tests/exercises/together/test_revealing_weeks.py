"""Opening weeks together: one week's numbers, or the whole line."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exercises.models import Pulse, ReadyPin
from tests.exercises.pulse.checkin import empty, noted, told
from tests.exercises.together.reveals import Reveal, masked, states

pytestmark = pytest.mark.usefixtures("trial")

THIS = date(2026, 3, 2)
"""The Monday of the week in which these tests take place."""
WEEK = f"week.{THIS}"


@pytest.fixture(autouse=True)
def clock():
    """Wednesday at noon."""
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


def ago(weeks: int) -> date:
    """The Monday so many weeks ago."""
    return THIS - timedelta(weeks=weeks)


@pytest.fixture
def pages(couple, writing, writer, beside, partner):
    """The pages of both, of a topic."""
    return lambda topic: (Reveal(writing, writer, topic), Reveal(beside, partner, topic))


def cells(page: str) -> list[str]:
    """What stands in the cells of numbers."""
    return [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", page, re.S)
    ]


def test_one_week_of_both(pages, writer, partner):
    told(writer, THIS, {"openness": 6, "safety": 2})
    told(partner, THIS, {"openness": 3, "support": 7})
    mine, theirs = pages(WEEK)
    mine.ready()
    assert (states(), cells(theirs.get())) == ([(WEEK, False)], [])
    theirs.ready()
    none = "–no answer"
    assert cells(mine.get()) == ["6", "3", none, none, none, none, none, "7", "2", none]
    assert cells(theirs.get()) == ["3", "6", none, none, none, none, "7", none, none, "2"]
    assert mine.says("Which", "difference", "average", "in the next seven days?") == [
        False,
        False,
        False,
        True,
    ]


def test_the_whole_line_of_both(pages, writer, partner):
    for weeks, number in ((4, 2), (3, 3), (1, 5)):
        told(writer, ago(weeks), {"openness": number})
    for weeks, number in ((2, 6), (0, 7)):
        told(partner, ago(weeks), {"openness": number})
    mine, theirs = pages("weeks")
    mine.ready()
    theirs.ready()
    assert states() == [("weeks", True)] * 2
    assert ReadyPin.objects.count() == 5
    page = mine.get()
    none = "–no answer"
    openness = cells(page)[:10]
    assert openness == [none, "7", "5", none, none, "6", "3", none, "2", none]
    assert page.count('role="img"') == 10
    drawn = page.split("<section")[1]
    assert 'viewBox="0 0 100 60"' in drawn
    assert drawn.count('viewBox="0 0 100 60"') == 2
    assert 'd="M10 50L30 40"' in drawn  # mine begins where the first week of both is
    assert 'd="M50 10h0M90 0h0"' in drawn  # theirs is drawn over the same weeks
    assert "difference" not in page


def test_only_weeks_with_numbers_are_pinned(pages, writer):
    told(writer, ago(1), {"openness": 4})
    told(writer, THIS, {"openness": 5})
    empty(writer, THIS)
    mine, _ = pages("weeks")
    mine.ready()
    assert list(ReadyPin.objects.values_list("pulse__week", flat=True)) == [ago(1)]
    week, _ = pages(WEEK)
    assert week.says("You have no numbers for this week.") == [True]
    assert week.ready("").status_code == 422


def test_a_week_that_came_meanwhile_must_be_seen_first(pages, writer, partner):
    told(writer, ago(1), {"openness": 4})
    told(partner, ago(1), {"openness": 1})
    mine, theirs = pages("weeks")
    seen = mine.seen(mine.get())
    told(writer, THIS, {"openness": 5})
    assert mine.ready(seen).status_code == 409
    assert states() == []
    mine.ready()
    told(writer, ago(2), {"openness": 7})
    theirs.ready()
    assert cells(theirs.get())[:4] == ["–no answer", "5", "1", "4"]
    assert "What you have written since stays with you." in mine.get()


def test_a_week_deleted_closes_the_whole_line(pages, writer, partner):
    for weeks in (1, 2):
        told(writer, ago(weeks), {"openness": 4})
        told(partner, ago(weeks), {"openness": 4})
    mine, theirs = pages("weeks")
    mine.ready()
    theirs.ready()
    row = Pulse.objects.of(writer).get(week=ago(1))
    mine.browser.post(f"/workbook/answers/{row.pk}/delete/", {"seen": str(row.head_id)})
    assert states() == []
    assert theirs.says("I am ready", "In numbers") == [True, False]


def test_a_week_that_has_not_come_is_no_topic(couple, writing, writer):
    assert Reveal(writing, writer, f"week.{ago(-1)}").get(404)
    assert Reveal(writing, writer, f"week.{ago(0)}").get()
    assert Reveal(writing, writer, f"week.{ago(200)}").get()


@pytest.mark.parametrize("topic", [WEEK, "weeks"])
def test_before_that_the_others_page_is_the_same(pages, writer, partner, topic):
    told(writer, THIS, {"openness": 6})
    told(partner, THIS, {"openness": 3})
    mine, theirs = pages(topic)
    before = masked(theirs.get())
    mine.ready()
    assert masked(theirs.get()) == before
    mine.close()
    assert masked(theirs.get()) == before


def test_what_was_worded_otherwise_then_is_told(pages, writer, partner):
    told(writer, THIS, {"openness": 6})
    told(partner, THIS, {"openness": 3}, openness="I was frank.")
    for topic in (WEEK, "weeks"):
        mine, theirs = pages(topic)
        mine.ready()
        theirs.ready()
        assert mine.says("For your partner: I was frank.") == [True]


def test_the_note_on_a_week_is_never_opened(pages, writer, partner):
    told(writer, THIS, {"openness": 6})
    noted(writer, THIS, "a wren sang in the hedge")
    told(partner, THIS, {"openness": 3})
    for topic in (WEEK, "weeks"):
        mine, theirs = pages(topic)
        mine.ready()
        theirs.ready()
        assert [page.says("a wren sang") for page in (mine, theirs)] == [[False]] * 2
