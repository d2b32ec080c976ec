"""The network or the server is away: the page says so, warns, keeps the text and saves it later."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser import pages
from tests.browser.pages import (
    BEFORE,
    expect_saved,
    expect_trying,
    field,
    state,
    status,
    type_into,
    write,
)
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser


def test_cut_off_while_typing_then_back(context: BrowserContext, page: Page, site: LiveServer):
    asked = pages.answer_dialogs(page, leave=False)
    page.goto(BEFORE)
    type_into(page, "moment", "We were on")
    context.set_offline(True)
    type_into(page, "moment", " the train")
    expect_trying(page, "moment")
    pages.close_and_stay(page)
    expect(status(page)).to_contain_text(pages.TRYING)
    assert asked == ["beforeunload"]
    expect(field(page, "moment")).to_have_value("We were on the train")
    context.set_offline(False)  # the browser tells the page, which does not wait for its next try
    expect_saved(page, "moment")
    expect(status(page)).to_have_text("All saved.")
    assert "We were on the train" in pages.stored(context, site.url)


def test_the_server_is_killed_while_somebody_types(page: Page, site: LiveServer):
    page.goto(BEFORE)
    write(page, "moment", "Before the crash.")
    expect_saved(page, "moment")
    site.kill9()
    try:
        write(page, "moment", " While it was away.")
        expect_trying(page, "moment")
    finally:
        site.start()
    expect_saved(page, "moment")  # by itself, a few seconds later
    page.reload()
    expect(field(page, "moment")).to_have_value("Before the crash. While it was away.")


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (500, "<h1>Something broke</h1>"),
        (503, ""),
        (429, "{}"),
        (200, "<h1>Welcome to the hotel's network</h1>"),
    ],
)
def test_an_answer_that_is_no_success_is_not_taken_for_one(page: Page, code: int, body: str):
    page.route(pages.SAVES, lambda route: pages.answered(route, code, body, "text/html"))
    page.goto(BEFORE)
    write(page, "moment", "Still here")
    expect_trying(page, "moment")
    page.unroute_all()
    pages.look_again(page)
    expect_saved(page, "moment")


def test_it_tries_again_less_and_less_often(page: Page):
    tries: list[str] = []
    page.on("requestfailed", lambda request: tries.append(_token(request)))
    pages.cut(page)
    pages.open_at_rest(page, BEFORE)
    write(page, "moment", "Hello?")
    expect_trying(page, "moment")
    for number, wait in enumerate((2, 4, 8, 16, 30, 30), start=1):
        page.clock.run_for(wait * 1_000 - 100)
        assert len(tries) == number
        with page.expect_event("requestfailed"):
            page.clock.run_for(100)
    assert len(set(tries)) == 1  # the same text under the same token
    page.unroute_all()
    page.clock.run_for(30_000)
    expect_saved(page, "moment")


def _token(request: Request) -> str:
    found = re.search(r"moment%3Atoken=([^&]+)", str(request.post_data))
    assert found
    return found[1]


def test_a_new_text_has_a_new_token(page: Page):
    sent = pages.requests_of(page)
    page.goto(BEFORE)
    for text in ("One.", " Two."):
        write(page, "moment", text)
        expect_saved(page, "moment")
    assert len(sent) == len({_token(request) for request in sent}) == 2


def test_one_save_of_a_prompt_at_a_time(page: Page):
    waiting: list[Route] = []
    sent = pages.requests_of(page)
    page.route(pages.SAVES, lambda route: _hold_the_first(waiting, route))
    page.goto(BEFORE)
    with page.expect_request(pages.SAVES):
        write(page, "moment", "One.")
    write(page, "moment", " Two.")
    pages.look_again(page)
    assert len(sent) == 1
    asked = pages.answer_dialogs(page, leave=False)
    pages.close_and_stay(page)  # a save on its way counts as unsaved
    expect(state(page, "moment")).to_have_text("Saving…")
    waiting[0].continue_()
    expect_saved(page, "moment")
    assert asked == ["beforeunload"]
    page.reload()
    expect(field(page, "moment")).to_have_value("One. Two.")


def test_leaving_while_an_answer_is_on_its_way_takes_the_newer_text_along(
    page: Page, site: LiveServer
):
    reached: list[int] = []
    page.route(pages.SAVES, lambda route: _answer_late(reached, route))
    page.goto(BEFORE)
    write(page, "moment", "One.")
    pages.until(page, lambda: reached)
    write(page, "moment", " Two.")
    pages.answer_dialogs(page, leave=True)
    page.goto("/help/")
    pages.expect_stored(page, f"{site.url}/workbook/answers/", "One. Two.")
    assert reached == [200]


def _answer_late(reached: list[int], route: Route) -> None:
    """The first save reaches the server, but its answer never reaches the page."""
    if reached:
        route.continue_()
    else:
        reached.append(route.fetch().status)


def _hold_the_first(waiting: list[Route], route: Route) -> None:
    if waiting:
        route.continue_()
    else:
        waiting.append(route)
