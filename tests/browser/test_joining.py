"""Two people with a browser each come together and part again, from the link or by the code."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import PASSWORD, People, Person
from tests.browser.test_every_page import looks_well

pytestmark = pytest.mark.browser

JOIN = re.compile("/together/join/$")
TOGETHER = re.compile("/together/$")
NARROW = {"viewport": {"width": 390, "height": 844}}


def invite(page: Page) -> tuple[str, str]:
    """The link and the code of a new invitation."""
    page.goto("/together/invite/")
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your invitation")
    link, code = page.locator(".handed").all_inner_texts()
    return link, code


def addresses_asked(context: BrowserContext) -> list[str]:
    """Every address that this browser asks for from now on, and whence it says that it comes."""
    asked: list[str] = []
    context.on(
        "request", lambda request: asked.append(f"{request.url} {request.headers.get('referer')}")
    )
    return asked


def fill_sign_in(page: Page, person: Person, password: str = PASSWORD) -> None:
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def expect_carried(page: Page, link: str) -> None:
    """The form holds what the link held, and the address bar no longer does."""
    expect(page).to_have_url(JOIN)
    expect(page.get_by_label("Link or code")).to_have_value(link.partition("#")[2])


def join(page: Page, inviter: Person) -> None:
    page.get_by_role("button", name="See who invites me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{inviter.email} invites you")
    page.get_by_role("button", name="Share a workbook").click()
    expect(page).to_have_url(TOGETHER)


def test_by_the_link_through_signing_in(
    page: Page, person: Person, people: People, new_context: Callable[..., BrowserContext]
):
    """With a mistyped password on the way; then one of the two leaves."""
    link, _ = invite(page)
    looks_well(page)
    invited, context = people.next(), new_context(**NARROW)
    asked = addresses_asked(context)
    tab = context.new_page()
    tab.goto(link)
    tab.get_by_role("link", name="See who invites me").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Sign in")
    fill_sign_in(tab, invited, "mistyped, alas")
    expect(tab.locator(".errorlist")).to_be_visible()
    fill_sign_in(tab, invited)
    expect_carried(tab, link)
    tab.reload()
    expect(tab.get_by_label("Link or code")).to_have_value("")
    tab.goto(link)
    tab.get_by_role("link", name="See who invites me").click()
    expect_carried(tab, link)
    tab.get_by_role("button", name="See who invites me").click()
    looks_well(tab)
    tab.go_back()
    tab.get_by_label("Link or code").fill(link)
    join(tab, person)
    secret = link.partition("#")[2]
    # What follows the # is no part of what is sent, though Playwright shows it with a page's own.
    sent = [re.sub(r"^(\S+?)#\S*", r"\1", one) for one in asked]
    assert len(sent) > 10
    assert [one for one in sent if secret in one] == []
    page.goto("/together/leave/")
    expect(page.get_by_text(f"You share it with {invited.email}.")).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="Leave now").click()
    expect(page).to_have_url(TOGETHER)
    for one in (page, tab):
        one.goto("/together/leave/")
        expect(one).to_have_url(TOGETHER)


@pytest.mark.prove  # long; the way through signing in is the same
def test_by_the_link_through_making_a_workbook(
    page: Page, person: Person, new_context: Callable[..., BrowserContext]
):
    link, _ = invite(page)
    tab = new_context().new_page()
    tab.goto(link)
    tab.get_by_role("link", name="See who invites me").click()
    tab.get_by_role("link", name="Make a workbook of your own").click()
    tab.locator("[name=email]").fill(f"invited.by.{person.email}")
    tab.locator("[name=password1]").fill(PASSWORD)
    tab.locator("[name=consent]").check()
    tab.get_by_role("button", name="Make my workbook").click()
    expect_carried(tab, link)
    join(tab, person)


def test_by_the_code_without_scripts(
    plain_page: Page, person: Person, people: People, new_context: Callable[..., BrowserContext]
):
    _, code = invite(plain_page)
    tab = new_context(people.next(), java_script_enabled=False, **NARROW).new_page()
    tab.goto("/join/")
    tab.get_by_role("link", name="See who invites me").click()
    tab.get_by_label("Link or code").fill(code.lower().replace("-", " "))
    join(tab, person)


def test_what_goes_wrong(page: Page):
    page.goto("/together/join/")
    page.get_by_label("Link or code").fill("00000-00000")
    page.get_by_role("button", name="See who invites me").click()
    expect(page.get_by_role("alert")).to_contain_text("This opens no invitation.")
    looks_well(page)
    page.get_by_label("Link or code").fill("a word " * 60)
    page.get_by_role("button", name="See who invites me").click()
    expect(page.locator(".errorlist")).to_be_visible()
    looks_well(page)
    for _ in range(6):
        page.goto("/together/invite/")
        page.locator("[name=again]").check()
        page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("Five invitations are open")
    looks_well(page)
