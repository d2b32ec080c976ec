"""Two tabs write the same answer: both texts are kept, and their writer chooses."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import pages
from tests.browser.pages import ALL, BEFORE, expect_saved, field, prompt, state, write

pytestmark = pytest.mark.browser


@pytest.fixture
def tabs(context: BrowserContext) -> tuple[Page, Page]:
    """Two tabs that were opened before anything was written; the second one came too late."""
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(BEFORE)
    write(first, "moment", "Written in the first tab")
    expect_saved(first, "moment")
    write(second, "moment", "Written in the second tab")
    expect(panel(second)).to_be_visible()
    return first, second


def panel(page: Page) -> Locator:
    return prompt(page, "moment").get_by_role("group", name="Two texts")


def test_both_texts_stand_in_the_page_and_nothing_is_chosen(tabs: tuple[Page, Page]):
    first, second = tabs
    expect(panel(second)).to_contain_text("Written in the first tab")
    expect(panel(second).get_by_role("alert")).to_contain_text("Both texts are kept")
    expect(field(second, "moment")).to_have_value("Written in the second tab")
    first.reload()
    expect(field(first, "moment")).to_have_value("Written in the first tab")
    history = pages.versions(second, "moment")
    assert "Written in the first tab" in history
    assert "Written in the second tab" in history


def test_keep_mine(tabs: tuple[Page, Page]):
    first, second = tabs
    panel(second).get_by_role("button", name="Keep mine").click()
    expect_saved(second, "moment")
    expect(panel(second)).to_have_count(0)
    expect(field(second, "moment")).to_be_focused()
    first.reload()
    expect(field(first, "moment")).to_have_value("Written in the second tab")
    assert "Written in the first tab" in pages.versions(second, "moment")
    write(second, "moment", ", and on")
    expect_saved(second, "moment")


def test_use_the_other_one(tabs: tuple[Page, Page]):
    _, second = tabs
    panel(second).get_by_role("button", name="Use the other one").click()
    expect(field(second, "moment")).to_have_value("Written in the first tab")
    expect(panel(second)).to_have_count(0)
    assert "Written in the second tab" in pages.versions(second, "moment")
    write(second, "moment", ", and on")
    expect_saved(second, "moment")
    second.reload()
    expect(field(second, "moment")).to_have_value("Written in the first tab, and on")


def test_what_is_typed_before_choosing_is_kept_as_well(tabs: tuple[Page, Page]):
    _, second = tabs
    write(second, "moment", " with one more thought")
    expect(panel(second)).to_be_visible()
    panel(second).get_by_role("button", name="Use the other one").click()
    expect(field(second, "moment")).to_have_value("Written in the first tab")
    assert "Written in the second tab with one more thought" in pages.versions(second, "moment")


def test_leaving_without_a_choice_keeps_what_was_typed_since(tabs: tuple[Page, Page]):
    _, second = tabs
    write(second, "moment", " with one more thought")
    pages.answer_dialogs(second, leave=True)
    second.goto(BEFORE)
    expect(field(second, "moment")).to_have_value("Written in the first tab")
    more = "Written in the second tab with one more thought"
    pages.until(second, lambda: more in pages.versions(second, "moment"))


def test_nothing_is_saved_before_somebody_chooses(tabs: tuple[Page, Page]):
    first, second = tabs
    write(second, "moment", " with one more thought")
    second.get_by_role("button", name="Finish this lesson").click()
    expect(panel(second)).to_be_focused()
    expect(state(second, "moment")).to_have_text("Two texts: choose one")
    first.reload()
    expect(field(first, "moment")).to_have_value("Written in the first tab")


def test_rows_and_choices_of_the_other_page(context: BrowserContext):
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(ALL)
    prompt(first, "signs").get_by_label("Line 1").fill("Whistling")
    field(first, "scene").focus()
    expect_saved(first, "signs")
    two = prompt(second, "signs")
    two.get_by_label("Line 1").fill("Humming")
    field(second, "scene").focus()
    expect(two.get_by_role("group", name="Two texts")).to_be_visible()
    two.get_by_role("button", name="Use the other one").click()
    expect(two.get_by_label("Line 1")).to_have_value("Whistling")
    two.get_by_role("button", name="Add a row").click()  # the new inputs behave like the old ones
    expect(two.get_by_label("Line 4")).to_be_focused()


def test_without_javascript(new_context, person):
    context = new_context(person, java_script_enabled=False)
    first, second = context.new_page(), context.new_page()
    for tab, text in ((first, "Written in the first tab"), (second, "Written in the second tab")):
        tab.goto(BEFORE)
        field(tab, "moment").fill(text)
    first.get_by_role("button", name="Save", exact=True).last.click()
    expect(first.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    second.get_by_role("button", name="Save", exact=True).last.click()
    expect(field(second, "moment")).to_have_value("Written in the second tab")
    expect(second.locator(".conflict")).to_contain_text("Written in the first tab")
    second.get_by_role("button", name="Save", exact=True).last.click()
    expect(second.locator(".conflict")).to_have_count(0)
    expect(field(second, "moment")).to_have_value("Written in the second tab")
    assert "Written in the first tab" in pages.versions(second, "moment")
