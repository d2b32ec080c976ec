"""The whole way of a therapist and a client, from the invitation to the end."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import pages
from tests.browser.people import People
from tests.browser.test_every_page import looks_well

pytestmark = pytest.mark.browser

LABEL, NOTE = "Tuesday, 10:00", "Read it slowly, and only once."
TEXT, LATER = "That I never asked what it was like for her.", "Nor do I want to."
SAID, REPLY = "What would you ask first?", "Whether she still has the letter."
LESSON = "A real apology"


@pytest.mark.parametrize(
    ("wide", "scripts"),
    [(1280, True), pytest.param(390, False, marks=pytest.mark.prove)],
    ids=["wide", "narrow, without scripts"],
)
def test_the_whole_way(
    people: People, new_context: Callable[..., BrowserContext], wide: int, scripts: bool
):
    options = {"viewport": {"width": wide, "height": 900}, "java_script_enabled": scripts}
    desk = new_context(people.therapist(), **options).new_page()
    client = new_context(people.next(), **options).new_page()
    invite(desk, client, scripts=scripts)
    assign(desk)
    do(client, scripts=scripts)
    read_and_respond(desk, scripts=scripts)
    answer_back(client, scripts=scripts)
    end(desk, client)


def look(page: Page, scripts: bool) -> None:
    """axe needs scripts."""
    if scripts:
        looks_well(page)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """A button of the page itself."""
    page.locator("main").get_by_role("button", name=name, exact=True).last.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """A link of the page itself."""
    page.locator("main").get_by_role("link", name=name).first.click()


def invite(desk: Page, client: Page, *, scripts: bool) -> None:
    """By the code; the client is told beforehand what will be seen."""
    desk.goto("/care/invite/")
    desk.get_by_label("Your label for this client").fill(LABEL)
    press(desk, "Make an invitation")
    _, code = desk.locator(".handed").all_inner_texts()
    client.goto("/therapist/accept/")
    client.get_by_label("Link or code").fill(code)
    press(client, "See who invites me")
    expect(client.locator("main")).to_contain_text("emergency")
    look(client, scripts)
    press(client, "Accept")
    expect(client).to_have_url(re.compile("/therapist/$"))


def assign(desk: Page) -> None:
    """A lesson with a day and a note; the list says that it is not begun."""
    desk.goto("/care/assign/")
    desk.get_by_label(LABEL).check()
    desk.get_by_label(LESSON).check()
    desk.get_by_label("Due on").fill("2199-05-10")
    desk.get_by_label("A note").fill(NOTE)
    press(desk, "Assign")
    expect(desk.get_by_role("status")).to_have_text("Your client will find it on Today.")
    desk.goto("/care/")
    expect(desk.locator("tbody tr")).to_contain_text(f"{LESSON} · not begun")


def do(client: Page, *, scripts: bool) -> None:
    """Begun, answered, shared in two steps, done; a later text stays private."""
    client.goto("/workbook/")
    expect(client.locator(".tasks")).to_contain_text(NOTE)
    follow(client, LESSON)
    press(client, "Begin")
    write(client, TEXT, scripts=scripts)
    client.locator(".prompt").get_by_role("link", name="Only you").first.click()
    press(client, "Share it with your therapist")
    expect(client.locator(".card.answer")).to_contain_text(TEXT)
    look(client, scripts)
    press(client, "Share it")
    client.goto("/workbook/")
    follow(client, LESSON)
    write(client, f"{TEXT} {LATER}", scripts=scripts)
    press(client, "Done")


def write(client: Page, text: str, *, scripts: bool) -> None:
    """The first long answer of the lesson."""
    box = client.locator(".prompt textarea").first
    box.fill(text)
    if not scripts:
        press(client, "Save now")
        return
    box.blur()
    name = str(box.get_attribute("name"))
    pages.expect_saved(client, name.partition(".")[0])
    client.reload()


def read_and_respond(desk: Page, *, scripts: bool) -> None:
    """The list says what is new; what was shared is read, nothing later, and written about."""
    desk.goto("/care/")
    row = desk.locator("tbody tr")
    expect(row).to_contain_text(f"{LESSON} · done")
    expect(row).to_contain_text("1 answer")
    follow(desk, LABEL)
    expect(desk.locator("main")).not_to_contain_text(TEXT)  # it is not opened here
    look(desk, scripts)
    follow(desk, LESSON)
    expect(desk.locator("main")).to_contain_text(TEXT)
    expect(desk.locator("main")).not_to_contain_text(LATER)
    look(desk, scripts)
    desk.get_by_text("Write to your client about it").click()
    desk.get_by_label("What you want to say").fill(SAID)
    press(desk, "Send it")
    expect(desk.locator("main")).to_contain_text(SAID)


def answer_back(client: Page, *, scripts: bool) -> None:
    """The client sees that it was opened and what was said, and answers."""
    client.goto("/therapist/opened/")
    expect(client.locator("main")).to_contain_text("on screen")
    look(client, scripts)
    client.goto("/workbook/")
    client.get_by_role("link", name="Read it").click()
    client.locator("main li a").first.click()
    expect(client.locator("main")).to_contain_text(SAID)
    client.locator("main textarea").last.fill(REPLY)
    press(client, "Send it")
    expect(client.locator("main")).to_contain_text(REPLY)
    look(client, scripts)


def end(desk: Page, client: Page) -> None:
    """Silently: the next click of the therapist finds nothing, and says no more than that."""
    desk.goto("/care/")
    expect(desk.locator("tbody tr")).to_contain_text("1 reply")
    follow(desk, LABEL)
    client.goto("/therapist/")
    follow(client, "End it")
    press(client, "End it now")
    expect(client.get_by_role("link", name="Accept an invitation")).to_be_visible()
    follow(desk, LESSON)
    expect(desk.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    desk.goto("/care/?show=unlinked")
    expect(desk.locator("main")).not_to_contain_text(TEXT)
    client.goto("/workbook/answers/")
    expect(client.locator("main")).to_contain_text(SAID)  # a copy of their own
