"""A therapist invites somebody, who signs in on the way and accepts; then it ends."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.people import People
from tests.browser.test_every_page import looks_well
from tests.browser.test_joining import NARROW, addresses_asked, fill_sign_in

pytestmark = [pytest.mark.browser, pytest.mark.prove]  # test_joining goes the same way each time

ACCEPT = re.compile("/therapist/accept/$")
MINE = re.compile("/therapist/$")


def test_by_the_link_through_signing_in(people: People, new_context: Callable[..., BrowserContext]):
    person = people.therapist()
    page = new_context(person).new_page()
    page.goto("/care/invite/")
    page.get_by_label("Your label for this client").fill("Tuesday, 10:00")
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The invitation of Tuesday, 10:00")
    link, _ = page.locator(".handed").all_inner_texts()
    invited, context = people.next(), new_context(**NARROW)
    asked = addresses_asked(context)
    tab = context.new_page()
    tab.goto(link)
    tab.get_by_role("link", name="See who invites me").click()
    fill_sign_in(tab, invited)
    expect(tab).to_have_url(ACCEPT)
    expect(tab.get_by_label("Link or code")).to_have_value(link.partition("#")[2])
    tab.get_by_role("button", name="See who invites me").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"{person.email} invites you")
    looks_well(tab)
    tab.get_by_role("button", name="Accept").click()
    expect(tab).to_have_url(MINE)
    expect(tab.get_by_text(person.email).first).to_be_visible()
    # What follows the # is no part of what is sent, though Playwright shows it with a page's own.
    sent = [re.sub(r"^(\S+?)#\S*", r"\1", one) for one in asked]
    assert [one for one in sent if link.partition("#")[2] in one] == []
    page.goto("/care/")
    expect(page.get_by_role("link", name="Tuesday, 10:00")).to_be_visible()
    tab.get_by_role("link", name="End it").click()
    tab.get_by_role("button", name="End it now").click()
    expect(tab).to_have_url(MINE)
    expect(tab.get_by_role("link", name="Accept an invitation")).to_be_visible()
