from lessons.kinds.pulse import STATEMENTS
from lessons.kinds.then_and_now import Told, then_and_now
from tests.lessons.kinds.page import Page

NUMBERS = dict(zip(STATEMENTS, (1, 2, None, 4, 5), strict=True))


def table(*told: Told):
    first, now = (*told, None)[:2]
    assert first is not None
    return [row.words for row in Page(then_and_now(first, now)).all("tr")]


def test_both_weeks_stand_side_by_side_and_nothing_is_reckoned():
    later = {"openness": 6, "reliability": None, "boundaries": 3, "support": 4, "safety": 7}
    assert table(Told("Then", NUMBERS), Told("This week", later)) == [
        "Statement Then This week",
        f"{STATEMENTS['openness']} 1 6",
        f"{STATEMENTS['reliability']} 2 – no answer",
        f"{STATEMENTS['boundaries']} – no answer 3",
        f"{STATEMENTS['support']} 4 4",
        f"{STATEMENTS['safety']} 5 7",
    ]


def test_one_week_alone():
    rows = table(Told("This week", NUMBERS))
    assert rows[:2] == ["Statement This week", f"{STATEMENTS['openness']} 1"]


def test_a_statement_that_was_reworded_is_shown_in_both_wordings():
    then = STATEMENTS | {"support": "I had <someone>."}
    rows = table(Told("Then", NUMBERS, then), Told("This week", NUMBERS))
    assert rows[4] == f"I had <someone>. Now: {STATEMENTS['support']} 4 4"
    assert [row for row in rows if "Now:" in row] == [rows[4]]


def test_the_way_to_all_weeks_is_there_where_there_is_one():
    told = Told("Then", NUMBERS)
    links = [link.get("href") for link in Page(then_and_now(told, None, "/weeks/")).all("a")]
    assert (links, Page(then_and_now(told, None)).all("a")) == (["/weeks/"], [])
