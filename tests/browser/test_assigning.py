"""Assigned with a day and a note, seen on Today, begun and done; the therapist sees the days."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import People, Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

LINKED = """
import time
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from exercises.carelinks import make_link
from exercises.models import ClientFile
from django.utils import timezone
from trustbook.accounts.models import User
from trustbook.accounts.sessions import SessionStore
therapist, client = (User.objects.get(email=email) for email in ({therapist!r}, {client!r}))
therapist.is_therapist = True
therapist.save()
TOTP.activate(therapist, generate_totp_secret())
session = SessionStore({cookie!r})
session["account_authentication_methods"] = [
    {{"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}}
]
session.save()
for label, person in (("Friday, 9:00", None), ("Tuesday, 10:00", client)):
    file = ClientFile(therapist=therapist, made_on=timezone.localdate())
    file.seal_label(therapist, label)
    file.save()
    if person:
        make_link(file, person)
"""
NOTE = "Read it slowly, and only once. Then ring me, or do not."


@pytest.fixture
def desk(site: LiveServer, person: Person, people: People) -> Person:
    """The therapist of ``person``, with the second step shown."""
    therapist = people.next()
    script = LINKED.format(therapist=therapist.email, client=person.email, cookie=therapist.cookie)
    site.manage("shell", "--verbosity=0", "--no-imports", "-c", script)
    return therapist


def test_from_the_desk_to_the_desk(
    page: Page, new_context: Callable[..., BrowserContext], desk: Person
):
    there = new_context(desk).new_page()
    there.goto("/care/assign/")
    expect(there.get_by_label("Friday, 9:00")).to_have_count(0)
    there.get_by_label("Tuesday, 10:00").check()
    there.get_by_label("A real apology").check()
    there.get_by_label("Due on").fill("2199-05-10")
    there.get_by_label("A note").fill(NOTE)
    there.get_by_role("button", name="Assign", exact=True).click()
    expect(there.get_by_role("status")).to_have_text("Your client will find it on Today.")
    page.goto("/workbook/")
    expect(page.locator(".tasks")).to_contain_text(NOTE)
    page.get_by_role("link", name="A real apology").first.click()
    expect(page.locator(".task")).to_contain_text("due Friday, 10 May 2199")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".task")).to_contain_text(re.compile("You said on .* that you began this"))
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text(re.compile("You said on .* that you have done this"))).to_be_visible()
    there.get_by_role("link", name="A real apology").click()
    for says in (re.compile(r"^Begun \d"), re.compile(r"^Done \d")):
        expect(there.get_by_role("listitem").filter(has_text=says)).to_have_count(1)
    there.get_by_role("link", name="Assign it again").click()
    expect(there.get_by_label("Tuesday, 10:00")).to_be_checked()
    expect(there.get_by_label("A real apology")).to_be_checked()


@pytest.mark.prove
def test_how_the_pages_look(page: Page, new_context: Callable[..., BrowserContext], desk: Person):
    """Too long for every run."""
    there = new_context(desk).new_page()
    for address in (
        "/care/assign/",
        "/care/assign/?pathway=the-first-weeks",
        "/care/pathways/",
        "/care/pathways/new/",
        "/care/pathways/supplied/after-a-breach/",
    ):
        there.goto(address)
        looks_well(there)
    there.goto("/care/pathways/new/?from=keeping-it")
    there.get_by_label("Name").fill("")
    there.get_by_role("button", name="Save the pathway").click()
    expect(there.get_by_role("alert")).to_be_visible()
    looks_well(there)
    there.get_by_label("Name").fill("Averylongwordwithoutanybreakinitatallforonce " * 2)
    there.get_by_role("button", name="Save the pathway").click()
    expect(there.get_by_role("status")).to_be_visible()
    looks_well(there)
    there.get_by_role("link", name="Delete it").click()
    looks_well(there)
    there.goto("/care/assign/?pathway=the-first-weeks")
    there.get_by_role("button", name="Look at who gets what").click()
    expect(there.get_by_role("alert")).to_be_visible()
    looks_well(there)
    there.get_by_label("Tuesday, 10:00").check()
    there.get_by_label("A note").fill("Averylongwordwithoutanybreakinitatallforonce " * 20)
    there.get_by_role("button", name="Look at who gets what").click()
    expect(there.get_by_role("heading", name="Who gets what")).to_be_visible()
    looks_well(there)
    there.get_by_role("button", name="Assign it").click()
    expect(there.get_by_role("status")).to_be_visible()
    looks_well(there)
    page.goto("/workbook/")
    looks_well(page)
    page.goto("/workbook/trust/what-trust-does/")
    looks_well(page)
    page.get_by_role("button", name="Put aside").click()
    expect(page.get_by_role("status")).to_have_text("It is put aside. Only you can see that.")
    looks_well(page)
