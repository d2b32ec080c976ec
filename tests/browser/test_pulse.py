"""The weekly check-in: by keyboard, without scripts, in two tabs; weeks as lines and numbers."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import pages
from tests.browser.pages import expect_saved, field, prompt, tab_to, write
from tests.browser.people import Person
from tests.browser.test_every_page import looks_well
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser

WEEKS = "/workbook/pulse/"
HEARTBEAT = "/workbook/trust/the-heartbeat/"
PAST = """
import uuid
from datetime import timedelta
from exercises.models import Pulse, WeekNote
from exercises.pulse.prompts import NOTE, PULSE
from exercises.recording import Draft, record
from exercises.weeks import week_of
from trustbook.accounts.models import User

person = User.objects.get(email={email!r})
for back in {weeks}:
    week = {{"week": week_of(person) - timedelta(weeks=back)}}
    numbers = {{part: (back + at) % 7 + 1 for at, part in enumerate(PULSE.statements)}}
    record(Pulse, week, person, PULSE, Draft(numbers, None, uuid.uuid4()))
    if back % 5 == 1:
        note = f"A week with averylongwordwithoutanybreakinitatallforonce, {{back}} ago"
        record(WeekNote, week, person, NOTE, Draft(note, None, uuid.uuid4()))
"""


@pytest.fixture
def weeks(site: LiveServer, person: Person):
    """Makes weeks of the past, so many weeks ago."""

    def make(*back: int) -> None:
        script = PAST.format(email=person.email, weeks=back)
        site.manage("shell", "--no-imports", "--verbosity=0", "-c", script)

    return make


def number(page: Page, part: str, choice: int):
    return page.locator(f'[name="pulse.{part}"][value="{choice}"]')


def rows(page: Page) -> list[list[str]]:
    """The table, without the dates of its weeks."""
    return [
        row.locator("td").all_inner_texts() for row in page.locator("table.weeks tbody tr").all()
    ]


def test_a_minute_by_keyboard(page: Page):
    page.goto(WEEKS)
    tab_to(page, "pulse.openness")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(number(page, "openness", 2)).to_be_checked()
    tab_to(page, "pulse.reliability")
    page.keyboard.press("ArrowLeft")  # from the first one to the last
    tab_to(page, "note")
    page.keyboard.type("We spoke on the stairs.")
    expect_saved(page, "pulse")
    expect_saved(page, "note")
    page.keyboard.press("Tab")
    for _ in range(3):
        if page.locator(":focus").inner_text() != "Save this week":
            page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice[role=status]")).to_have_text("Saved.")
    chosen = [box.get_attribute("name") for box in page.locator("[name^=pulse]:checked").all()]
    assert rows(page)[0][0] == "2"
    assert "pulse.openness" in chosen
    expect(field(page, "note")).to_have_value("We spoke on the stairs.")
    expect(page.locator("#notes + .entry .answer")).to_have_text("We spoke on the stairs.")


def test_the_same_without_javascript(plain_page: Page):
    page = plain_page
    page.goto(WEEKS)
    for choice, part in enumerate(("openness", "reliability", "boundaries", "support"), start=3):
        number(page, part, choice).check()
    field(page, "note").fill("Rain all week.")
    page.get_by_role("button", name="Save this week").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    [row] = rows(page)
    assert [cell.split("\n")[0].strip() for cell in row] == ["3", "4", "5", "6", "–"]
    expect(page.get_by_role("img", name="Support over the weeks")).to_be_visible()
    page.goto("/workbook/answers/")
    expect(page.locator("main")).to_contain_text("Rain all week.")


def test_two_tabs(context: BrowserContext):
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(WEEKS)
    write(first, "note", "Written in the first tab")
    expect_saved(first, "note")
    write(second, "note", "Written in the second tab")
    panel = prompt(second, "note").locator(".conflict")
    expect(panel).to_contain_text("Written in the first tab")
    second.get_by_role("button", name="Keep mine").click()
    expect_saved(second, "note")
    second.reload()
    expect(field(second, "note")).to_have_value("Written in the second tab")


def test_lines_with_words_and_numbers_beside_them(page: Page, weeks):
    weeks(5, 4, 2, 1)
    page.goto(WEEKS)
    plots = page.get_by_role("img")
    assert plots.count() == 5
    name, told = (
        plots.first.evaluate(f"svg => svg.querySelector('{tag}').textContent")
        for tag in ("title", "desc")
    )
    assert name == "Openness over the weeks"
    assert re.fullmatch(
        r"6 of 7 in the week of [\w ]+, 2 of 7 in the week of [\w ]+\. "
        r"The table has the number of each week\.",
        told,
    )
    assert plots.first.locator(".line").get_attribute("d") == "M10 10L30 20M70 40L90 50"
    assert [row[0] for row in rows(page)] == ["2", "3", "5", "6"]
    looks_well(page)


def test_in_print(page: Page, weeks):
    weeks(5, 4, 2, 1)
    page.set_viewport_size({"width": 700, "height": 900})  # about a sheet of paper
    page.goto(WEEKS)
    page.emulate_media(media="print")
    for part in (page.get_by_role("img").last, page.locator("table.weeks"), page.locator("#notes")):
        expect(part).to_be_visible()
    for part in (page.locator(".top"), page.get_by_role("button", name="Save this week")):
        expect(part).to_be_hidden()
    box = page.locator(".scroll")
    assert box.evaluate("box => getComputedStyle(box).overflowX") == "visible"
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.prove  # long
def test_two_years_in_a_narrow_window(page: Page, weeks):
    weeks(*range(104))
    page.goto(WEEKS)
    assert len(rows(page)) == 26
    page.get_by_role("link", name="Show the 78 weeks before these as well").click()
    page.wait_for_url("**all=1**")
    assert len(rows(page)) == 104
    looks_well(page)
    page.set_viewport_size({"width": 320, "height": 640})
    box = page.locator(".scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.evaluate(
        "box => { window.scrolled = new Promise((done) => { box.onscroll = () => done(true); }); }"
    )
    box.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.scrolled")


def test_an_old_week(page: Page, weeks):
    weeks(6)
    page.goto(WEEKS)
    page.locator("table.weeks a").click()
    page.wait_for_url("**/pulse/20*/")
    expect(page.locator("main")).to_contain_text("What you said then")
    write(page, "note", " Looking back.")
    expect_saved(page, "note")
    looks_well(page)
    page.reload()
    expect(field(page, "note")).to_have_value(
        "A week with averylongwordwithoutanybreakinitatallforonce, 6 ago Looking back."
    )


@pytest.mark.prove  # long
def test_the_start_beside_now_follows_what_is_chosen(page: Page, weeks):
    weeks(12)
    page.goto(HEARTBEAT)
    cells = page.locator(".then-now tbody tr").first.locator("td")
    expect(cells).to_have_text(["6", "–no answer"])
    page.locator('[name="now.openness"][value="3"]').check()
    expect(cells).to_have_text(["6", "3"])
    expect_saved(page, "now")
    page.locator('[name="now.openness"][value=""]').check()
    expect(cells).to_have_text(["6", "–no answer"])
    expect_saved(page, "now")
    looks_well(page)


def test_what_is_typed_is_only_for_the_server(page: Page):
    page.goto(WEEKS)
    number(page, "safety", 4).check()
    write(page, "note", "Only here")
    expect_saved(page, "pulse")
    expect_saved(page, "note")
    left = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert left == [0, 0]
    assert pages.base(page, "note") != ""
