"""Sharing by hand, with and without scripts; what stands beside an answer stays true."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.pages import ALL, BEFORE, write
from tests.browser.people import People, Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

TOGETHER = """
from exercises.couples import make_couple
from trustbook.accounts.models import User
make_couple(*User.objects.filter(email__in=[{one!r}, {other!r}]))
"""
TEXT = "A heron stood in the rain"


@pytest.fixture(autouse=True)
def _with_a_partner(site: LiveServer, person: Person, people: People) -> None:
    script = TOGETHER.format(one=person.email, other=people.next().email)
    site.manage("shell", "--verbosity=0", "--no-imports", "-c", script)


def who(page: Page, prompt: str = "moment") -> Locator:
    """What is said under a prompt."""
    return pages.prompt(page, prompt).locator("[data-who]")


def share(page: Page) -> None:
    """The two steps, from the label."""
    who(page).get_by_role("link").click()
    page.get_by_role("button", name="Share it with your partner").click()
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("status").first).to_contain_text("Your partner can see this text now")


def test_what_stands_beside_an_answer_stays_true(page: Page):
    page.goto(BEFORE)
    expect(who(page)).to_have_text("Who can see this: Only you")
    expect(who(page).get_by_role("link")).to_have_count(0)
    write(page, "moment", TEXT)
    pages.expect_saved(page, "moment")
    expect(who(page).get_by_role("link")).to_have_text("Only you")
    share(page)
    page.goto(BEFORE)
    expect(who(page)).to_have_text("Who can see this: Your partner")
    write(page, "moment", ", and then it flew")
    pages.expect_saved(page, "moment")
    expect(who(page).get_by_role("link")).to_contain_text("sees the version that you shared on")


@pytest.mark.prove  # the story in test_two_people goes this way, too
def test_without_scripts_too(plain_page: Page):
    page = plain_page
    page.goto(BEFORE)
    pages.field(page, "moment").fill(TEXT)
    page.get_by_role("button", name="Save", exact=True).last.click()
    share(page)
    page.goto("/sharing/")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_have_text("Taken back. It is shared no more.")
    expect(page.get_by_role("button", name="Take it back")).to_have_count(0)


@pytest.mark.prove  # the story in test_two_people passes these pages, too
def test_how_the_pages_look(page: Page):
    page.goto(BEFORE)
    write(page, "moment", "Averylongwordwithoutanybreakinitatallforonce " * 6)
    pages.expect_saved(page, "moment")
    looks_well(page)
    who(page).get_by_role("link").click()
    page.wait_for_url("**/sharing/*-*/")
    looks_well(page)
    page.get_by_role("button", name="Share it with your partner").click()
    page.get_by_role("heading", name="Share this with your partner?").wait_for()
    looks_well(page)
    page.get_by_role("button", name="Share it").click()
    page.get_by_role("status").first.wait_for()
    looks_well(page)
    page.goto(BEFORE)
    write(page, "moment", "and more")
    pages.expect_saved(page, "moment")
    looks_well(page)
    who(page).get_by_role("link").click()
    page.get_by_role("button", name="Share the newer text instead").wait_for()
    looks_well(page)
    page.locator("[name=revision]").evaluate("field => { field.value = 'x' }")
    page.get_by_role("button", name="Share the newer text instead").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page)
    for address in ("/workbook/answers/", "/sharing/", ALL, "/sharing/weeks/"):
        page.goto(address)
        looks_well(page)


@pytest.mark.prove  # the story in test_two_people passes these pages, too
def test_how_the_weeks_look(page: Page):
    page.goto("/workbook/pulse/")
    page.locator(".scale").first.locator("label").last.click()
    pages.expect_saved(page, "pulse")
    page.reload()
    looks_well(page)
    page.get_by_role("link", name="Share all these weeks").click()
    page.wait_for_url("**/sharing/weeks/")
    looks_well(page)
    page.get_by_role("button", name="Share all 1 week with your partner").click()
    page.get_by_role("status").wait_for()
    looks_well(page)
    page.goto("/sharing/")
    looks_well(page)
