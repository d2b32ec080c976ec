"""A session that ends by itself: the warning, the press that lets it go on, and the end."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import pages
from tests.browser.pages import BEFORE, expect_saved, field
from tests.browser.people import Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

IDLE, STAY = "**/accounts/idle/", "**/accounts/stay/"


class Clock:
    """How much time the server says is left, and how often it was asked and told to go on."""

    def __init__(self, page: Page) -> None:
        self.left, self.asked, self.stayed = 900, 0, 0
        page.route(IDLE, self._idle)
        page.route(STAY, self._stay)

    def _idle(self, route: Route) -> None:
        self.asked += 1
        if self.left <= 0:
            pages.answered(route, 401, '{"error": "signed-out"}')
        else:
            pages.answered(route, 200, json.dumps({"left": self.left, "csrf": "x"}))

    def _stay(self, route: Route) -> None:
        self.stayed += 1
        self.left = 900
        pages.answered(route, 200, json.dumps({"left": self.left}))


@pytest.fixture
def clock(page: Page) -> Clock:
    """A page whose session ends after a quarter of an hour; time stands still in it."""
    page.goto("/accounts/sessions/")
    page.get_by_label("Sign me out when nothing was done for").select_option("15")
    page.locator("section").get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    return Clock(page)


def warning(page: Page) -> Locator:
    return page.get_by_role("alertdialog")


def open_at_rest(page: Page) -> None:
    """Opens a lesson in which time stands still, and has stood for an hour: it has asked once."""
    with page.expect_response(IDLE):
        pages.open_at_rest(page, BEFORE)
    settle(page)


def settle(page: Page) -> None:
    """The page has done what it does with the last answer."""
    page.evaluate("fetch('/healthz').then(() => null)")


def rest_until_warned(page: Page, clock: Clock) -> None:
    """Thirteen minutes pass, and the server agrees."""
    settle(page)
    clock.left = 119
    with page.expect_response(IDLE):
        page.clock.run_for(780_000)
    expect(warning(page)).to_be_visible()


def test_warned_two_minutes_before(page: Page, clock: Clock):
    open_at_rest(page)
    clock.asked = 0
    page.clock.run_for(779_000)
    assert clock.asked == 0
    clock.left = 119
    page.clock.run_for(1_000)
    expect(warning(page)).to_contain_text("You will be signed out in about two minutes.")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    page.clock.resume()  # axe waits now and then
    looks_well(page)


def test_not_while_another_tab_is_in_use(page: Page, clock: Clock):
    open_at_rest(page)
    with page.expect_response(IDLE):
        page.clock.run_for(780_000)
    expect(warning(page)).to_have_count(0)


@pytest.mark.parametrize("how", ["Enter", "Escape"])
def test_one_press_lets_it_go_on_as_often_as_one_likes(page: Page, clock: Clock, how: str):
    open_at_rest(page)
    for times in range(1, 12):
        rest_until_warned(page, clock)
        page.keyboard.press(how)
        expect(warning(page)).to_be_hidden()
        assert clock.stayed == times


def test_it_goes_when_another_tab_goes_on(page: Page, clock: Clock):
    open_at_rest(page)
    rest_until_warned(page, clock)
    clock.left = 900
    page.clock.run_for(15_000)
    expect(warning(page)).to_be_hidden()


def test_the_words_come_nearer(page: Page, clock: Clock):
    open_at_rest(page)
    rest_until_warned(page, clock)
    for left, words in [(60, "about a minute"), (30, "half a minute"), (10, "a few seconds")]:
        clock.left = left
        page.clock.run_for(15_000)
        expect(warning(page)).to_contain_text(f"You will be signed out in {words}.")


def test_at_the_end_the_page_goes_and_leads_back_after_signing_in(
    page: Page, clock: Clock, person: Person, site: LiveServer
):
    open_at_rest(page)
    rest_until_warned(page, clock)
    clock.left = 0
    page.context.clear_cookies()
    page.clock.run_for(15_000)
    page.wait_for_url(f"**/accounts/login/?next={BEFORE.replace('/', '%2F')}")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{BEFORE}")


def test_a_text_that_is_not_saved_is_covered_and_kept(
    page: Page, clock: Clock, person: Person, site: LiveServer
):
    open_at_rest(page)
    pages.cut(page)
    field(page, "moment").press_sequentially("Somewhere in a tunnel")
    rest_until_warned(page, clock)
    clock.left = 0
    page.context.clear_cookies()
    page.unroute(pages.SAVES)
    page.clock.run_for(15_000)
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    expect(field(page, "moment")).to_be_hidden()
    assert "/workbook/" in page.url
    pages.sign_in_at_once(page.context, site.url, person)
    pages.look_again(page)
    expect(field(page, "moment")).to_have_value("Somewhere in a tunnel")
    expect(field(page, "moment")).to_be_visible()
    expect_saved(page, "moment")


def test_for_those_who_stay_a_month_nothing_is_asked(page: Page):
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/idle/" in one.url else None)
    pages.open_at_rest(page, BEFORE)
    page.clock.run_for(3_600_000)
    assert asked == []


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_shared_device_the_browser_is_asked_to_forget(
    new_context: Callable, person: Person, site: LiveServer, scripts: bool
):
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto("/accounts/login/")
    login = page.locator("[name=login]")
    assert login.get_attribute("autocomplete") == "email"
    page.get_by_label("This is a shared device").first.check()
    if scripts:
        expect(login).to_have_attribute("autocomplete", "off")
    login.fill(person.email)
    page.locator("[name=password]").fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/workbook/")
    page.goto("/accounts/sessions/")
    expect(page.get_by_text("shared device", exact=True)).to_be_visible()
    session = [one for one in page.context.cookies() if one.get("name") == person.cookie_name]
    assert [one.get("expires") for one in session] == [-1]  # ends with the browser
