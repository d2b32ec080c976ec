"""Two browsers write one answer together: both texts are kept, and every page of it looks well."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import pages
from tests.browser.pages import field, state, write
from tests.browser.people import People
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

OURS, LESSON = "/together/ours/boundaries/agreed-line/", "/workbook/trust/boundaries/"
LINE = "agreed-line"
LONG = "averylongwordwithoutanybreakinitatallforonce " * 40
DO = """
from exercises import couples
from trustbook.accounts.models import User
one, other = (User.objects.get(email=email) for email in {emails!r})
{act}
"""


@pytest.fixture
def act(people: People, site: LiveServer, new_context: Callable[..., BrowserContext]):
    """The tabs of two who share a workbook, and what makes one of them leave."""
    two = [people.next(), people.next()]
    emails = tuple(person.email for person in two)

    def run(script: str) -> None:
        site.manage("shell", "--no-imports", "-c", DO.format(emails=emails, act=script))

    run("couples.make_couple(one, other)")
    tabs = [new_context(person).new_page() for person in two]
    return tabs, lambda: run("couples.leave(other)")


@pytest.mark.prove  # the story in test_two_people passes these pages, too
def test_two_write_at_once_and_one_leaves(act):
    (one, other), leave = act
    one.goto(LESSON)
    write(one, LINE, "Mine alone: " + LONG)
    pages.expect_saved(one, LINE)
    for tab in (one, other):
        tab.goto(OURS)
        expect(tab.get_by_text("Both of you see what is written here")).to_be_visible()
        expect(field(tab, LINE)).to_have_value("")
    looks_well(one)
    write(one, LINE, "Ask before you tell. " + LONG)
    pages.expect_saved(one, LINE)
    write(other, LINE, "Stories belong to whose they are.")
    conflict = other.locator(".conflict")
    expect(conflict).to_contain_text("Your partner saved this after you began.")
    expect(conflict).to_contain_text("Ask before you tell.")
    looks_well(other)
    other.get_by_role("button", name="Keep mine").click()
    pages.expect_saved(other, LINE)
    look_at_all(one)
    leave()
    write(other, LINE, " And one more.")
    expect(other.locator(".refused")).to_contain_text("Your text is still here to copy")
    expect(state(other, LINE)).to_have_text("Not saved")
    expect(field(other, LINE)).to_have_value("Stories belong to whose they are. And one more.")
    look_at_what_is_kept(one)


def look_at_all(page: Page) -> None:
    """Both ways of copying, the versions, comparing, and deleting."""
    page.goto(OURS)
    looks_well(page)
    for way in ("Copy mine into ours…", "Copy ours into mine…"):
        page.get_by_role("link", name=way).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(way.rstrip("…"))
        looks_well(page)
        page.get_by_role("link", name="Leave both as they are").click()
    page.get_by_role("link", name="Earlier versions").click()
    expect(page.get_by_role("heading", level=3).first).to_contain_text("Your partner,")
    looks_well(page)
    page.locator("a[href^='?version=']").last.click()
    page.wait_for_url("**version=**")
    looks_well(page)
    page.goto(f"{OURS}delete/")
    looks_well(page)


def look_at_what_is_kept(page: Page) -> None:
    """Among one's answers, by itself, and deleting it."""
    page.goto("/workbook/answers/")
    expect(page.get_by_role("heading", name="What the two of you wrote together")).to_be_visible()
    looks_well(page)
    page.get_by_role("link", name="Read it by itself").click()
    expect(page.get_by_text("Your own copy, undated.")).to_be_visible()
    looks_well(page)
    page.get_by_role("link", name="Delete this copy").click()
    expect(page.get_by_role("heading", name="Delete this copy?")).to_be_visible()
    looks_well(page)
