"""A therapist's list of clients, in a browser and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.people import People
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

MAKE = """
from django.db import transaction
from tests.exercises.care.many import many_clients
from trustbook.accounts.models import User

therapist = User.objects.get(email={email!r})
with transaction.atomic():
    files = many_clients(therapist, 3, per_client=5)
for file, label in zip(files, ["Zoë", "Averylonglabelwithoutanybreak" * 4, "Tuesday, 10:00"]):
    file.seal_label(therapist, label)
    file.save()
"""


@pytest.mark.prove  # test_every_page looks at it each time
def test_clients(
    people: People, site: LiveServer, new_context: Callable[..., BrowserContext]
) -> None:
    therapist = people.therapist()
    site.manage("shell", "--verbosity=0", "-c", MAKE.format(email=therapist.email))
    page = new_context(therapist).new_page()
    page.goto("/care/?show=nonsense")
    expect(page.locator(".errorlist")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(3)
    looks_well(page)
    plain = new_context(therapist, java_script_enabled=False).new_page()
    plain.goto("/care/")
    plain.get_by_label("Show").select_option("Waits on you")
    plain.get_by_label("Sorted by").select_option("Label")
    plain.get_by_role("button", name="Show", exact=True).click()
    expect(plain).to_have_url(re.compile("show=you&order=label$"))
    expect(plain.locator("tbody a").last).to_have_text("Zoë")
    plain.get_by_label("Search by label").fill("zoe")
    plain.get_by_role("button", name="Search").click()
    expect(plain.locator("tbody a")).to_have_text("Zoë")
    expect(plain).to_have_url(re.compile("/care/$"))
