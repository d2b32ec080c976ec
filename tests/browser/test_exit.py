"""Leaving quickly, in a browser that keeps whole pages for Back as people's browsers do."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Route,
    expect,
)

from tests.browser import pages
from tests.browser.pages import BEFORE, expect_saved, field, write
from tests.browser.people import Person
from tests.servers.chromium import launch
from tests.servers.elsewhere import Elsewhere
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

ANSWER = "The evening with the heron"
ADDRESSES = ["/", "/help/", "/nowhere/", "/accounts/settings/", BEFORE]
TELL = 'addEventListener("pageshow", (event) => event.persisted && console.log("kept"))'
Contexts = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def keeping(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser with its back/forward cache on."""
    browser = launch(playwright, tmp_path_factory.mktemp("keeping"), keeps_pages=True)
    yield browser
    browser.close()


@pytest.fixture
def context(new_context: Contexts, keeping: Browser, person: Person) -> BrowserContext:
    context = new_context(person, browser=keeping)
    context.add_init_script(TELL)
    return context


@pytest.fixture
def plain(new_context: Contexts, keeping: Browser, person: Person) -> Page:
    """A tab of the same browser without JavaScript."""
    return new_context(person, browser=keeping, java_script_enabled=False).new_page()


def leave(page: Page) -> None:
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url("**/weather")


def shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def back(page: Page) -> None:
    """As Back does; a page that was kept does not load, so nothing is waited for."""
    try:
        page.evaluate("() => { history.back() }")
    except Error as gone:
        # The page may go before it has answered; what stands there then is what the test asks.
        if "because of a navigation" not in gone.message:
            raise


@pytest.fixture
def answer(new_context: Contexts, person: Person) -> None:
    """Written elsewhere: a save is one of the things for which Chromium may keep no page."""
    page = new_context(person).new_page()
    page.goto(BEFORE)
    write(page, "moment", ANSWER)
    expect_saved(page, "moment")


def read(page: Page) -> None:
    """Today, then a lesson with the answer on it."""
    page.goto("/workbook/")
    page.goto(BEFORE)
    expect(field(page, "moment")).to_have_value(ANSWER)


def expect_signed_out(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert ANSWER not in page.content()


def cookies(context: BrowserContext, site: LiveServer) -> list[str]:
    return [str(cookie.get("name")) for cookie in context.cookies(site.url)]


# Away ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("way", [leave, shift_three_times])
def test_from_every_page(
    page: Page, site: LiveServer, address: str, way: Callable[[Page], None], person: Person
):
    page.goto(address)
    way(page)
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    assert cookies(page.context, site) == []
    # The cookie of somebody who kept a copy opens nothing either.
    pages.sign_in_at_once(page.context, site.url, person)
    page.goto(f"{site.url}/workbook/")
    expect_signed_out(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_javascript(plain: Page, site: LiveServer, address: str):
    plain.goto(address)
    leave(plain)
    assert cookies(plain.context, site) == []


def test_the_page_in_which_it_is_pressed_leaves_the_history(page: Page):
    page.goto("/help/")
    page.goto(BEFORE)
    before = page.evaluate("history.length")
    leave(page)
    assert page.evaluate("history.length") == before
    back(page)
    page.wait_for_url("**/help/")


def test_the_other_site_learns_nothing(page: Page, elsewhere: Elsewhere):
    page.goto(BEFORE)
    leave(page)
    told = elsewhere.told[-1]
    assert {"referer", "cookie", "origin"} & set(told) == set()
    assert told["sec-fetch-site"] == "cross-site"


def test_another_site_cannot_sign_anybody_out(page: Page, site: LiveServer, elsewhere: Elsewhere):
    page.goto(elsewhere.url)
    with page.expect_navigation():
        page.evaluate(f"() => {{ location.href = '{site.url}/leave/' }}")
    assert page.url.endswith("/weather")
    page.goto(f"{site.url}/workbook/")
    expect(page.get_by_role("link", name="My answers")).to_be_visible()


def test_an_address_that_somebody_types_counts(page: Page, site: LiveServer):
    page.goto("/leave/")
    assert cookies(page.context, site) == []


def test_the_other_tabs_go_as_well(context: BrowserContext):
    tabs = [context.new_page() for _ in range(3)]
    asked = [pages.answer_dialogs(tab, leave=False) for tab in tabs]
    for tab, address in zip(tabs, (BEFORE, "/help/", "/workbook/"), strict=True):
        tab.goto(address)
    field(tabs[0], "moment").press_sequentially(ANSWER)
    leave(tabs[2])
    for tab in tabs:
        tab.wait_for_url("**/weather")
    assert asked == [[], [], []]


# What was typed -----------------------------------------------------------------------------------
@pytest.mark.parametrize("way", [leave, shift_three_times])
def test_one_last_attempt_to_save_and_no_question(
    page: Page, way: Callable[[Page], None], site: LiveServer
):
    pages.open_at_rest(page, BEFORE)  # no other save can come in between
    asked = pages.answer_dialogs(page, leave=False)
    sent: list[tuple[str, str]] = []
    page.on("request", lambda one: sent.append((one.url, one.post_data or "")))
    field(page, "moment").press_sequentially("Typed a moment ago")
    way(page)
    page.wait_for_url("**/weather")
    assert asked == []
    ours = [url.removeprefix(site.url) for url, _ in sent if url.startswith(site.url)]
    # Pressing the link leaves the field as well, which is a save of its own.
    saves = 2 if way is leave else 1
    assert ours == ["/workbook/save/before-all/moment/"] * saves + ["/leave/"]
    assert all("moment=Typed+a+moment+ago&" in data for _, data in sent[:saves])


def test_that_attempt_can_succeed(page: Page, site: LiveServer, person: Person):
    """The session ends after it. What ends sooner in earnest is held up here until it is saved."""
    answers: list[int] = []
    page.on("response", lambda one: answers.append(one.status) if "/save/" in one.url else None)
    pages.open_at_rest(page, BEFORE)
    page.route("**/leave/", lambda route: _after_the_save(page, route))
    field(page, "moment").press_sequentially(ANSWER)
    leave(page)
    pages.sign_in(page, site.url, person.email, person.password)
    assert ANSWER in pages.stored(page.context, site.url)


def _after_the_save(page: Page, route: Route) -> None:
    page.context.request.get("/healthz")  # one worker: it answers when the save is done
    route.continue_()


def test_a_text_that_cannot_be_saved_holds_nobody_back(page: Page):
    asked = pages.answer_dialogs(page, leave=False)
    pages.cut(page)
    page.goto(BEFORE)
    write(page, "moment", ANSWER)
    pages.expect_trying(page, "moment")
    leave(page)
    assert asked == []


def test_no_other_warning_holds_anybody_back(page: Page):
    """Whatever a page adds later."""
    asked = pages.answer_dialogs(page, leave=False)
    page.goto("/workbook/answers/")
    page.evaluate("addEventListener('beforeunload', (event) => event.preventDefault())")
    page.get_by_role("link", name="Help").first.focus()
    shift_three_times(page)
    page.wait_for_url("**/weather")
    assert asked == []


def test_the_page_is_wiped_before_anything_is_answered(page: Page):
    page.goto(BEFORE)
    write(page, "moment", ANSWER)
    expect_saved(page, "moment")
    page.route("**/leave/", lambda route: route.fulfill(status=204))  # the page stays
    page.get_by_role("link", name="Leave quickly").click()
    expect(page.get_by_role("alert")).to_have_text("Loading")
    assert page.title() == "Loading"
    assert page.evaluate("document.body.innerText") == "Loading"
    assert page.locator("body *").count() == 1


# Back ---------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("answer")
@pytest.mark.parametrize("between", ["/help/", "/workbook/answers/", "/lessons/"])
def test_back_shows_no_answer(page: Page, between: str):
    read(page)
    page.goto(between)
    leave(page)
    back(page)
    expect_signed_out(page)


@pytest.mark.usefixtures("answer")
@pytest.mark.parametrize(("between", "heading"), [("/help/", "Help"), ("/lessons/", "Lessons")])
def test_back_shows_no_answer_without_javascript(plain: Page, between: str, heading: str):
    read(plain)
    plain.goto(between)
    leave(plain)
    back(plain)  # to the public page that was left: here Back has an entry more
    expect(plain.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    back(plain)
    expect_signed_out(plain)


@pytest.mark.usefixtures("answer")
def test_back_to_the_page_that_was_left_without_javascript(plain: Page):
    read(plain)
    leave(plain)
    back(plain)
    expect_signed_out(plain)


def sign_out(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site.url}/")


@pytest.mark.usefixtures("answer")
@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_signing_out_shows_no_answer(
    page: Page, plain: Page, site: LiveServer, scripts: bool
):
    tab = page if scripts else plain
    read(tab)
    sign_out(tab, site)
    with tab.expect_navigation():
        back(tab)  # to the question whether to sign out, which leads on to the first page
    back(tab)
    expect_signed_out(tab)


# A browser that keeps pages whatever the server says ----------------------------------------------
@pytest.fixture
def stubborn(context: BrowserContext) -> Page:
    """A tab that is told nothing about what it may store, so that it keeps every page."""
    context.route(f"**{BEFORE}", _without_no_store)
    return context.new_page()


def _without_no_store(route: Route) -> None:
    response = route.fetch()
    about = {name: text for name, text in response.headers.items() if name != "cache-control"}
    route.fulfill(response=response, headers={**about, "cache-control": "max-age=600"})


@pytest.mark.usefixtures("answer")
def test_this_browser_does_keep_pages(stubborn: Page):
    """The control: Chromium may also keep those with "no-store", but promises nothing."""
    read(stubborn)
    stubborn.goto("/help/")
    with stubborn.expect_console_message(lambda message: message.text == "kept"):
        back(stubborn)
    expect(field(stubborn, "moment")).to_have_value(ANSWER)  # read anew, and shown
    expect(field(stubborn, "moment")).to_be_visible()


@pytest.mark.usefixtures("answer")
def test_a_kept_page_is_read_anew_before_it_is_seen(
    stubborn: Page, context: BrowserContext, site: LiveServer
):
    read(stubborn)
    stubborn.goto("/help/")
    context.clear_cookies()
    context.unroute_all()
    back(stubborn)
    expect_signed_out(stubborn)


def test_a_kept_page_with_a_text_that_is_not_saved_shows_it_to_its_owner_only(
    stubborn: Page, context: BrowserContext, person: Person, site: LiveServer
):
    pages.cut(stubborn)
    stubborn.goto(BEFORE)
    pages.answer_dialogs(stubborn, leave=True)
    write(stubborn, "moment", ANSWER)
    pages.expect_trying(stubborn, "moment")
    stubborn.goto("/help/")
    context.clear_cookies()
    back(stubborn)
    alert = stubborn.get_by_role("alert").filter(has_text="Sign in in a new tab")
    expect(alert).to_be_visible()
    expect(field(stubborn, "moment")).to_be_hidden()
    stubborn.unroute_all()
    pages.sign_in_at_once(context, site.url, person)
    pages.look_again(stubborn)
    expect(field(stubborn, "moment")).to_have_value(ANSWER)
    expect(field(stubborn, "moment")).to_be_visible()
    expect_saved(stubborn, "moment")


# Shift --------------------------------------------------------------------------------------------
def announced(page: Page):
    return page.locator(".exit [aria-live]")


def test_each_press_is_told(page: Page):
    page.goto(BEFORE)
    page.route("**/leave/", lambda route: route.fulfill(status=204))
    expect(announced(page)).to_have_text("")
    page.keyboard.press("Shift")
    expect(announced(page)).to_have_text("Shift: press 2 more times to leave.")
    page.keyboard.press("Shift")
    expect(announced(page)).to_have_text("Shift: press 1 more time to leave.")
    page.keyboard.press("Shift")
    expect(page.get_by_role("alert")).to_have_text("Loading")


def test_five_seconds_between_two_presses(page: Page):
    pages.open_at_rest(page, BEFORE)
    for _ in range(2):
        page.keyboard.press("Shift")
        page.clock.run_for(4_900)
    page.clock.run_for(200)
    expect(announced(page)).to_have_text("Leaving was not finished.")
    page.clock.run_for(5_100)
    expect(announced(page)).to_have_text("")
    page.keyboard.press("Shift")
    expect(announced(page)).to_have_text("Shift: press 2 more times to leave.")


@pytest.mark.parametrize("keys", [["Shift+A"] * 4, ["Shift", "Shift", "a", "Shift", "Shift"]])
def test_writing_capitals_is_not_leaving(page: Page, keys: list[str]):
    page.goto(BEFORE)
    field(page, "moment").focus()
    for key in keys:
        page.keyboard.press(key)
    expect(field(page, "moment")).to_have_value("".join(key[-1] for key in keys if key != "Shift"))


def test_letting_go_of_shift_too_soon_is_not_leaving(page: Page):
    """Quick hands release Shift before the letter."""
    page.goto(BEFORE)
    field(page, "moment").focus()
    for letter in "ABCD":
        page.keyboard.down("Shift")
        page.keyboard.down(letter)
        page.keyboard.up("Shift")
        page.keyboard.up(letter)
    expect(field(page, "moment")).to_have_value("ABCD")
    expect(announced(page)).to_have_text("")


def test_choosing_with_shift_and_the_mouse_is_not_leaving(page: Page):
    page.goto("/help/")
    for _ in range(4):
        page.locator("h1").click(modifiers=["Shift"])
    expect(announced(page)).to_have_text("")


@pytest.mark.prove  # long
# In sight and in nobody's way ---------------------------------------------------------------------
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844), (320, 256)])
def test_it_is_always_in_sight(page: Page, width: int, height: int):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(BEFORE)
    for _ in range(2):
        place = page.evaluate(
            """() => {
            const box = document.querySelector("[data-exit]").getBoundingClientRect();
            const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            const seen = there.matches("[data-exit]") && box.height >= 24;
            return [box.top >= 0, box.bottom <= innerHeight, seen];
            }"""
        )
        assert place == [True] * 3
        page.evaluate("scrollTo(0, document.body.scrollHeight)")


@pytest.mark.prove  # long
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 640), (320, 256)])
def test_what_has_the_focus_is_never_under_it(page: Page, width: int, height: int):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(BEFORE)
    for key in ["Tab"] * 25 + ["Shift+Tab"] * 25:
        page.keyboard.press(key)
        hidden = page.evaluate(
            """() => {
            const bars = [document.querySelector(".exit"), document.querySelector(".top")];
            const one = document.activeElement;
            if (one === document.body || bars.some((bar) => bar.contains(one))) return "";
            const under = bars.filter((bar) => getComputedStyle(bar).position === "sticky")
                .map((bar) => bar.getBoundingClientRect().bottom);
            return one.getBoundingClientRect().bottom > Math.max(...under) ? "" : one.outerHTML;
            }"""
        )
        assert hidden == ""


def test_paper_has_none(page: Page):
    page.goto(BEFORE)
    page.emulate_media(media="print")
    expect(page.locator("[data-exit]")).to_be_hidden()


def test_it_comes_first_for_the_keyboard_after_the_ways_to_skip(page: Page):
    page.goto("/help/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Leave quickly")).to_be_focused()
