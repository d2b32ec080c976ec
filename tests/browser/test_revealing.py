"""Two people with a browser each open something together, and one of them closes it again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import People, Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

GUESSED = "/together/reveal/answer.all-kinds.theirs/"
LONG = "Words that take a little room, and averylongwordwithoutanybreakinitatallforonce. " * 8
COUPLE = """
import uuid
from datetime import timedelta
from exercises.couples import make_couple
from exercises.models import Answer, Pulse
from exercises.recording import Draft, record
from exercises.weeks import week_of
from lessons.catalogue import catalogue
from trustbook.accounts.models import User

lesson = catalogue().lesson_by_id("all-kinds")
people = [User.objects.get(email=email) for email in {emails!r}]
make_couple(*people)
for person, text in zip(people, {texts!r}):
    said = Draft({{"mine": text, "guess": ""}}, None, uuid.uuid4())
    place = {{"lesson_id": lesson.id, "prompt_id": "theirs"}}
    record(Answer, place, person, lesson.exercise.prompt("theirs"), said)
    pulse = lesson.exercise.prompt("week")
    for weeks, number in ((0, 5), (1, 6), (3, 2)):
        told = Draft(pulse.empty() | {{"openness": number}}, None, uuid.uuid4())
        where = {{"week": week_of(person) - timedelta(weeks=weeks)}}
        record(Pulse, where, person, pulse, told)
print(week_of(people[0]))
"""


def couple_of(site: LiveServer, one: Person, other: Person, *texts: str) -> str:
    """Two people share a workbook, each with a text and three weeks; the Monday of this week."""
    script = COUPLE.format(emails=(one.email, other.email), texts=texts)
    printed = site.manage("shell", "--verbosity=0", "-c", script)
    return str(printed.splitlines()[-1].strip())


def ready(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="I am ready").click()
    expect(page.get_by_role("button", name="I am ready")).to_have_count(0)


@pytest.mark.prove  # the story in test_two_people goes this way, too
@pytest.mark.parametrize("scripts", [True, False])
def test_open_together_and_closed_again(
    site: LiveServer,
    people: People,
    new_context: Callable[..., BrowserContext],
    scripts: bool,
):
    one, other = people.next(), people.next()
    couple_of(site, one, other, "rest", "a swim")
    browser = {"java_script_enabled": scripts, "viewport": {"width": 390, "height": 844}}
    mine, theirs = (new_context(person, **browser).new_page() for person in (one, other))
    theirs.goto(GUESSED)
    ready(mine, GUESSED)
    expect(mine.get_by_text("You are ready. Nothing is shown yet.")).to_be_visible()
    ready(theirs, GUESSED)
    expect(theirs.get_by_text("What you guessed")).to_be_visible()
    for page, texts in ((theirs, ["a swim", "rest"]), (mine, ["rest", "a swim"])):
        page.goto(GUESSED)
        expect(page.locator(".both .answer > p:not(.meta)")).to_have_text(texts)
    mine.get_by_role("button", name="Close this again, for both").click()
    expect(mine.get_by_role("status")).to_have_text("It is closed again, for both of you.")
    theirs.reload()
    expect(theirs.get_by_role("button", name="I am ready")).to_be_visible()
    expect(theirs.locator("main")).not_to_contain_text("rest")


@pytest.mark.prove  # the story in test_two_people passes these pages, too
def test_every_state_looks_well(
    site: LiveServer, people: People, new_context: Callable[..., BrowserContext]
):
    one, other = people.next(), people.next()
    monday = couple_of(site, one, other, LONG, LONG)
    mine, theirs = (new_context(person).new_page() for person in (one, other))
    mine.goto("/together/reveal/answer.regular-conversations.expecting/")
    looks_well(mine)
    for address in (GUESSED, f"/together/reveal/week.{monday}/", "/together/reveal/weeks/"):
        mine.goto(address)
        looks_well(mine)
        ready(mine, address)
        looks_well(mine)
        ready(theirs, address)
        mine.reload()
        expect(mine.get_by_role("heading", level=1)).to_have_text("Opened together")
        for closed in mine.locator("main details").all():
            closed.locator("summary").click()
        looks_well(mine)
