"""The pages on which lessons are assigned and on which a client finds them, in light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import People, Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

LINKED = """
from exercises.carelinks import make_link
from tests.conftest import a_file
from trustbook.accounts.models import User
therapist, client = (User.objects.get(email=email) for email in ({therapist!r}, {client!r}))
a_file(therapist, "Friday, 9:00")
make_link(a_file(therapist, "Tuesday, 10:00"), client)
"""


@pytest.fixture
def desk(site: LiveServer, person: Person, people: People) -> Person:
    """The therapist of ``person``, with the second step shown."""
    therapist = people.therapist()
    script = LINKED.format(therapist=therapist.email, client=person.email)
    site.manage("shell", "--verbosity=0", "--no-imports", "-c", script)
    return therapist


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
