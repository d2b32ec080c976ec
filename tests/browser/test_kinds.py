"""Every kind of prompt by keyboard alone, with scripts and without; what scripts add to some."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.pages import ALL, expect_saved, field, prompt, tab_to, write

pytestmark = pytest.mark.browser

TYPED = {
    "scene": "It rained all day.",
    "signs.1.line": "Whistling",
    "said.1.said": "At six",
    "said.1.did": "At seven",
    "plan.when": "the phone rings",
    "sorry.harm": "I was late",
    "theirs.mine": "Rest",
    "theirs.guess": "A walk",
    "given.1.what": "Call at noon",
    "given.1.until": "Friday",
}
WEEK = [f"week.{one}" for one in ("openness", "reliability", "boundaries", "support", "safety")]
ORDER = [
    *("scene", "place", "helps", "sure", "signs.1.line", "said.1.said", "said.1.did", "plan.when"),
    *("sorry.harm", "sorry.checked", *WEEK, "theirs.mine", "theirs.guess"),
    *("given.1.what", "given.1.by", "given.1.until", "given.1.state"),
]


def fill_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the exercise
    for name in ORDER:
        tab_to(page, name)
        if name in TYPED:
            page.keyboard.type(TYPED[name])
        elif name in ("place", "helps", "sorry.checked"):
            page.keyboard.press("Space")
        else:  # a scale or a list to choose from
            page.keyboard.press("ArrowDown")


def expect_filled(page: Page) -> None:
    for name, text in TYPED.items():
        expect(page.locator(f'[name="{name}"]')).to_have_value(text)
    expect(prompt(page, "place").get_by_label("At home")).to_be_checked()
    expect(prompt(page, "helps").get_by_label("A talk")).to_be_checked()
    expect(prompt(page, "sorry").get_by_label("I own it")).to_be_checked()
    for name in ("sure", *WEEK):
        expect(page.locator(f'[name="{name}"][value="2"]')).to_be_checked()
    expect(page.locator('[name="given.1.by"]')).to_have_value("them")
    expect(page.locator('[name="given.1.state"]')).to_have_value("kept")


def test_every_kind_by_keyboard(page: Page):
    page.goto(ALL)
    fill_by_keyboard(page)
    tab_to(page, "save")
    page.keyboard.press("Enter")
    expect(pages.status(page)).to_have_text("All saved.")
    page.reload()
    expect_filled(page)


@pytest.mark.prove  # long; with scripts it is asked each time
def test_every_kind_by_keyboard_without_javascript(plain_page: Page):
    plain_page.goto(ALL)
    fill_by_keyboard(plain_page)
    tab_to(plain_page, "save")
    plain_page.keyboard.press("Enter")
    expect(plain_page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect_filled(plain_page)


def test_sign_up_to_finish_by_keyboard(new_context):
    page = new_context().new_page()
    page.goto("/accounts/signup/")
    for name, text in (("email", "keys@example.org"), ("password1", "only with ten fingers")):
        tab_to(page, name)
        page.keyboard.type(text)
    tab_to(page, "consent")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbook/")
    page.goto(pages.BEFORE)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "moment")
    page.keyboard.type("Written without a mouse")
    tab_to(page, "finish")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="the lesson is finished")).to_be_visible()
    expect(field(page, "moment")).to_have_value("Written without a mouse")


# Rows --------------------------------------------------------------------------------------------
def test_enter_goes_to_the_next_line_and_adds_one(page: Page):
    page.goto(ALL)
    signs = prompt(page, "signs")
    signs.get_by_label("Line 1").focus()
    for line in ("One", "Two", "Three", "Four"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    expect(signs.get_by_label("Line 5")).to_be_focused()
    expect(signs.get_by_role("button", name="Add a row")).to_be_hidden()  # five is the most here
    page.keyboard.type("Five")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("and more")
    page.keyboard.press("Enter")
    field(page, "scene").focus()
    expect_saved(page, "signs")
    page.reload()
    expect(signs.get_by_label("Line 4")).to_have_value("Four")
    expect(signs.get_by_label("Line 5")).to_have_value("Five\nand more")


def test_add_a_row_of_a_table(page: Page):
    page.goto(ALL)
    said = prompt(page, "said")
    said.get_by_role("button", name="Add a row").click()
    added = said.get_by_label("I said, row 4")
    expect(added).to_be_focused()
    added.fill("Tomorrow")
    field(page, "scene").focus()
    expect_saved(page, "said")
    page.reload()
    expect(said.get_by_label("I said, row 1")).to_have_value("Tomorrow")


def test_rows_are_counted_near_their_limit(page: Page):
    page.goto(ALL)
    said = prompt(page, "said")
    left = said.locator(".counter")
    for number, words in {**dict.fromkeys(range(4, 9), None), 9: "1 row left"}.items():
        said.get_by_role("button", name="Add a row").click()
        expect(said.get_by_label(f"I said, row {number}")).to_be_focused()
        expect(left).to_have_text([words] if words else [])
    field(page, "scene").focus()
    said.get_by_role("button", name="Add a row").click()
    expect(left).to_have_text("Full: 10 rows")
    expect(said.get_by_role("button", name="Add a row")).to_be_hidden()
    said.get_by_label("I said, row 9").fill("Tomorrow")
    field(page, "scene").focus()
    expect_saved(page, "said")
    page.reload()
    expect(left).to_have_count(0)  # one row with a text, and two blank ones


def test_too_many_ticks_without_javascript(plain_page: Page):
    plain_page.goto(ALL)
    for label in ("A talk", "A walk", "Rest"):
        prompt(plain_page, "helps").get_by_label(label).check()
    plain_page.get_by_role("button", name="Save", exact=True).last.click()
    expect(plain_page.get_by_role("alert")).to_contain_text("at most 2 can be kept. Untick some.")
    plain_page.get_by_label("talk").uncheck()
    plain_page.get_by_role("button", name="Send it again").click()
    expect(plain_page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    for label, ticked in (("A talk", False), ("A walk", True), ("Rest", True)):
        expect(prompt(plain_page, "helps").get_by_label(label)).to_be_checked(checked=ticked)


def test_add_a_row_without_javascript(plain_page: Page):
    plain_page.goto(ALL)
    said = prompt(plain_page, "said")
    said.get_by_label("I said, row 1").fill("Tomorrow")
    said.get_by_role("button", name="Add a row").click()
    expect(said.get_by_label("I said, row 1")).to_have_value("Tomorrow")
    expect(said.get_by_label("I said, row 4")).to_be_visible()


def test_a_promise_keeps_its_id_while_it_is_typed(page: Page):
    page.goto(ALL)
    given = prompt(page, "given")
    promise = given.get_by_role("group", name="Promise 1")
    mark = given.locator('[name="given.1.id"]')
    expect(mark).to_have_value("")
    ids = []
    for text in ("Call", "Call at noon"):
        promise.get_by_label("What was promised").fill(text)
        field(page, "scene").focus()
        expect_saved(page, "given")
        ids.append(mark.input_value())
    page.reload()
    expect(mark).to_have_value(ids[0])
    assert ids[0] == ids[1]
    expect(given.locator('[name="given.2.id"]')).to_have_value("")


# Steps -------------------------------------------------------------------------------------------
def test_steps_open_one_by_one(page: Page):
    page.goto(ALL)
    plan = prompt(page, "plan")
    expect(plan.get_by_label("then I will…")).to_be_hidden()
    more = plan.get_by_role("button", name="Next step (2 of 3)")
    assert more.get_attribute("aria-expanded") == "false"
    more.click()
    expect(plan.get_by_label("then I will…")).to_be_focused()
    plan.get_by_role("button", name="Next step (3 of 3)").click()
    expect(plan.get_by_label("and otherwise…")).to_be_focused()
    expect(plan.get_by_role("button")).to_have_count(0)


def test_a_filled_step_is_never_hidden(page: Page):
    page.goto(ALL)
    plan = prompt(page, "plan")
    plan.get_by_role("button").click()
    plan.get_by_label("then I will…").fill("breathe")  # the first one stays blank
    field(page, "scene").focus()
    expect_saved(page, "plan")
    page.reload()
    expect(plan.get_by_label("then I will…")).to_have_value("breathe")
    expect(plan.get_by_label("then I will…")).to_be_visible()
    expect(plan.get_by_label("and otherwise…")).to_be_hidden()


def test_steps_are_open_without_javascript(plain_page: Page):
    plain_page.goto(ALL)
    for label in ("When…", "then I will…", "and otherwise…"):
        expect(prompt(plain_page, "plan").get_by_label(label)).to_be_visible()


# Length ------------------------------------------------------------------------------------------
def test_a_counter_near_the_limit(page: Page):
    pages.open_at_rest(page, ALL)
    counter = prompt(page, "scene").locator(".counter")
    field(page, "scene").fill("a" * 17_998)
    page.keyboard.type("a")
    expect(counter).to_have_count(0)
    page.keyboard.type("a")
    expect(counter).to_have_text("2,000 characters left")
    aloud = page.locator(".exercise > .visually-hidden[role=status]")
    expect(aloud).to_have_text("")
    page.clock.run_for(1_600)
    expect(aloud).to_have_text("2,000 characters left")
    field(page, "scene").fill("a" * 20_000)
    page.keyboard.type("b")  # the browser takes no more
    expect(counter).to_have_text("Full: 20,000 characters")
    field(page, "scene").fill("short")
    expect(counter).to_have_count(0)


def test_the_longest_text_is_saved_whole(page: Page):
    page.goto(ALL)
    field(page, "scene").fill("ж" * 20_000)  # six characters each on the way
    field(page, "scene").blur()
    expect_saved(page, "scene")
    page.reload()
    expect(field(page, "scene")).to_have_value("ж" * 20_000)


# Recall and place --------------------------------------------------------------------------------
def test_an_earlier_answer_is_shown_again(page: Page):
    page.goto(pages.BEFORE)
    write(page, "moment", "On the pier")
    expect_saved(page, "moment")
    page.goto(ALL)
    expect(page.locator(".recalled")).to_contain_text("On the pier")


def test_go_on_where_one_stopped_reading(page: Page):
    pages.open_at_rest(page, ALL)
    with page.expect_response("**/workbook/place/**") as answer:
        pages.scroll_to(page, "#b20")
        page.clock.run_for(15_100)
    assert answer.value.status == 204
    page.goto("/workbook/")
    page.get_by_role("link", name="Go on where you stopped").click()
    expect(page.locator("#b20")).to_be_in_viewport()
    assert page.url.endswith("#b20")


def test_the_place_is_kept_when_the_page_is_hidden(page: Page):
    pages.open_at_rest(page, ALL)
    pages.scroll_to(page, "#b15")
    with page.expect_response("**/workbook/place/**") as answer:
        page.evaluate(
            """Object.defineProperty(document, "visibilityState", {value: "hidden"});
            document.dispatchEvent(new Event("visibilitychange"))"""
        )
    assert "place=15" in str(answer.value.request.post_data)


def test_reading_without_scrolling_sends_no_place(page: Page):
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "place" in request.url else None)
    pages.open_at_rest(page, ALL)
    page.clock.run_for(60_000)
    assert sent == []
