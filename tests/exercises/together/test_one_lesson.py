"""What two people show each other on one lesson: exactly the texts that were chosen."""

from datetime import date

import pytest

from exercises import shown
from exercises.models import Share
from tests.exercises.together.pair import ZOO, is_ready, opened, ours, shows, wrote
from tests.exercises.together.reading import everything, main_of, words_of
from tests.exercises.two import CANARY

LESSON = "/together/lesson/zebra/"
EMPTY = "Nothing is shown here."


@pytest.fixture(autouse=True)
def _zoo(trial, settings):
    settings.CONTENT_DIRS = [ZOO]


def test_the_text_that_was_shared_in_the_words_that_were_asked(couple, writer, beside):
    share = shows(couple, wrote(writer, "zebra", "also", "a garden", ask="What more?"))
    wrote(writer, "zebra", "also", CANARY)
    wrote(writer, "zebra", "wish", CANARY)
    assert words_of(beside, LESSON) == (
        "Together Zebra What you show each other on this lesson. What else? Your partner "
        "Asked then: What more? a garden Shown since 3 May 2026 To the lesson Back to Together"
    )
    html = main_of(beside, LESSON)
    ids = (share.pk, share.row.pk, share.revision.pk, writer.pk)
    assert [str(one) for one in ids if str(one) in html] == []


def test_what_one_shows_oneself_says_which_version_the_other_sees(couple, partner, beside):
    answer = wrote(partner, "zebra", "also", "a boat")
    shows(couple, answer, date(2026, 5, 4))
    wrote(partner, "zebra", "also", "a boat and a sail")
    assert words_of(beside, LESSON) == (
        "Together Zebra What you show each other on this lesson. What else? You a boat Your "
        "partner sees the version that you shared on 4 May 2026. Change or take back what your "
        "partner sees: What else? To the lesson Back to Together"
    )
    assert f'href="/sharing/{answer.pk}/"' in main_of(beside, LESSON)


def test_everything_in_the_order_of_the_lesson(couple, writer, partner, beside):
    """Whatever came first, and whatever the ids are."""
    shows(couple, wrote(writer, "zebra", "no-more", "a song", ask="Which song?"))
    guessed = {"mine": "rain", "guess": CANARY}
    opened(couple, "zebra", "guess", {writer: guessed, partner: guessed})
    shows(couple, wrote(writer, "zebra", "also", "a garden"))
    shows(couple, wrote(partner, "zebra", "also", "a boat"))
    ours(couple, writer, "zebra", "rule", "no telephones")
    opened(couple, "zebra", "wish", {writer: "sun", partner: "snow"})
    assert words_of(beside, LESSON) == (
        "Together Zebra What you show each other on this lesson. "
        "What do you wish? Opened together You snow Your partner sun "
        "Opened on 3 May 2026 · What to talk about, and closing it "
        "Which rule is yours in common? In common no telephones "
        "Go on with it, or look at earlier versions "
        "What else? You a boat Your partner sees the version that you shared on 3 May 2026. "
        "Change or take back what your partner sees: What else? "
        "Your partner a garden Shown since 3 May 2026 "
        "What do you hope? Opened together You rain Your partner rain "
        "Opened on 3 May 2026 · What to talk about, and closing it "
        "Which song? Your partner a song Shown since 3 May 2026 "
        "To the lesson Back to Together"
    )


def test_a_lesson_on_which_nothing_is_shown_says_so(couple, writer, partner, beside):
    wrote(writer, "zebra", "also", CANARY)
    wrote(partner, "zebra", "also", CANARY)
    is_ready(couple, "answer.zebra.wish", [wrote(writer, "zebra", "wish", CANARY)])
    is_ready(couple, "answer.zebra.guess", [wrote(writer, "zebra", "wish", CANARY)])
    assert EMPTY in words_of(beside, LESSON)
    assert CANARY not in words_of(beside, LESSON)


def test_what_was_withdrawn_is_gone_at_the_next_request(couple, writer, beside):
    before = everything(beside, LESSON)
    shows(couple, wrote(writer, "zebra", "also", CANARY))
    assert CANARY in main_of(beside, LESSON)
    shown.withdraw(Share.objects.filter(owner=writer))
    assert everything(beside, LESSON) == before


def test_a_lesson_that_left_the_course_is_there_while_something_is_shown(couple, writer, beside):
    path = "/together/lesson/gone/"
    nothing = everything(beside, "/together/lesson/never/")
    assert nothing[0]["status"] == "404"
    wrote(writer, "gone", "x", CANARY)
    assert everything(beside, path) == nothing
    shows(couple, wrote(writer, "gone", "x", "a song"))
    assert words_of(beside, path) == (
        "Together A lesson that is no longer offered (gone) What you show each other on this "
        "lesson. What was it? Your partner a song Shown since 3 May 2026 Back to Together"
    )


def test_nobody_else_is_shown_anything(couple, writer, strange):
    shows(couple, wrote(writer, "zebra", "also", CANARY))
    ours(couple, writer, "zebra", "rule", CANARY)
    assert everything(strange, LESSON) == everything(strange, "/together/lesson/never/")
    assert everything(strange, LESSON)[0]["status"] == "404"
