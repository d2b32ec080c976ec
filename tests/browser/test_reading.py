"""What a script adds to reading; all of it works without an account, and without the script."""

import gzip
import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.browser.pages import ALL, expect_saved, write
from tests.browser.test_every_page import looks_well

pytestmark = pytest.mark.browser

PUBLIC = "/lessons/trust/promises/"
PRIVATE = "/workbook/trust/promises/"


@pytest.fixture
def reader(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """The browser of somebody without an account."""
    return new_context()


def note(page: Page) -> Locator:
    """The first footnote, where it opens."""
    return page.locator(".note").first


@pytest.mark.parametrize("address", [PUBLIC, PRIVATE])
def test_a_footnote_opens_below_its_paragraph(page: Page, address: str):
    page.goto(address)
    number = page.get_by_role("button", name="Note 1")
    expect(note(page)).to_be_hidden()
    expect(number).to_have_attribute("aria-expanded", "false")
    number.click()
    expect(note(page)).to_contain_text("Schweitzer")
    expect(note(page)).not_to_contain_text("↩")
    expect(number).to_have_attribute("aria-expanded", "true")
    expect(number).to_be_focused()
    assert "#" not in page.url
    below = "note => note.previousElementSibling.contains(document.activeElement)"
    assert note(page).evaluate(below)
    number.click()
    expect(note(page)).to_be_hidden()
    expect(number).to_have_attribute("aria-expanded", "false")


def test_a_footnote_by_keyboard(reader: BrowserContext):
    page = reader.new_page()
    page.goto(PUBLIC)
    number = page.get_by_role("button", name="Note 1")
    for key, shown in (("Enter", True), ("Escape", False), ("Space", True), ("Enter", False)):
        number.press(key)
        expect(note(page)).to_be_visible(visible=shown)
        expect(number).to_be_focused()


@pytest.mark.parametrize("address", ["/lessons/trust/patience/", "/workbook/trust/patience/"])
def test_a_long_lesson_has_a_table_of_contents(page: Page, address: str):
    page.goto(address)
    page.get_by_text("In this lesson", exact=True).click()
    links = page.get_by_role("navigation", name="In this lesson").get_by_role("link")
    assert links.count() >= 4
    looks_well(page)
    links.last.click()
    heading = page.get_by_role("heading", level=2, name=links.last.inner_text())
    expect(heading).to_be_in_viewport()


def test_a_page_with_an_open_footnote_looks_well(reader: BrowserContext):
    page = reader.new_page()
    page.goto(PUBLIC)
    page.get_by_role("button", name="Note 1").click()
    looks_well(page)


def test_without_scripts_a_footnote_leads_down_and_back(
    new_context: Callable[..., BrowserContext],
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PUBLIC)
    page.locator("a.footnote-ref").first.click()
    expect(page).to_have_url(re.compile("#fn-1$"))
    page.locator("a.footnote-backref").first.click()
    expect(page).to_have_url(re.compile("#fnref-1$"))
    expect(note(page)).to_have_count(0)


def kept(page: Page) -> dict[str, str]:
    """All that the browser keeps for the site, outside of cookies."""
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return found


def choose(page: Page, *names: str) -> None:
    """Opens the part about the text and presses these."""
    page.get_by_text("Text size and spacing").click()
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def measure(page: Page) -> list[float]:
    """Pixels: the size of the text, the height of its lines, the space between its letters."""
    found: list[float] = page.evaluate(
        """(({fontSize, lineHeight, letterSpacing}) =>
            [fontSize, lineHeight, letterSpacing].map((text) => parseFloat(text) || 0))(
            getComputedStyle(document.querySelector("main p:not([class])")))"""
    )
    return found


def test_text_size_and_spacing_stay_chosen_without_an_account(reader: BrowserContext):
    page = reader.new_page()
    page.goto(PUBLIC)
    assert kept(page) == {}
    before = measure(page)
    choose(page, "130 %", "Wider")
    after = measure(page)
    assert after[0] > before[0] * 1.25
    assert after[1] == pytest.approx(after[0] * 2, rel=0.01)
    assert before[2] == 0
    assert after[2] == pytest.approx(after[0] * 0.06, rel=0.01)
    for address in ("/help/", "/lessons/search/", PUBLIC):
        page.goto(address)
        assert page.evaluate("({...document.documentElement.dataset})") == {
            "size": "2",
            "spacing": "2",
        }
        page.get_by_text("Text size and spacing").click()
        pressed = page.locator("[aria-pressed=true]")
        assert pressed.all_inner_texts() == ["130 %", "Wider"]
    assert measure(page) == after
    assert kept(page) == {"size": "2", "spacing": "2"}
    assert reader.cookies() == []
    page.get_by_role("button", name="100 %").click()
    page.get_by_role("button", name="Usual").click()
    assert measure(page) == before


def test_the_pressed_choice_can_be_read_under_the_mouse(reader: BrowserContext):
    page = reader.new_page()
    page.goto(PUBLIC)
    choose(page, "115 %")
    pressed = page.get_by_role("button", name="115 %")
    pressed.hover()
    looks_well(page)
    page.mouse.move(0, 0)
    away = css(pressed, "background-color")
    pressed.hover()
    assert css(pressed, "background-color") == away


def test_another_tab_follows(reader: BrowserContext):
    first, second = reader.new_page(), reader.new_page()
    for page in (first, second):
        page.goto(PUBLIC)
    choose(first, "150 %")
    expect(second.locator("html")).to_have_attribute("data-size", "3")


def test_nonsense_that_is_kept_is_passed_over(reader: BrowserContext):
    page = reader.new_page()
    page.goto("/help/")
    page.evaluate("localStorage.size = '9'; localStorage.spacing = '<b>'")
    page.reload()
    assert page.evaluate("({...document.documentElement.dataset})") == {"size": "0", "spacing": "0"}


def test_a_browser_that_keeps_nothing_still_has_the_choice(reader: BrowserContext):
    reader.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })"
    )
    page = reader.new_page()
    page.goto(PUBLIC)
    choose(page, "150 %")
    expect(page.locator("html")).to_have_attribute("data-size", "3")
    expect(page.get_by_role("button", name="150 %")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("address", [PUBLIC, "/", "/lessons/search/?q=promise", ALL])
def test_the_largest_text_with_the_widest_spacing_looks_well(page: Page, address: str):
    page.goto(address)
    choose(page, "150 %", "Widest")
    looks_well(page)


def test_what_is_chosen_can_be_read_under_the_pointer(reader: BrowserContext):
    page = reader.new_page()
    page.goto("/help/")
    choose(page, "130 %")
    page.get_by_role("button", name="130 %").hover()
    looks_well(page)


def test_writing_leaves_nothing_else_in_the_browser(page: Page):
    page.goto(PRIVATE)
    choose(page, "115 %")
    write(page, "one-kept", "Nobody may find this in the browser")
    expect_saved(page, "one-kept")
    page.goto("/workbook/answers/")
    assert kept(page) == {"size": "1"}
    assert page.evaluate("indexedDB.databases()") == []


def test_without_scripts_the_page_says_how_text_gets_larger(
    new_context: Callable[..., BrowserContext],
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PUBLIC)
    page.get_by_text("Text size and spacing").click()
    expect(page.get_by_text("Your browser’s own zoom")).to_be_visible()
    expect(page.get_by_role("button", name="150 %")).to_be_hidden()


@pytest.mark.parametrize("address", ["/lessons/twelve/all/", ALL])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printed_the_exercise_is_a_sheet_to_write_on(
    page: Page, address: str, scheme: Literal["light", "dark"]
):
    page.emulate_media(media="print", color_scheme=scheme)
    page.set_viewport_size({"width": 660, "height": 900})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 660
    for shown in ("nav", ".foot", ".toc", "button", ".primary", ".under", ".no-answer"):
        expect(page.locator(shown).filter(visible=True)).to_have_count(0)
    exercise = page.locator("#exercise")
    assert css(exercise, "break-before") == "page"
    texts = exercise.locator("textarea").filter(visible=True)
    assert texts.count() > 10
    for text in texts.all():
        assert "linear-gradient" in css(text, "background-image")
        assert css(text, "print-color-adjust") == "exact"
        assert css(text, "border-top-style") == "none"
    millimetre = 96 / 25.4
    for name, lines in (("scene", 6), ("plan.when", 4), ("said.1.did", 3), ("signs.1.line", 1)):
        room = exercise.locator(f"[name='{name}']").bounding_box()
        assert room
        assert room["height"] == pytest.approx(lines * 8 * millimetre, abs=1)
    for box in exercise.locator(".choices input").filter(visible=True).all():
        assert css(box, "appearance") == "none"
        assert css(box, "border-top-style") == "solid"
    assert css(page.locator("body"), "background-color") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    ("address", "whole"), [(PUBLIC, ".footnote"), ("/lessons/trust/", ".contents li")]
)
def test_printed_no_page_ends_within_a_footnote_or_an_entry(page: Page, address: str, whole: str):
    page.emulate_media(media="print")
    page.goto(address)
    found = page.locator(whole).all()
    assert found
    assert {css(one, "break-inside") for one in found} == {"avoid"}


@pytest.mark.parametrize("address", ["/", "/lessons/trust/", PUBLIC, PRIVATE])
def test_a_first_view_is_light(page: Page, address: str):
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    assert len(answers) <= 6, [answer.url for answer in answers]
    weight = sum(len(gzip.compress(answer.body())) for answer in answers)
    assert weight <= 60_000, weight


def css(found: Locator, name: str) -> str:
    """The value of a property, as it is applied."""
    value: str = found.evaluate("(one, name) => getComputedStyle(one).getPropertyValue(name)", name)
    return value
