"""What hands and eyes do on the page of a lesson, and what is stored behind it."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Request, Route, expect

from tests.browser.people import Person

BEFORE = "/workbook/twelve/before/"
ALL = "/workbook/twelve/all/"
SAVED = re.compile(r"^Saved \d\d:\d\d$")
TRYING = "Not saved yet, trying again"
SAVES = "**/workbook/save/**"
PATIENCE = 12_000
"""Milliseconds: autosave rests for two seconds, and the machine may be busy."""
SCROLL = """block => new Promise(seen => {
    addEventListener("scroll", seen, {once: true});
    block.scrollIntoView();
})"""


def prompt(page: Page, name: str) -> Locator:
    """One prompt of the exercise."""
    return page.locator(f'[data-prompt="{name}"]')


def field(page: Page, name: str) -> Locator:
    """The one input of a prompt that has one."""
    return page.locator(f"#q-{name}")


def state(page: Page, name: str) -> Locator:
    """The line that says whether it is saved."""
    return prompt(page, name).locator("[data-state]")


def status(page: Page) -> Locator:
    """What is said about the page as a whole."""
    return page.locator("[data-all-state]")


def base(page: Page, name: str) -> str:
    """The revision that the next save goes on from."""
    return page.locator(f'[name="{name}:base"]').input_value()


def type_into(page: Page, name: str, text: str) -> None:
    """Typed key by key at the end of what stands there."""
    field(page, name).press("Control+End")
    field(page, name).press_sequentially(text)


def write(page: Page, name: str, text: str) -> None:
    """Typed, then the field is left, which saves without waiting for a rest."""
    type_into(page, name, text)
    field(page, name).blur()


def expect_saved(page: Page, name: str) -> None:
    """The page says that everything typed in this prompt is saved."""
    expect(state(page, name)).to_have_text(SAVED, timeout=PATIENCE)


def expect_trying(page: Page, name: str) -> None:
    """The page says that it could not save and goes on trying."""
    expect(state(page, name)).to_have_text(TRYING, timeout=PATIENCE)
    expect(status(page)).to_contain_text(TRYING)


def look_again(page: Page) -> None:
    """The window gets the focus, as when somebody comes back to it."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def open_at_rest(page: Page, address: str) -> None:
    """Opens a page in which time stands still but for ``page.clock.run_for``."""
    page.clock.install(time="2026-01-05T08:00:00Z")
    page.goto(address)
    page.clock.pause_at("2026-01-05T09:00:00Z")


def answer_dialogs(page: Page, *, leave: bool) -> list[str]:
    """From now on the browser is told to leave or to stay; the list says what it asked."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if leave:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)
    return asked


def close_and_stay(page: Page) -> None:
    """Tries to close the tab; returns when the browser has asked, and was told to stay."""
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)


def scroll_to(page: Page, block: str) -> None:
    """Returns when the page itself has noticed that it was scrolled."""
    page.locator(block).evaluate(SCROLL)


def requests_of(page: Page, method: str = "POST") -> list[Request]:
    """What the page sends from now on."""
    sent: list[Request] = []

    def note(request: Request) -> None:
        if request.method == method:
            sent.append(request)

    page.on("request", note)
    return sent


def cut(page: Page, pattern: str = SAVES) -> None:
    """Nothing that is sent to ``pattern`` arrives."""
    page.route(pattern, lambda route: route.abort())


def answered(route: Route, status: int, body: str, content_type: str = "application/json") -> None:
    """The answer that the browser gets, whatever was asked."""
    route.fulfill(status=status, body=body, content_type=content_type)


def stored(context: BrowserContext, url: str) -> str:
    """What the person of ``context`` finds under "My answers", asked for anew."""
    answer = context.request.get(f"{url}/workbook/answers/")
    assert answer.status == 200
    return answer.text()


def until(page: Page, happened: Callable[[], object]) -> None:
    """Waits for what no expectation of Playwright can see, while the page goes on."""
    end = time.monotonic() + PATIENCE / 1_000
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        page.wait_for_timeout(20)


def expect_stored(page: Page, address: str, text: str) -> None:
    """``text`` soon stands at ``address``: what a closing page sends may arrive after the next."""
    until(page, lambda: text in page.context.request.get(address).text())


def versions(page: Page, name: str) -> str:
    """All that the history of one answer shows, each version opened."""
    href = prompt(page, name).get_by_role("link", name="Earlier versions").get_attribute("href")
    address = page.url.split("/workbook/")[0] + str(href)
    read = page.request.get(address).text()
    opened = [
        page.request.get(address + query).text()
        for query in re.findall(r'"(\?version=[^"]+)"', read)
    ]
    return "\n".join([read, *opened])


def sign_in_at_once(context: BrowserContext, url: str, person: Person) -> None:
    """Gives the browser the session of ``person``, whoever was signed in before."""
    context.add_cookies([{"name": person.cookie_name, "value": person.cookie, "url": url}])


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    """Through the form, as people do."""
    page.goto(f"{url}/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/workbook/")


def sign_up(page: Page, email: str, password: str) -> None:
    """From the landing page to the workbook."""
    page.get_by_role("link", name="Open my workbook").first.click()
    page.get_by_role("link", name="Make a workbook of your own").click()
    page.locator("[name=email]").fill(email)
    page.locator("[name=password1]").fill(password)
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Make my workbook").click()
    page.wait_for_url("**/workbook/")


def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Presses Tab until the field called ``name`` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f':focus[name="{name}"]').count():
            return
    raise AssertionError(f"{name} was not reached by Tab")
