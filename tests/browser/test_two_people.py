"""Two people side by side, from the invitation to parting: wide with scripts, narrow without."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.browser import pages
from tests.browser.people import People, Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

LESSON, SHOWN = "/workbook/trust/boundaries/", "/together/lesson/boundaries/"
TALK = "/workbook/trust/regular-conversations/"
REVEAL = "/together/reveal/answer.regular-conversations.expecting/"
OURS = "/together/ours/boundaries/agreed-line/"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
EXAMINED, HTML = "**/examined/", "text/html"
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Side:
    """One of two people, with a tab; ``examining`` is one with scripts, if this one has none."""

    person: Person
    page: Page
    examining: Page | None
    examined: set[tuple[str, ...]]
    """The pages that axe has looked at, for this one or the other, by what they are made of."""

    def open(self, address: str) -> Page:
        """Goes there."""
        self.page.goto(address)
        return self.looks_well()

    def follow(self, link: str | re.Pattern[str]) -> Page:
        """Presses a link of the page itself."""
        self.page.locator("main").get_by_role("link", name=link).first.click()
        return self.looks_well()

    def press(self, button: str) -> Page:
        """Presses a button of the page itself."""
        self.page.locator("main").get_by_role("button", name=button, exact=True).last.click()
        return self.looks_well()

    def looks_well(self) -> Page:
        """Nothing sticks out of the window, and axe finds nothing; it looks at each page once."""
        self.page.wait_for_load_state()
        assert self.page.evaluate(STICKS_OUT) == 0, self.page.url
        made_of = (self.page.url, *re.findall("<([a-z][a-z0-9]*)", self.page.content()))
        if made_of in self.examined:
            return self.page
        self.examined.add(made_of)
        found = Axe().run(self._with_scripts(), options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{self.page.url}: {found.generate_report()}"
        return self.page

    def _with_scripts(self) -> Page:
        """The same page where axe can run: a copy, if scripts are off here."""
        if self.examining is None:
            return self.page
        html = re.sub("<script.*?</script>", "", self.page.content())
        self.examining.unroute(EXAMINED)
        self.examining.route(EXAMINED, lambda route: pages.answered(route, 200, html, HTML))
        self.examining.goto("/examined/")
        return self.examining

    def reads(self, address: str) -> tuple[int, str]:
        """What comes back: the status, and what stands on the page, but for what is chance."""
        answer = self.page.request.get(address)
        return answer.status, re.sub(' value="[^"]*"', "", answer.text())

    def writes(self, address: str, name: str, text: str) -> Page:
        """Answers a question of a lesson, or changes the answer."""
        self.page.goto(address)
        box = self.page.locator(f'[name="{name}"]')
        box.fill(text)
        if self.examining:
            return self.press("Save")
        box.blur()
        pages.expect_saved(self.page, name.partition(".")[0])
        self.page.reload()
        return self.looks_well()


Sides = Callable[..., tuple[Side, Side]]


@pytest.fixture
def sides(people: People, new_context: Callable[..., BrowserContext]) -> Any:
    """Makes two people with windows of the same size; what their browsers complain of fails."""
    complaints: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and "409 (Conflict)" not in said.text:  # on purpose
            complaints.append(said.text)

    def make(size: dict[str, int], *, scripts: bool) -> tuple[Side, Side]:
        made: list[Side] = []
        examined: set[tuple[str, ...]] = set()
        for person in (people.next(), people.next()):
            context = new_context(person, viewport=size, java_script_enabled=scripts)
            context.on("console", note)
            examining = None if scripts else new_context(viewport=size).new_page()
            made.append(Side(person, context.new_page(), examining, examined))
        return made[0], made[1]

    yield make
    assert complaints == []


def come_together(one: Side, other: Side, *, by: str) -> None:
    """By the link, which is carried to the form, or by the code."""
    one.open("/together/")
    one.follow("when a shared workbook does good")
    one.open("/together/invite/")
    link, code = one.press("Make an invitation").locator(".handed").all_inner_texts()
    other.open(link if by == "link" else "/join/")
    form = other.follow("See who invites me")
    if by == "code":
        form.get_by_label("Link or code").fill(code)
    invitation = other.press("See who invites me")
    expect(invitation.get_by_role("heading", level=1)).to_have_text(
        f"{one.person.email} invites you"
    )
    expect(other.press("Share a workbook")).to_have_url(re.compile("/together/$"))


def share_and_take_back(one: Side, other: Side) -> None:
    """The other reads what was confirmed, nothing newer, and nothing once it is taken back."""
    before = [other.reads(address) for address in ("/together/", SHOWN, "/workbook/")]
    one.writes(LESSON, "ask-first", "Before I borrow the charger")
    assert [other.reads(address) for address in ("/together/", SHOWN, "/workbook/")] == before
    one.page.locator("[data-prompt=ask-first]").get_by_role("link", name="Only you").click()
    one.press("Share it with your partner")
    expect(one.page.locator(".answer")).to_have_text("Before I borrow the charger")
    one.press("Share it")
    one.writes(LESSON, "ask-first", "Before I borrow the charger and the bicycle")
    expect(one.page.locator("[data-prompt=ask-first]")).to_contain_text("sees the version")
    today = other.open("/workbook/")
    expect(today.get_by_text("Your partner shows you answers on 1 lesson.")).to_be_visible()
    today.locator("main").get_by_role("link", name="Together").click()
    read = other.follow("Boundaries")
    expect(read.locator(".piece .answer")).to_have_text("Before I borrow the charger")
    one.open("/sharing/")
    one.page.get_by_role("button", name="Take it back").click()
    assert [other.reads(address) for address in ("/together/", SHOWN, "/workbook/")] == before


def open_and_close(one: Side, other: Side) -> None:
    """Neither learns that the other is ready; then both see both, until either closes it."""
    one.writes(TALK, "expecting.mine", "A walk by the sea")
    other.writes(TALK, "expecting.mine", "A day in bed")
    before = [other.reads(address) for address in ("/together/", REVEAL)]
    one.open(REVEAL)
    one.press("I am ready")
    assert [other.reads(address) for address in ("/together/", REVEAL)] == before
    other.open(REVEAL)
    both = other.press("I am ready")
    for page in (both, one.open(REVEAL), one.open("/together/"), other.open("/together/")):
        expect(page.get_by_text("A walk by the sea")).to_be_visible()
        expect(page.get_by_text("A day in bed")).to_be_visible()
    one.open(REVEAL)
    one.press("Close this again, for both")
    assert [other.reads(address) for address in ("/together/", REVEAL)] == before
    expect(one.open("/together/").get_by_text("A day in bed")).to_have_count(0)


def write_one_answer(one: Side, other: Side) -> None:
    """Both begin from the same page: both texts are kept, and the history says whose is whose."""
    for side in (one, other):
        side.open(OURS)
    box = '[name="agreed-line"]'
    one.page.locator(box).fill("Nobody answers the other’s telephone")
    one.press("Save for both of us")
    if one.examining is None:
        pages.expect_saved(one.page, "agreed-line")
    other.page.locator(box).fill("No telephones at table")
    other.press("Save for both of us")
    expect(other.page.locator(".conflict")).to_contain_text("Nobody answers")
    expect(other.page.locator(box)).to_have_value("No telephones at table")
    if other.examining is None:
        other.press("Keep mine")
        pages.expect_saved(other.page, "agreed-line")
    else:
        other.press("Save for both of us")
    expect(one.open(OURS).locator(box)).to_have_value("No telephones at table")
    history = one.follow("Earlier versions")
    expect(history.get_by_role("heading", name=re.compile("^Your partner, "))).to_be_visible()
    expect(history.get_by_role("heading", name=re.compile("^You, "))).to_be_visible()
    expect(one.open("/together/").get_by_text("No telephones at table")).to_be_visible()


def promise(one: Side, other: Side) -> None:
    """Each says what became of it; the two views simply stand beside each other."""
    one.open("/together/promises/")
    one.page.get_by_label("I", exact=True).check()
    one.page.get_by_label("What was promised?").fill("Call if later than half past six")
    one.press("Write it down for both")
    for side, says in ((one, "Kept"), (other, "I remember it otherwise")):
        side.open("/together/promises/")
        side.follow("Call if later")
        side.page.get_by_label(says, exact=True).check()
        side.press("That is what I say")
    row = other.open("/together/").locator("li", has_text="Call if later")
    expect(row).to_contain_text("you: remembered otherwise")
    expect(row).to_contain_text("your partner: kept")


def part(one: Side, other: Side, never: Side) -> None:
    """One leaves; the pages of both are those of somebody who never had a couple."""
    one.open("/together/")
    one.follow("Leaving")
    expect(one.press("Leave now")).to_have_url(re.compile("/together/$"))
    for address in ("/together/", SHOWN, REVEAL, OURS, "/together/promises/"):
        assert one.reads(address) == other.reads(address) == never.reads(address)


@pytest.mark.parametrize(
    ("size", "scripts", "by"),
    [
        (WIDE, True, "link"),
        pytest.param(NARROW, False, "code", marks=pytest.mark.prove),  # as long again
    ],
    ids=["wide", "narrow, without scripts"],
)
def test_the_whole_way(sides: Sides, size: dict[str, int], scripts: bool, by: str):
    one, other = sides(size, scripts=scripts)
    never, _ = sides(size, scripts=scripts)
    come_together(one, other, by=by)
    share_and_take_back(one, other)
    open_and_close(one, other)
    write_one_answer(one, other)
    promise(one, other)
    part(one, other, never)


FULL = """
from datetime import date, timedelta
from exercises import couples
from exercises.models.promise import State
from tests.exercises.together.ledger import says, written
from tests.exercises.together.pair import is_ready, opened, ours, shows, told, wrote
from trustbook.accounts.models import User

one, other = (User.objects.get(email=email) for email in {emails!r})
couple = couples.make_couple(one, other)
long = "averylongwordwithoutanybreakinitatallforonce " * 60
said = {{one: {{"mine": long, "guess": long}}, other: {{"mine": "A day in bed", "guess": ""}}}}
opened(couple, "regular-conversations", "expecting", said)
opened(couple, "boundaries", "my-lines", {{one: ["Diary"], other: [long]}}, date(2026, 5, 4))
is_ready(couple, "answer.support-in-hard-times.helps-them",
    [wrote(one, "support-in-hard-times", "helps-them", {{"mine": "Tea", "guess": ""}})])
for person in (one, other):
    shows(couple, wrote(person, "boundaries", "ask-first", long))
    shows(couple, wrote(person, "withdrawn", "x", long, ask=long[:500]))
    for week in range(5):
        monday = date(2026, 3, 2) + timedelta(weeks=week)
        shows(couple, told(person, monday, {{"openness": week + 1, "safety": 7 - week}}))
ours(couple, one, "boundaries", "agreed-line", long)
promise = written(one, long, "each evening")
says(one, promise, State.KEPT)
says(other, promise, State.OTHERWISE)
"""


@pytest.fixture
def full(people: People, site: LiveServer, new_context: Callable[..., BrowserContext]) -> Page:
    """A tab of one of two people who show each other much, in long words."""
    one, other = people.next(), people.next()
    site.manage("shell", "--no-imports", "-c", FULL.format(emails=(one.email, other.email)))
    return new_context(one).new_page()


@pytest.mark.prove  # the story looks at these pages, too
def test_what_two_people_read_is_well_in_light_and_dark_and_at_320_pixels(full: Page):
    for address in (
        "/together/",
        SHOWN,
        "/together/lesson/withdrawn/",
        "/together/lesson/patience/",
        "/together/weeks/",
        "/workbook/",
        LESSON,
    ):
        full.goto(address)
        looks_well(full)
