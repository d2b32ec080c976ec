"""Taking everything along and bringing it in, as people do, with and without JavaScript."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Download, Page, expect

from tests.browser.pages import BEFORE, expect_saved, field, write
from tests.browser.people import People, Person

pytestmark = pytest.mark.browser
EXPORT = "/privacy/export/"
BUTTON = "Make the file"
SAID = "A heron by the river, \N{GRINNING FACE} *and* more."


def prove(page: Page, person: Person, address: str = EXPORT) -> None:
    """Opens ``address`` and, where that is asked for, shows once more who is there."""
    page.goto(address)
    if "reauthenticate" in page.url:
        page.locator("[name=password]").fill(person.password)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"**{address}")


def opened(download: Download) -> zipfile.ZipFile:
    """What was downloaded."""
    assert download.suggested_filename == "workbook.zip"
    return zipfile.ZipFile(io.BytesIO(Path(download.path()).read_bytes()))


def written_in(archive: zipfile.ZipFile) -> list[str]:
    """All values of all answers."""
    held = json.loads(archive.read("workbook.json"))
    return [one["value"] for row in held["answers"] for one in row["revisions"]]


def press(page: Page) -> zipfile.ZipFile:
    """Presses the button and takes what comes."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=BUTTON).click()
    return opened(coming.value)


def test_all_of_it_with_progress_shown(page: Page, person: Person):
    page.goto(BEFORE)
    write(page, "moment", SAID)
    expect_saved(page, "moment")
    page.goto("/privacy/")
    page.get_by_role("link", name="Take everything along").click()
    prove(page, person)
    page.evaluate(
        """window.seen = []; new MutationObserver(() => seen.push(
            document.querySelector("[data-export-says]").textContent
        )).observe(document.querySelector("[data-export-progress]"),
            {subtree: true, childList: true, attributes: true})"""
    )
    archive = press(page)
    assert archive.testzip() is None
    assert written_in(archive) == [SAID]
    assert archive.read("workbook.pdf").startswith(b"%PDF-1.7")
    expect(page.locator("[data-export-says]")).to_contain_text("Done: workbook.zip,")
    said = list(dict.fromkeys(page.evaluate("seen")))
    assert said[0] == "Looking for everything that you have here."
    assert "Your texts are here. Now the PDF is being made." in said
    bar = page.locator("[data-export-bar]")
    assert bar.evaluate("bar => bar.value === bar.max && bar.max >= 7")


def test_the_same_without_javascript(plain_page: Page, person: Person):
    page = plain_page
    page.goto(BEFORE)
    field(page, "moment").fill(SAID)
    page.get_by_role("button", name="Save", exact=True).last.click()
    prove(page, person)
    assert written_in(press(page)) == [SAID]
    expect(page.locator("[data-export-progress]")).to_be_hidden()


def test_a_file_that_breaks_off_is_not_kept(page: Page, person: Person):
    prove(page, person)
    whole = page.context.request.get(EXPORT)  # a page, and so no ZIP
    page.route(
        f"**{EXPORT}",
        lambda route: route.fulfill(
            status=200, body=whole.body(), headers={"content-type": "application/zip"}
        ),
    )
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[data-export-says]")).to_contain_text("The file broke off on its way")
    page.unroute(f"**{EXPORT}")
    assert written_in(press(page)) == []


def test_no_network_is_said(page: Page, person: Person):
    prove(page, person)
    page.route(f"**{EXPORT}", lambda route: route.abort())
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[data-export-says]")).to_contain_text("Try again.")


def test_a_proof_that_grew_old_is_asked_for_anew(page: Page, person: Person):
    prove(page, person)
    page.route(
        f"**{EXPORT}",
        lambda route: (
            route.fulfill(status=302, headers={"location": "/accounts/reauthenticate/"})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    with page.expect_navigation():
        page.get_by_role("button", name=BUTTON).click()


@pytest.mark.parametrize("scripts", [True, False])
def test_into_another_account(
    new_context: Callable[..., BrowserContext],
    people: People,
    tmp_path: Path,
    scripts: bool,
):
    first, second = people.next(), people.next()
    page = new_context(first).new_page()
    page.goto(BEFORE)
    write(page, "moment", SAID)
    expect_saved(page, "moment")
    prove(page, first)
    with page.expect_download() as coming:
        page.get_by_role("button", name=BUTTON).click()
    file = tmp_path / "workbook.zip"
    coming.value.save_as(file)

    there = new_context(second, java_script_enabled=scripts).new_page()
    there.goto("/privacy/")
    there.get_by_role("link", name="Bring a workbook in").click()
    there.get_by_label("The file").set_input_files(file)
    there.get_by_role("button", name="Bring it in").click()
    expect(there.locator(".notice").first).to_contain_text("Brought in: 1 version.")
    there.goto("/workbook/answers/")
    expect(there.locator(".entry .answer")).to_contain_text(SAID)

    there.goto("/privacy/import/")
    bad = tmp_path / "workbook.json"
    bad.write_text('{"format": "another"}')
    there.get_by_label("The file").set_input_files(bad)
    there.get_by_role("button", name="Bring it in").click()
    expect(there.get_by_role("alert")).to_contain_text("Nothing was brought in.")
    expect(there.get_by_role("alert")).to_contain_text("format")
