"""The promise ledger by two people with a browser each: by keyboard, without scripts, narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import pages
from tests.browser.pages import ALL
from tests.browser.people import People, Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

LEDGER = "/together/promises/"
TOGETHER = """
from exercises.couples import make_couple
from trustbook.accounts.models import User
make_couple(*User.objects.filter(email__in=[{one!r}, {other!r}]))
"""
CALL = "Call if later than half past six"


@pytest.fixture
def partner(site: LiveServer, person: Person, people: People) -> Person:
    """Shares a workbook with the person."""
    other = people.next()
    script = TOGETHER.format(one=person.email, other=other.email)
    site.manage("shell", "--verbosity=0", "--no-imports", "-c", script)
    return other


def write(page: Page, what: str, *, by: str = "I", due: str = "") -> None:
    """Fills in the form on the page that stands there, and sends it."""
    page.get_by_label(by, exact=True).check()
    page.get_by_label("What was promised?").fill(what)
    page.get_by_label("Or a day by which").fill(due)
    page.get_by_role("button", name="Write it down for both").click()
    expect(page.get_by_role("status").first).to_contain_text("It is written down.")


def say(page: Page, what: str, state: str) -> None:
    """Opens a promise and says what became of it."""
    page.goto(LEDGER)
    page.get_by_role("link", name=what, exact=True).click()
    page.get_by_label(state, exact=True).check()
    page.get_by_role("button", name="That is what I say").click()
    expect(page.get_by_role("status").first).to_contain_text("That is what you say now.")


@pytest.mark.prove  # the story in test_two_people passes these pages, too
def test_two_people_each_say_their_own(
    page: Page, partner: Person, new_context: Callable[..., BrowserContext]
):
    page.goto(LEDGER)
    looks_well(page)
    write(page, CALL, due="2026-05-03")
    looks_well(page)
    narrow = {"viewport": {"width": 390, "height": 844}}
    other = new_context(partner, java_script_enabled=False, **narrow).new_page()
    say(other, CALL, "I remember it otherwise")
    say(page, CALL, "Kept")
    looks_well(page)
    expect(page.locator(".pair .card")).to_have_text(
        ["You\nKept", "Your partner\nRemembered otherwise"], use_inner_text=True
    )
    other.goto(LEDGER)
    facts = other.locator(".ledger li").first.locator("span")
    expect(facts).to_have_text(
        [
            "made by your partner, by 3 May 2026",
            "you: remembered otherwise",
            "your partner: kept",
        ]
    )


def test_a_promise_by_keyboard(page: Page, partner: Person):
    page.goto(LEDGER)
    pages.tab_to(page, "by")
    page.keyboard.press("Space")
    pages.tab_to(page, "what")
    page.keyboard.type(CALL)
    pages.tab_to(page, "until")
    page.keyboard.type("each evening")
    page.keyboard.press("Enter")
    expect(page.locator(".ledger li")).to_contain_text("made by you, each evening")


def test_from_the_own_list_to_ours(page: Page, partner: Person):
    page.goto(ALL)
    row = pages.prompt(page, "given").locator("[data-row-item]").first
    row.get_by_label("What was promised").fill("Averylongwordwithoutanybreakinitatallforonce " * 3)
    row.get_by_label("What was promised").blur()
    pages.expect_saved(page, "given")
    page.goto(LEDGER)
    looks_well(page)
    page.get_by_role("link", name="Copy it into ours").click()
    page.wait_for_url("**/mine/*/")
    looks_well(page)
    page.get_by_role("button", name="Write it down for both").click()
    page.get_by_role("link", name="Written down here").wait_for()
    looks_well(page)


@pytest.mark.prove  # the story in test_two_people passes these pages, too
def test_the_other_pages(page: Page, partner: Person):
    page.goto(LEDGER)
    write(page, "Averylongwordwithoutanybreakinitatallforonce " * 5, by="My partner")
    page.locator(".ledger b a").click()
    page.get_by_role("link", name="Write it anew").click()
    page.wait_for_url("**/anew/")
    looks_well(page)
    page.locator("form.card").evaluate("form => { form.noValidate = true }")
    page.get_by_label("What was promised?").fill("")
    page.get_by_role("button", name="Write it down for both").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    looks_well(page)
    page.goto(LEDGER)
    page.locator(".ledger b a").click()
    page.get_by_role("link", name="Remove it").click()
    page.wait_for_url("**/remove/")
    looks_well(page)
    address = page.url
    page.get_by_role("button", name="Remove it for both").click()
    expect(page.get_by_role("status").first).to_contain_text("removed, for both")
    page.goto(LEDGER)
    expect(page.locator(".ledger")).to_have_count(0)
    assert page.request.get(address).status == 404


@pytest.mark.prove  # the story in test_two_people passes these pages, too
def test_in_print(page: Page, partner: Person):
    page.goto(LEDGER)
    write(page, CALL, due="2026-05-03")
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="Promises over time")).to_be_visible()
    expect(page.get_by_role("table", name="In words")).to_be_visible()
    for part in (page.locator(".top"), page.get_by_role("button", name="Write it down for both")):
        expect(part).to_be_hidden()
    box = page.locator(".marks > svg[role=img]").bounding_box()
    assert box is not None
    assert (box["width"] > 500, box["height"] > 40) == (True, True)
    expect(page.locator(".marks > svg use")).to_have_count(2)
