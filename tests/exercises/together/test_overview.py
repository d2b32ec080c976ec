"""The Together page: only what was chosen stands on it, and without a couple it says one thing."""

import re
from datetime import date, timedelta

import pytest

from exercises import couples, deletion
from exercises.models import Share
from exercises.models.promise import State
from exercises.weeks import week_of
from tests.conftest import signed_in
from tests.exercises.answering.test_queries import queries
from tests.exercises.together.ledger import says, written
from tests.exercises.together.pair import DAY, ZOO, is_ready, opened, ours, shows, told, wrote
from tests.exercises.together.reading import (
    TOGETHER,
    everything,
    main_of,
    page_of,
    rows_of,
    words_of,
)
from tests.exercises.two import CANARY
from trustbook.accounts import erasure
from trustbook.accounts.keys import vault


@pytest.fixture(autouse=True)
def _zoo(trial, settings):
    settings.CONTENT_DIRS = [ZOO]


@pytest.mark.parametrize("how", ["left", "was left", "partner erased"])
def test_without_a_couple_it_is_one_and_the_same_page(couple, writer, partner, strange, how):
    shows(couple, wrote(partner, "zebra", "wish", CANARY))
    shows(couple, wrote(writer, "zebra", "wish", "mine"))
    opened(couple, "ant", "fear", {writer: "a", partner: "b"})
    ours(couple, writer, "zebra", "rule", "ours")
    if how == "partner erased":
        erasure.erase(partner)
    else:
        couples.leave(writer if how == "left" else partner)
    assert everything(signed_in(writer)) == everything(strange)
    for path in ("/together/lesson/zebra/", "/together/weeks/"):
        assert everything(signed_in(writer), path) == everything(strange, path)
        assert everything(strange, path)[0]["status"] == "404"


def test_who_is_left_while_the_page_is_made_finds_that_page_too(couple, writer, beside, strange):
    ours(couple, writer, "zebra", "rule", "ours")
    shows(couple, told(writer, date(2026, 3, 2), {"openness": 1}))
    for key, paths in (
        (couple.data_key_id, (TOGETHER, "/together/lesson/zebra/")),
        (writer.data_key_id, ("/together/weeks/",)),
    ):
        vault.destroy_key(key)
        for path in paths:
            assert everything(beside, path) == everything(strange, path)


def test_it_leads_to_what_comes_before_a_couple(strange):
    leads = re.findall('href="(/together/[^"]+)"', main_of(strange))
    assert leads == ["/together/safety/", "/together/invite/", "/together/join/"]


def private_life(person, couple):
    """All that somebody can do without showing it."""
    browser = signed_in(person)
    browser.get("/workbook/zoo/zebra/")
    for lesson, prompt in (("zebra", "wish"), ("zebra", "also"), ("ant", "fear"), ("gone", "x")):
        wrote(person, lesson, prompt, CANARY)
        wrote(person, lesson, prompt, f"{CANARY} again")
    told(person, week_of(person), {"openness": 7})
    told(person, date(2020, 1, 6), {"openness": 1})
    is_ready(couple, "answer.zebra.wish", [wrote(person, "zebra", "wish", CANARY)])
    is_ready(couple, "weeks", [told(person, date(2020, 1, 6), {"openness": 2})])
    is_ready(couple, "answer.gone.x", [wrote(person, "gone", "x", CANARY)])
    deleted = wrote(person, "zebra", "guess", {"mine": CANARY, "guess": CANARY})
    shows(couple, deleted)
    deletion.hide(deleted, deleted.head_id)


PAGES = (
    TOGETHER,
    "/together/lesson/zebra/",
    "/together/lesson/ant/",
    "/together/weeks/",
    "/workbook/",
)


def test_nothing_that_the_other_keeps_changes_a_byte(couple, writer, partner, beside):
    """Not an answer, nor how often, nor being ready, nor what is shown to nobody any more."""
    wrote(partner, "zebra", "wish", "mine")
    shows(couple, wrote(writer, "zebra", "also", "shown"))
    before = [everything(beside, path) for path in PAGES]
    private_life(writer, couple)
    assert [everything(beside, path) for path in PAGES] == before


def test_the_other_ones_being_ready_is_not_told_to_somebody_who_is(couple, writer, partner, beside):
    is_ready(couple, "answer.ant.fear", [wrote(partner, "ant", "fear", "mine")])
    before = [everything(beside, path) for path in PAGES]
    is_ready(couple, "answer.zebra.wish", [wrote(writer, "zebra", "wish", CANARY)])
    assert [everything(beside, path) for path in PAGES] == before


def test_in_a_couple_that_shows_nothing_today_is_as_it_was(writer, partner, stranger):
    before = everything(signed_in(writer), "/workbook/")
    couple = couples.make_couple(writer, partner)
    private_life(partner, couple)
    assert everything(signed_in(writer), "/workbook/") == before


def test_today_says_on_how_many_lessons_something_is_shown(couple, writer, partner, beside):
    for prompt in ("wish", "also"):
        shows(couple, wrote(writer, "zebra", prompt, CANARY))
    line = 'Your partner shows you {}. <a href="/together/">Together</a>'
    assert line.format("answers on 1 lesson") in main_of(beside, "/workbook/")
    shows(couple, wrote(writer, "ant", "fear", CANARY))
    shows(couple, told(writer, date(2020, 1, 6), {"openness": 1}))
    assert line.format("answers on 2 lessons and 1 week") in main_of(beside, "/workbook/")
    assert "Your partner" not in main_of(signed_in(writer), "/workbook/")
    Share.objects.filter(pulse=None).delete()
    assert line.format("1 week") in main_of(beside, "/workbook/")


def test_a_lesson_leads_two_people_to_what_they_show_each_other(writer, partner, strange):
    """One link, whether or not there is anything; nothing of the other stands beside the lesson."""
    browser, lesson = signed_in(writer), "/workbook/zoo/zebra/"

    def leads():
        return re.findall('href="(/together/lesson/[^"]*)"', page_of(browser, lesson))

    assert leads() == []
    couple = couples.make_couple(writer, partner)
    assert leads() == ["/together/lesson/zebra/"]
    shows(couple, wrote(partner, "zebra", "also", CANARY))
    assert leads() == ["/together/lesson/zebra/"]
    assert CANARY not in page_of(browser, lesson)
    couples.leave(partner)
    assert leads() == []


def test_the_lessons_stand_in_the_order_of_the_course(couple, writer, partner, beside):
    """Whenever and in whatever order somebody wrote or shared."""
    for lesson, prompt, since in (("gone", "x", 5), ("ant", "fear", 1), ("zebra", "also", 4)):
        shows(couple, wrote(writer, lesson, prompt, CANARY), date(2026, 5, since))
    shows(couple, wrote(writer, "zebra", "wish", CANARY), date(2026, 5, 2))
    shows(couple, wrote(partner, "ant", "fear", "mine"))
    told_of = [
        "Zebra your partner shows 2 answers",
        "Ant your partner shows 1 answer you show 1 answer",
        "A lesson that is no longer offered (gone) your partner shows 1 answer",
    ]
    assert rows_of(page_of(beside), "shown") == told_of


def test_only_what_is_shared_is_counted(couple, writer, partner, beside):
    shows(couple, wrote(writer, "zebra", "also", CANARY))
    wrote(writer, "zebra", "wish", CANARY)
    wrote(writer, "zebra", "also", CANARY + " and left")
    wrote(partner, "zebra", "also", "mine")
    assert rows_of(page_of(beside), "shown") == ["Zebra your partner shows 1 answer"]


def test_opened_pairs_stand_beside_each_other(couple, writer, partner, beside):
    opened(couple, "zebra", "wish", {writer: "a garden", partner: "a boat"})
    wrote(writer, "zebra", "wish", CANARY)
    words = words_of(beside)
    assert CANARY not in words
    assert "Lesson 1, Zebra What do you wish? You a boat Your partner a garden" in words
    assert "/together/reveal/answer.zebra.wish/" in main_of(beside)


def test_the_newest_stand_with_their_texts_and_the_rest_by_name(couple, writer, partner, beside):
    places = [("zebra", "wish"), ("ant", "fear"), ("gone", "x"), ("gone", "y")]
    for number, (lesson, prompt) in enumerate(places):
        said = dict.fromkeys((writer, partner), f"text {number}")
        opened(couple, lesson, prompt, said, on=DAY + timedelta(days=number))
    html = page_of(beside)
    assert [number for number in range(4) if f"text {number}" in html] == [1, 2, 3]
    assert rows_of(html, "opened") == ["What do you wish? Zebra, opened on 3 May 2026"]


def test_a_long_text_is_cut(couple, writer, partner, beside):
    long = "word " * 2_000
    opened(couple, "zebra", "wish", {writer: long, partner: long})
    ours(couple, writer, "zebra", "rule", long)
    assert main_of(beside).count("word") < 250


def test_what_can_be_opened_says_how_far_one_is_oneself(couple, writer, partner, beside):
    this = week_of(partner)
    opened(couple, "zebra", "wish", {writer: "a", partner: "b"})
    is_ready(couple, "answer.ant.fear", [wrote(partner, "ant", "fear", "b")])
    is_ready(couple, "answer.gone.x", [wrote(partner, "gone", "x", "b")])
    wrote(partner, "zebra", "guess", {"mine": "a", "guess": ""})
    wrote(partner, "zebra", "guess", {"mine": "", "guess": ""})
    told(partner, this, {"openness": 1})
    assert rows_of(page_of(beside), "openable") == [
        "What do you wish? Zebra open",
        "What do you hope? Zebra not answered",
        "What do you fear? Ant you are ready",
        f"The week of {this.day} {this:%B %Y} answered",
        "All your weeks answered",
        "What was it? you are ready",
    ]


def test_common_answers_stand_with_a_line_of_each(couple, writer, beside):
    ours(couple, writer, "ant", "list", ["bread", "salt"])
    ours(couple, writer, "gone", "x", "a song")
    assert rows_of(page_of(beside), "ours") == [
        "Which rule is yours in common? Zebra",
        "What belongs on it? Ant bread / salt",
        "What was it? a song",
    ]


def test_a_few_promises_first_those_of_which_somebody_has_said_nothing(
    couple, writer, partner, beside
):
    for number in range(6):
        promise = written(writer, f"Promise {number}", due=DAY + timedelta(days=number))
        if number < 3:
            says(writer, promise, State.KEPT)
            says(partner, promise, State.NOT_KEPT)
    assert rows_of(page_of(beside), "promises") == [
        *(
            f"Promise {number} made by your partner, by {number + 3} May 2026 you: still open "
            "your partner: still open"
            for number in (3, 4, 5)
        ),
        "Promise 0 made by your partner, by 3 May 2026 you: not kept your partner: kept",
    ]
    assert "All promises, 2 more" in words_of(beside)


def write_much(couple, writer, partner, number):
    """``number`` shares of each, and as many of all else."""
    for index in range(number):
        lesson = "zebra" if index == 0 else f"gone-{index}"
        for one in (writer, partner):
            shows(couple, wrote(one, lesson, "wish", "text"))
        opened(couple, lesson, "wish", {writer: "open", partner: "open"})
        ours(couple, writer, lesson, "rule", "text")
        says(partner, written(writer, "text"), State.KEPT)
        week = date(2010, 1, 4) + timedelta(weeks=index)
        for one in (writer, partner):
            shows(couple, told(one, week, {"openness": 1}))


@pytest.mark.parametrize("number", [1, 60])
def test_the_number_of_queries_is_fixed(couple, writer, partner, beside, number):
    write_much(couple, writer, partner, number)
    for path, asked in zip(PAGES, (11, 6, 6, 4, 6), strict=True):
        beside.get(path)
        assert (path, *queries(lambda path=path: beside.get(path))) == (path, asked, 0)


def test_two_keys_and_that_of_the_couple_are_asked_for_once(couple, writer, partner, beside):
    write_much(couple, writer, partner, 2)
    vault.forget_all()
    assert queries(lambda: beside.get(TOGETHER))[1] == 3
