"""Every page in light and dark: axe finds nothing, and nothing sticks out at 320 pixels."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.accounts.test_second_step import code_of
from tests.browser import pages
from tests.browser.one_client import with_clients
from tests.browser.pages import ALL, BEFORE, field, prompt, status, write
from tests.browser.people import People, Person
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/lessons/",
    "/lessons/search/",
    "/lessons/search/?q=promise+kept",
    "/lessons/search/?q=zebra",
    "/lessons/search/?q=" + "a" * 201,
    "/lessons/trust/",
    "/lessons/trust/promises/",
    "/lessons/trust/patience/",
    "/lessons/twelve/all/",
    "/help/",
    "/help/leaving/",
    "/what-we-promise/",
    "/legal/privacy/",
    "/legal/terms/",
    "/privacy/ended/",
    "/nowhere/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/0-0-0/",
    "/accounts/confirm-email/nothing/",
    "/accounts/2fa/authenticate/",
    "/reminders/stop/nothing/",
    "/join/",
    "/invitation/",
    "/never-write/nothing/",
]
ACCOUNT = [
    "/accounts/settings/",
    "/accounts/sessions/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/",
    "/reminders/",
    "/privacy/",
    "/privacy/import/",
    "/privacy/delete/",
    "/together/safety/",
    "/together/invite/",
    "/together/join/",
    "/therapist/",
    "/therapist/accept/",
    "/workbook/deleted/00000000-0000-0000-0000-000000000001/",
]
EMPTY = [
    "/workbook/",
    "/workbook/answers/",
    "/workbook/pulse/",
    "/sharing/",
    "/sharing/weeks/",
    "/therapist/opened/",
    "/together/",
    BEFORE,
    ALL,
    "/workbook/trust/what-trust-does/",
    "/workbook/trust/the-heartbeat/",
]
CARE = [
    "/care/",
    "/care/secure/",
    "/care/practice/",
    "/care/assign/",
    "/care/pathways/",
    "/care/pathways/new/",
    "/care/invite/",
    "/care/invite/many/",
    "/care/lessons/",
    "/care/lessons/new/",
]
"""Of a therapist who has written nothing and has no client."""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""What can differ between light and dark, whose pages are the same."""


def looks_well(page: Page) -> None:
    """Fails with all that is wrong with the page as it stands now."""
    wrong = []
    page.wait_for_load_state()  # what was looked for may be there before the styles are
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    light = Axe().run(page, options={"resultTypes": ["violations"]})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = Axe().run(page, options=COLOURS)
    for scheme, found in (("light", light), ("dark", dark)):
        if found.violations_count:
            wrong.append(f"{page.url} in {scheme}: {found.generate_report()}")
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > 320:
        wrong.append(f"{page.url} is {wide} px wide in a window of 320 px: {_widest(page)}")
    if before:
        page.set_viewport_size(before)
    assert not wrong, "\n".join(wrong)


def _widest(page: Page) -> str:
    """What sticks out, the innermost last."""
    return str(
        page.evaluate(
            """[...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > 320.5)
            .map((one) => one.outerHTML.slice(0, 80)).slice(-3).join(" | ")"""
        )
    )


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages(new_context: Callable[..., BrowserContext], address: str):
    page = new_context().new_page()
    page.goto(address)
    looks_well(page)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "429", "500"])
def test_pages_that_tell_of_trouble(new_context: Callable[..., BrowserContext], name: str):
    """As the server would send them, which cannot be brought into all of these troubles."""
    html = render_to_string(f"{name}.html", {"message": "Nothing of it is saved; go back."})
    page = new_context().new_page()
    page.route("**/trouble/", lambda route: pages.answered(route, 500, html, "text/html"))
    page.goto("/trouble/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    looks_well(page)


@pytest.mark.parametrize("address", ACCOUNT)
def test_account_pages(page: Page, address: str):
    page.goto(address)
    assert urlsplit(page.url).path == address  # and not the question for the password
    looks_well(page)


@pytest.mark.parametrize("address", EMPTY)
def test_the_workbook_before_anything_is_written(page: Page, address: str):
    page.goto(address)
    looks_well(page)


@pytest.mark.parametrize("address", CARE)
def test_a_therapists_pages(
    new_context: Callable[..., BrowserContext], therapist: Person, address: str
):
    page = new_context(therapist).new_page()
    page.goto(address)
    assert urlsplit(page.url).path == address
    looks_well(page)


def test_a_practice_page(new_context: Callable[..., BrowserContext], therapist: Person):
    page = new_context(therapist).new_page()
    page.goto("/care/practice/")
    page.locator("[name=name]").fill("Dr Averylongnamewithoutanybreakinitatallforonce")
    page.locator("[name=about]").fill("Averylongwordwithoutanybreakinitatallforonce " * 6)
    page.locator("[name=booking]").fill("http://example.org/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").first).to_be_visible()
    looks_well(page)
    page.locator("[name=booking]").fill("https://example.org/")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("link", name="Book an appointment")).to_be_visible()
    looks_well(page)


@pytest.mark.prove  # long; the whole way of a therapist looks at the chief ones each time
def test_pages_of_one_client(
    new_context: Callable[..., BrowserContext], site: LiveServer, people: People
):
    therapist, addresses = with_clients(site, people)
    page = new_context(therapist).new_page()
    for address in addresses:
        page.goto(address)
        assert address.startswith(urlsplit(page.url).path)  # and not the question for a proof
        looks_well(page)


def test_the_workbook_with_answers(page: Page):
    page.goto(BEFORE)
    for text in ("A first thought that becomes longer.", " And longer."):
        write(page, "moment", text)
        pages.expect_saved(page, "moment")
    looks_well(page)
    prompt(page, "moment").get_by_role("link", name="Earlier versions").click()
    page.wait_for_url("**/answers/*-*/")
    looks_well(page)
    page.locator("a[href^='?version=']").first.click()
    page.wait_for_url("**version=**")
    looks_well(page)
    page.goto("/workbook/answers/")
    looks_well(page)
    page.locator("[name=words]").fill("nowhere")
    page.locator("[name=words]").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("nowhere")
    looks_well(page)
    page.goto(BEFORE)
    page.get_by_role("button", name="Finish this lesson").click()
    expect(page.get_by_role("status").filter(has_text="finished")).to_be_visible()
    looks_well(page)
    page.goto("/workbook/")
    looks_well(page)


def test_deleting(page: Page, person: Person):
    page.goto(BEFORE)
    write(page, "moment", "Averylongwordwithoutanybreakinitatallforonce " * 6)
    pages.expect_saved(page, "moment")
    page.goto("/workbook/answers/")
    page.get_by_role("link", name="Delete this answer").click()
    page.wait_for_url("**/delete/")
    looks_well(page)
    page.clock.install()  # axe takes longer than the 30 seconds on a busy machine
    page.get_by_role("button", name="Delete it").click()
    page.wait_for_url("**/deleted/*/")
    looks_well(page)
    for address in ("/privacy/delete/answers/twelve/", "/privacy/delete/account/"):
        page.goto(address)
        if "reauthenticate" in page.url:
            page.locator("[name=password]").fill(person.password)
            page.get_by_role("button", name="Go on").click()
            page.wait_for_url(f"**{address}")
        looks_well(page)
    page.locator("form").last.evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    looks_well(page)


def test_every_kind_filled(page: Page):
    page.goto(ALL)
    for box in page.locator(".exercise textarea:visible").all():
        box.fill("Words that take a little room, and averylongwordwithoutanybreakinitatallforonce")
    for group in (".scale", ".choices"):
        for one in page.locator(group).all():
            one.locator("label").first.click()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(status(page)).to_have_text("All saved.", timeout=pages.PATIENCE)
    looks_well(page)
    page.reload()
    looks_well(page)
    page.goto("/workbook/answers/")
    looks_well(page)


def test_two_texts(context: BrowserContext):
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(BEFORE)
    write(first, "moment", "Written in the first tab")
    pages.expect_saved(first, "moment")
    write(second, "moment", "Written in the second tab")
    expect(second.locator(".conflict")).to_be_visible()
    looks_well(second)


def test_not_saved(page: Page):
    pages.cut(page)
    page.goto(BEFORE)
    write(page, "moment", "Somewhere in a tunnel")
    pages.expect_trying(page, "moment")
    looks_well(page)


def test_signed_out(page: Page, context: BrowserContext):
    page.goto(BEFORE)
    context.clear_cookies()
    write(page, "moment", "Still here")
    expect(status(page)).to_contain_text("You are signed out")
    looks_well(page)


def test_refused_and_full(page: Page):
    page.goto(ALL)
    for label in ("A talk", "A walk", "Rest"):
        prompt(page, "helps").get_by_label(label).check()
    field(page, "scene").fill("a" * 20_000)
    field(page, "theirs").focus()
    expect(prompt(page, "helps").get_by_role("alert")).to_be_visible()
    pages.expect_saved(page, "scene")
    looks_well(page)


def test_errors_of_forms(new_context: Callable[..., BrowserContext]):
    page = new_context().new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("nobody@example.org")
    page.locator("[name=password]").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".errorlist")).to_be_visible()
    looks_well(page)
    page.goto("/accounts/signup/")
    page.locator("form").last.evaluate("form => { form.noValidate = true }")
    page.locator("[name=email]").fill("no address")
    page.locator("[name=password1]").fill("short")
    page.get_by_role("button", name="Make my workbook").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    looks_well(page)


def test_kept_without_scripts(page: Page, context: BrowserContext):
    # axe is a script itself, so only the page's own one is left out.
    page.route("**/workbook.js", lambda route: route.abort())
    page.goto(ALL)
    field(page, "scene").fill("Still here")
    context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_well(page)


def test_taking_everything_along(page: Page):
    page.goto("/privacy/export/")
    expect(page).to_have_url(re.compile("/privacy/export/$"))
    looks_well(page)
    with page.expect_download():
        page.get_by_role("button", name="Make the file").click()
    expect(page.locator("[data-export-says]")).to_contain_text("Done")
    looks_well(page)


def test_a_file_that_cannot_be_brought_in(page: Page):
    page.goto("/privacy/import/")
    wrong = {f"a-key-of-averylongname-that-nobody-knows-{number}": 1 for number in range(20)}
    held = json.dumps(wrong).encode()
    file = FilePayload(name="workbook.json", mimeType="application/json", buffer=held)
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was brought in.")
    looks_well(page)


def test_recovery_codes(page: Page):
    page.goto("/accounts/2fa/recovery-codes/generate/")
    expect(page).to_have_url(re.compile("/recovery-codes/generate/$"))
    looks_well(page)


def test_reminders(page: Page, new_context: Callable[..., BrowserContext]):
    page.goto("/reminders/")
    page.get_by_label("Remind me once a week").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The next weekly reminder comes on")).to_be_visible()
    page.get_by_text("What such a mail says").click()
    looks_well(page)
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.get_by_label("Time", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".errorlist")).to_be_visible()
    looks_well(page)
    nobody = new_context(java_script_enabled=False).new_page()
    nobody.goto("/reminders/stop/nothing/")
    nobody.get_by_role("button", name="Stop all notes").click()
    expect(nobody.get_by_role("heading", name="No more notes")).to_be_visible()


def test_a_second_step(page: Page, context: BrowserContext, person: Person, site: LiveServer):
    """An app, its recovery codes and a passkey, from setting them up to signing in with them."""
    page.goto("/accounts/2fa/totp/activate/")
    secret = page.locator("code.secret").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".codes li").first).to_be_visible()
    looks_well(page)
    chip = {"protocol": "ctap2", "transport": "internal", "isUserVerified": True}
    with_passkeys = context.new_cdp_session(page)
    with_passkeys.send("WebAuthn.enable")
    has = {"hasResidentKey": True, "hasUserVerification": True}
    with_passkeys.send("WebAuthn.addVirtualAuthenticator", {"options": chip | has})
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("[name=name]").fill("The telephone")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/accounts/2fa/")
    looks_well(page)
    for name in ("Rename", "Remove"):
        page.goto("/accounts/2fa/webauthn/")
        looks_well(page)
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        looks_well(page)
    for address in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
        page.goto(f"/accounts/2fa/{address}")
        assert urlsplit(page.url).path == f"/accounts/2fa/{address}"
        looks_well(page)
    context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    looks_well(page)
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url("**/workbook/")
