"""A therapist writes a lesson: it is seen while it is typed, saved, and asked before it is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, expect

from tests.browser.people import Person
from tests.browser.test_every_page import looks_well

pytestmark = [pytest.mark.browser, pytest.mark.prove]  # test_every_page looks at it each time


def test_a_lesson_is_written(new_context: Callable[..., BrowserContext], therapist: Person):
    page = new_context(therapist).new_page()
    page.goto("/care/lessons/new/")
    shown = page.locator("[data-preview-shown]")
    page.get_by_label("Title").fill("The lantern")
    page.get_by_label("In one sentence").fill("A sign that is given.")
    page.locator("[name=text]").fill("It is *small*. <b>No</b>")
    expect(shown.locator("em")).to_have_text("small")
    expect(page.locator("[data-preview-says]")).to_contain_text("Raw HTML cannot be used")
    expect(shown.locator("b")).to_have_count(0)
    page.locator("[name=text]").fill("It is *small*.")
    page.get_by_label("Question", exact=True).fill("Which one?")
    page.get_by_label("Kind").select_option(label="Several options, to tick")
    expect(page.get_by_label("Room to write")).to_be_hidden()
    page.get_by_label("Options, columns or steps").fill("A call\nTea")
    expect(shown.get_by_text("Tea")).to_be_visible()
    looks_well(page)
    left: list[str] = []

    def stay(dialog: Dialog) -> None:
        left.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Back to your lessons").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("Saved as version 1.")
    assert left == ["beforeunload"]
    expect(shown.get_by_text("Tea")).to_be_visible()
    page.get_by_role("link", name="All versions").click()
    looks_well(page)
