"""Deleting by hand: the countdown, taking back with and without scripts, the end of an account."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import pages
from tests.browser.pages import BEFORE, write
from tests.browser.people import Person
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

TEXT = "A heron stood in the rain"


def delete(page: Page) -> None:
    """From the lesson through the history to the notice, as people go."""
    page.goto("/workbook/answers/")
    page.get_by_role("link", name="Earlier versions").click()
    page.get_by_role("link", name="with all its versions").click()
    page.get_by_role("button", name="Delete it").click()
    page.wait_for_url("**/workbook/deleted/*/")


@pytest.fixture
def written(page: Page) -> Page:
    page.goto(BEFORE)
    write(page, "moment", TEXT)
    pages.expect_saved(page, "moment")
    return page


def test_when_the_time_is_over_it_is_purged(
    written: Page, context: BrowserContext, site: LiveServer
):
    written.clock.install()
    delete(written)
    expect(written.locator("[data-left]")).to_have_text("30 seconds left.")
    assert TEXT not in pages.stored(context, site.url)
    with written.expect_response("**/purge/") as purged:
        written.clock.run_for(31_000)
    assert purged.value.status == 204
    expect(written.locator("[data-over]")).to_have_text("It is gone for good.")
    expect(written.get_by_role("button", name="Take it back")).to_have_count(0)
    again = context.request.get(written.url)
    assert again.status == 404


def test_taken_back_it_is_in_its_lesson_again(written: Page):
    delete(written)
    written.get_by_role("button", name="Take it back").click()
    expect(written.locator(".notice")).to_have_text("Taken back. It is all there again.")
    written.goto(BEFORE)
    expect(pages.field(written, "moment")).to_have_value(TEXT)


def test_without_scripts_too(written: Page, plain_page: Page):
    delete(plain_page)
    plain_page.goto(BEFORE)
    expect(pages.field(plain_page, "moment")).to_have_value("")
    plain_page.go_back()
    plain_page.get_by_role("button", name="Take it back").click()
    plain_page.goto(BEFORE)
    expect(pages.field(plain_page, "moment")).to_have_value(TEXT)


def test_the_lesson_that_is_still_open_does_not_bring_it_back(
    written: Page, context: BrowserContext, site: LiveServer
):
    """A script sends only what was typed since, so an old page with the text saves nothing."""
    other = context.new_page()
    other.goto(BEFORE)
    delete(written)
    pages.look_again(other)
    other.get_by_role("button", name="Save", exact=True).last.click()
    expect(pages.status(other)).to_have_text("All saved.")
    assert TEXT not in pages.stored(context, site.url)


def test_after_the_account_nothing_is_left_in_the_browser(
    written: Page, context: BrowserContext, person: Person, site: LiveServer
):
    written.goto("/privacy/delete/account/")
    written.locator("[name=sure]").check()
    written.get_by_role("button", name="Delete my account").click()
    written.wait_for_url("**/privacy/ended/")
    assert context.cookies() == []
    written.goto("/accounts/login/")
    written.locator("[name=login]").fill(person.email)
    written.locator("[name=password]").fill(person.password)
    written.get_by_role("button", name="Sign in", exact=True).click()
    expect(written.locator(".errorlist")).to_be_visible()
