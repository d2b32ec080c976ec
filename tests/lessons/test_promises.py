"""The page of promises: it names tests that exist, and says the same as the page about privacy."""

import re
from html import unescape

import pytest
from django.conf import settings as configured

from lessons.legal import legal_text
from lessons.promises import PROMISES

PAGE = "/what-we-promise/"
TESTS = sorted({test.path for promise in PROMISES for test in promise.tested})
FACTS = [
    "what you write, with",
    "the numbers and notes of your weeks",
    "the name that you gave your private pages, after how long without use you are signed out, "
    "and when you agreed to the terms",
    "a short label for the device, whether you said that others use it too, and the time of last "
    "use, rounded to five minutes",
    "Backups that the program makes are kept for 30 days at most",
    "what was deleted is removed from it again.",
    "a list of random numbers, one for each thing that was deleted, with the day; it says nothing "
    "about you.",
    "kept only as a hash, from which it cannot be read back",
    "holds no network address",
    "To slow down password guessing, attempts may be counted for a short time by network address "
    "or e-mail address.",
    "Your answers are encrypted before they reach the database, together with the wording of the "
    "question. Each person has a key of their own. It is kept apart from the answers, locked by a "
    "master key that belongs to the operator",
    "The texts are padded, so that their stored length does not give them away. Someone who "
    "steals only the database or its backup cannot read your answers.",
    "E-mail addresses, display names, the names you give to passkeys, and time zones.",
    "The kind of browser and device that you are signed in with.",
    "Which lesson and which question, or which week, an entry belongs to.",
    "The times at which entries were made, and which lessons were opened or finished.",
    "Who shares a workbook with whom, or did before, and which entries are shown to whom, since "
    "which day.",
    "What two people write together has a key of the two, which is destroyed when one of them "
    "leaves.",
    "What a client and a therapist write to each other has one too, which is destroyed when either "
    "ends it. What a therapist notes is under the therapist’s own key.",
    "Who is the client of which therapist, which lessons were given to whom, and the days on which "
    "each is due and was begun, put aside or done.",
    "Which entries a therapist opened, and when, also after the end.",
    "with whom and since which day, which lessons you were given, with the days on which you began "
    "and finished them or put them aside, what the two of you write about what you shared, and "
    "each time that a therapist opened something of yours",
    "your practice page, what you call each client, the days on which you met, your notes, and the "
    "lessons and pathways that you made",
    "If you have a therapist here, they see the days on which you press “begin” and “done” on a "
    "lesson that they gave you, and the version of an answer or week that you share with them, "
    "with the day, until you take it back. Not what else you read or write, not what you put "
    "aside, and not whether you have written anything at all. What you share with your partner is "
    "not shown to your therapist, nor the other way round.",
    "Each time that a therapist opens something you share, on a page, on a sheet or in a file, "
    "this is noted together with the reading, and you see when it was. The program and its "
    "database refuse to change that record, or to delete it as long as your account is here. It is "
    "tamper-resistant, not tamper-proof: whoever takes over the database can take that refusal "
    "away too.",
    "You may end the work with a therapist at any time, without being asked why, and so may they. "
    "What was shared ends at the very next page. You keep undated copies of what was said to you "
    "and of their own lessons that you opened. They keep the name by which they call you and their "
    "own notes, until their account is deleted. They may have copied before what you shared.",
    "unless you have chosen that yourself, answer by answer",
    "your partner sees the version that you chose and the day on which you chose it, until you "
    "take it back; not what you write later, not what else there is, and not whether you have "
    "written anything at all. What the two of you write together is seen by both.",
    "Whoever gets hold of the database could therefore learn that you worked on a certain lesson "
    "on a certain evening, though not what you wrote.",
    "The running server has to decrypt your answers in order to show them to you. An operator who "
    "set out to do so, or a person who took over the running server, could read them. This is not "
    "end-to-end encryption.",
    "Nor can any program stop somebody who stands beside you from pressing you to show your page.",
    "Reminders are off until you turn them on. They all say the same few words, with your address "
    "and a link to stop them, and nothing of what they are about.",
    "no tracking, no advertising and no request to any other site",
]
"""Stand in both, word for word."""


def words(html: str) -> str:
    """The text of a page, as one line."""
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


@pytest.fixture
def html(client) -> str:
    shown: str = client.get(PAGE).content.decode()
    return shown


@pytest.mark.parametrize("path", TESTS)
def test_each_test_that_is_named_exists(path):
    named = configured.BASE_DIR / path
    found = list(named.glob("test_*.py")) if path.endswith("/") else [named]
    assert found != []
    assert [one.name for one in found if "def test_" not in one.read_text()] == []


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.id)
def test_each_promise_leads_to_how_it_is_tested_and_back(html, promise):
    assert html.count(f'id="{promise.id}"') == 1
    assert html.count(f'id="{promise.id}-tested"') == 1
    assert f'<a href="#{promise.id}-tested">How this is tested' in html
    told = html.partition(f'id="{promise.id}-tested"')[2].partition("<h3")[0]
    assert f'<a href="#{promise.id}">' in told
    assert [test.path for test in promise.tested if test.path not in told] == []
    assert promise.tested != ()


def test_every_sentence_of_every_promise_is_there(html):
    shown = words(html)
    said = [text for promise in PROMISES for text in (*promise.says, *promise.lists)]
    said += [test.how for promise in PROMISES for test in promise.tested]
    assert [text for text in said if text not in shown] == []


@pytest.mark.parametrize("fact", FACTS)
def test_the_page_about_privacy_says_the_same(html, fact):
    privacy = legal_text("privacy")
    assert privacy is not None
    assert (fact in words(html), fact in words(privacy.html)) == (True, True)


@pytest.mark.parametrize(
    "word",
    ["partner can", "therapist can", "secure", "military", "guarantee", "100%", "safe with"],
)
def test_it_promises_nothing_that_is_not_there(html, word):
    assert word not in words(re.findall("<main.*</main>", html, re.DOTALL)[0])


def test_without_a_place_for_the_source_paths_are_text(html):
    assert html.count("<code>tests/") == sum(len(promise.tested) for promise in PROMISES)
    assert "https://" not in html.partition("<main")[2]


def test_with_one_they_lead_there(client, settings):
    settings.SOURCE_URL = "https://git.example.org/trustbook/src"
    html = client.get(PAGE).content.decode()
    href = "https://git.example.org/trustbook/src/tests/access/"
    assert f'<a href="{href}" rel="noreferrer">tests/access/</a>' in html
    assert "<code>tests/" not in html


@pytest.mark.parametrize("path", ["/", "/lessons/", "/accounts/signup/", "/help/"])
def test_it_is_found_from_where_one_decides(client, path):
    assert f'<a href="{PAGE}">What we promise</a>' in client.get(path).content.decode()
