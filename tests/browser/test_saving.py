"""What is typed is saved while it is typed, and is there when one comes back."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import pages
from tests.browser.pages import (
    ALL,
    BEFORE,
    expect_saved,
    field,
    prompt,
    state,
    status,
    type_into,
    write,
)
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser
FIRST = "/workbook/trust/what-trust-does/"


def test_sign_up_read_type_reload_still_there(new_context):
    page = new_context().new_page()
    page.goto("/")
    pages.sign_up(page, "newcomer@example.org", "a long walk by the river")
    expect(page.get_by_role("link", name="Begin", exact=True)).to_be_visible()
    page.goto(FIRST)
    expect(page.locator("#lesson #b1")).to_be_visible()
    type_into(page, "safe-place", "We cooked, and nobody looked at a phone.")
    expect_saved(page, "safe-place")
    page.reload()
    expect(field(page, "safe-place")).to_have_value("We cooked, and nobody looked at a phone.")


def test_the_same_without_javascript(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    pages.sign_up(page, "without@example.org", "a long walk by the river")
    page.goto(FIRST)
    box = field(page, "safe-place")
    box.fill("We cooked, and nobody looked at a phone.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    page.goto("/workbook/")
    page.get_by_role("link", name="Go on where you stopped").click()
    expect(box).to_have_value("We cooked, and nobody looked at a phone.")


def test_somebody_who_types_on_is_saved_every_ten_seconds(page: Page):
    pages.open_at_rest(page, BEFORE)
    box = field(page, "moment")
    with page.expect_request(pages.SAVES) as request:
        for letter in "abcdefgh":  # the eighth at 10.5 seconds, never two seconds of rest
            box.press(letter)
            page.clock.run_for(1_500)
    assert "moment=abcdefg&" in str(request.value.post_data)
    expect_saved_after_rest(page)


def expect_saved_after_rest(page: Page) -> None:
    page.clock.run_for(2_100)
    expect(state(page, "moment")).to_have_text(pages.SAVED)


def test_nothing_is_sent_before_two_seconds_of_rest(page: Page):
    sent = pages.requests_of(page)
    pages.open_at_rest(page, BEFORE)
    field(page, "moment").press("a")
    page.clock.run_for(1_900)
    assert sent == []
    expect(state(page, "moment")).to_have_text("Saving…")
    page.clock.run_for(200)
    expect(state(page, "moment")).to_have_text(pages.SAVED)
    assert len(sent) == 1


def test_another_field_saves_what_is_left_behind(page: Page):
    pages.open_at_rest(page, ALL)
    field(page, "scene").press_sequentially("It rained.")
    field(page, "theirs").focus()
    expect(state(page, "scene")).to_have_text(pages.SAVED)


def test_a_hidden_page_saves_at_once(page: Page):
    pages.open_at_rest(page, BEFORE)
    field(page, "moment").press_sequentially("Half a sent")
    page.evaluate(
        """Object.defineProperty(document, "visibilityState", {value: "hidden"});
        document.dispatchEvent(new Event("visibilitychange"))"""
    )
    expect(state(page, "moment")).to_have_text(pages.SAVED)


def test_leaving_all_the_same_takes_the_text_along(context: BrowserContext, site: LiveServer):
    page = context.new_page()
    page.goto(BEFORE)
    asked = pages.answer_dialogs(page, leave=True)
    field(page, "moment").press_sequentially("Typed a moment ago")
    page.goto("/help/")
    assert asked == ["beforeunload"]
    pages.expect_stored(page, f"{site.url}/workbook/answers/", "Typed a moment ago")


def test_nothing_asks_when_all_is_saved(page: Page):
    asked = pages.answer_dialogs(page, leave=True)
    page.goto(BEFORE)
    write(page, "moment", "Once")
    expect_saved(page, "moment")
    page.goto("/help/")
    assert asked == []


def test_back_shows_what_was_saved_and_saves_on_without_a_conflict(page: Page):
    page.goto(BEFORE)
    write(page, "moment", "First,")
    expect_saved(page, "moment")
    page.get_by_role("link", name="Today").click()
    page.wait_for_url("**/workbook/")
    page.go_back()
    expect(field(page, "moment")).to_have_value("First,")
    first = pages.base(page, "moment")
    write(page, "moment", " second.")
    expect_saved(page, "moment")
    assert pages.base(page, "moment") not in ("", first)
    page.reload()
    expect(field(page, "moment")).to_have_value("First, second.")


def test_a_page_that_the_browser_kept_is_read_anew(context: BrowserContext):
    """Headless browsers keep no pages, so the event that tells of it is made here."""
    kept, other = context.new_page(), context.new_page()
    for tab in (kept, other):
        tab.goto(BEFORE)
    write(other, "moment", "Written meanwhile")
    expect_saved(other, "moment")
    kept.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(field(kept, "moment")).to_have_value("Written meanwhile")


def test_text_typed_before_the_script_came_is_saved(page: Page):
    page.route("**/workbook.js", lambda route: _typed_first(page, route))
    page.goto(BEFORE)
    expect_saved(page, "moment")


def _typed_first(page: Page, route: Route) -> None:
    page.locator("#q-moment").evaluate("box => { box.value = 'Quick hands' }")
    route.continue_()


def test_a_reply_that_is_lost_makes_no_conflict(page: Page):
    """The server has it, the page cannot know: typing on must not look like another page."""
    lost: list[int] = []
    page.route(pages.SAVES, lambda route: _lose(lost, route))
    pages.open_at_rest(page, BEFORE)  # else the next try may come before this one was looked at
    write(page, "moment", "One.")
    pages.expect_trying(page, "moment")
    write(page, "moment", " Two.")
    page.clock.run_for(2_100)
    expect_saved(page, "moment")
    expect(status(page)).to_have_text("All saved.")
    assert len(lost) == 1
    expect(page.locator(".conflict")).to_have_count(0)
    page.reload()
    expect(field(page, "moment")).to_have_value("One. Two.")
    assert "One.<" in pages.versions(page, "moment")


def _lose(lost: list[int], route: Route) -> None:
    if lost:
        route.continue_()
        return
    lost.append(route.fetch().status)
    assert lost == [200]
    route.abort()


def test_save_now_saves_everything(page: Page):
    pages.open_at_rest(page, ALL)
    field(page, "scene").press_sequentially("It rained.")
    prompt(page, "place").get_by_label("At home").check()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(status(page)).to_have_text("All saved.")
    expect(state(page, "scene")).to_have_text(pages.SAVED)
    expect(state(page, "place")).to_have_text(pages.SAVED)


def test_finish_right_after_typing(page: Page):
    page.goto(BEFORE)
    type_into(page, "moment", "The last word.")
    page.get_by_role("button", name="Finish this lesson").click()
    expect(page.get_by_role("status").filter(has_text="the lesson is finished")).to_be_visible()
    expect(field(page, "moment")).to_have_value("The last word.")
    write(page, "moment", " And one more.")
    expect_saved(page, "moment")


@pytest.mark.parametrize("name", ["Save", "Finish this lesson"])
def test_on_a_telephone_without_scripts_what_was_done_is_in_sight(plain_page: Page, name: str):
    plain_page.set_viewport_size({"width": 390, "height": 700})
    plain_page.goto(FIRST)
    plain_page.get_by_role("button", name=name, exact=True).last.click()
    expect(plain_page.get_by_role("status").filter(has_text="Saved")).to_be_in_viewport()


def test_finish_with_nothing_typed(page: Page):
    page.goto(BEFORE)
    page.get_by_role("button", name="Finish this lesson").click()
    expect(page.get_by_role("status").filter(has_text="the lesson is finished")).to_be_in_viewport()


def test_a_refused_answer_says_why_and_waits_for_a_change(page: Page):
    sent = pages.requests_of(page)
    pages.open_at_rest(page, ALL)  # two ticks are valid, and no pause may send them
    helps = prompt(page, "helps")
    for label in ("A talk", "A walk", "Rest"):
        helps.get_by_label(label).check()
    field(page, "scene").focus()
    expect(helps.get_by_role("alert")).to_contain_text("2", timeout=pages.PATIENCE)
    expect(state(page, "helps")).to_have_text("Not saved")
    pages.look_again(page)
    write(page, "scene", "It rained.")
    expect_saved(page, "scene")
    assert [request.url.rsplit("/", 2)[1] for request in sent] == ["helps", "scene"]
    helps.get_by_label("Rest").uncheck()
    field(page, "scene").focus()
    expect_saved(page, "helps")
    expect(helps.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("status_code", [400, 404, 413, 415])
def test_every_refusal_keeps_the_text(page: Page, status_code: int):
    body = '{"error": "refused", "message": "It cannot be kept like this."}'
    page.route(pages.SAVES, lambda route: pages.answered(route, status_code, body))
    page.goto(BEFORE)
    write(page, "moment", "Mine")
    refusal = prompt(page, "moment").get_by_role("alert")
    expect(refusal).to_have_text("It cannot be kept like this.", timeout=pages.PATIENCE)
    expect(field(page, "moment")).to_have_value("Mine")
    page.unroute_all()
    write(page, "moment", "!")
    expect_saved(page, "moment")


def test_nothing_is_left_in_the_browser(page: Page):
    page.goto(BEFORE)
    write(page, "moment", "Only for the server")
    expect_saved(page, "moment")
    left = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length,
        (await indexedDB.databases()).length, (await caches.keys()).length]"""
    )
    assert left == [0, 0, 0, 0]
