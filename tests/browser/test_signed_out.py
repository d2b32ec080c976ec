"""The session ended while somebody was writing: the text stays, and reaches its owner only."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import pages
from tests.browser.pages import BEFORE, expect_saved, field, sign_in, state, status, write
from tests.browser.people import People, Person
from tests.servers.live import LiveServer

pytestmark = pytest.mark.browser
GONE = "You are signed out. Sign in in a new tab; what you typed stays here."
ELSEWHERE = "This page belongs to another account"


@pytest.fixture
def signed_out(context: BrowserContext, page: Page, person: Person) -> Page:
    """A page whose session is gone, with a text that could not be saved."""
    page.goto(BEFORE)
    context.clear_cookies(name=person.cookie_name)
    write(page, "moment", "Typed by the owner")
    expect(state(page, "moment")).to_have_text(GONE)
    expect(status(page)).to_have_text(GONE)
    return page


def in_a_new_tab(page: Page, site: LiveServer, who: Person) -> None:
    """Signs in where the page's own link leads, then comes back."""
    with page.expect_popup() as opened:
        state(page, "moment").get_by_role("link", name="Sign in in a new tab").click()
    sign_in(opened.value, site.url, who.email, who.password)
    opened.value.close()
    page.bring_to_front()
    pages.look_again(page)


def test_signing_in_again_in_a_new_tab_saves_it(
    signed_out: Page, context: BrowserContext, site: LiveServer, person: Person
):
    in_a_new_tab(signed_out, site, person)
    expect_saved(signed_out, "moment")
    expect(status(signed_out)).to_have_text("All saved.")
    assert "Typed by the owner" in pages.stored(context, site.url)


def test_signing_in_as_somebody_else_saves_nothing(
    signed_out: Page, context: BrowserContext, site: LiveServer, person: Person, people: People
):
    other = people.next()
    in_a_new_tab(signed_out, site, other)
    expect(state(signed_out, "moment")).to_contain_text(ELSEWHERE)
    write(signed_out, "moment", ", and more")
    expect(status(signed_out)).to_contain_text(ELSEWHERE)
    expect(field(signed_out, "moment")).to_have_value("Typed by the owner, and more")
    assert "Nothing is written yet" in pages.stored(context, site.url)  # as the other one
    tab = context.new_page()
    context.clear_cookies(name=person.cookie_name)
    sign_in(tab, site.url, person.email, person.password)
    pages.look_again(signed_out)
    expect_saved(signed_out, "moment")
    assert "Typed by the owner, and more" in pages.stored(context, site.url)


def test_somebody_else_signed_in_meanwhile(
    page: Page, context: BrowserContext, people: People, site: LiveServer
):
    """Not by way of signing in here: the cookies of the browser are the other one's all at once."""
    page.goto(BEFORE)
    other = people.next()
    pages.sign_in_at_once(context, site.url, other)
    write(page, "moment", "Typed by the owner")
    expect(state(page, "moment")).to_contain_text(ELSEWHERE)
    assert "Nothing is written yet" in pages.stored(context, site.url)
    expect(field(page, "moment")).to_have_value("Typed by the owner")


def test_nothing_more_is_sent_to_the_other_account(
    page: Page, context: BrowserContext, people: People, site: LiveServer
):
    page.goto(BEFORE)
    other = people.next()
    pages.sign_in_at_once(context, site.url, other)
    write(page, "moment", "First")
    expect(state(page, "moment")).to_contain_text(ELSEWHERE)
    sent = pages.requests_of(page)
    with page.expect_response("**/workbook/token/"):
        write(page, "moment", " second")
        pages.look_again(page)
    page.evaluate("fetch('/healthz').then(() => null)")  # what was to come would be under way
    assert sent == []


def test_ended_from_another_browser(page: Page, new_context, person: Person, site: LiveServer):
    page.goto(BEFORE)
    elsewhere = new_context().new_page()
    sign_in(elsewhere, site.url, person.email, person.password)
    elsewhere.goto("/accounts/sessions/")
    elsewhere.get_by_role("button", name="End all others").click()
    expect(elsewhere.get_by_role("button", name="End all others")).to_have_count(0)
    write(page, "moment", "Still typing")
    expect(state(page, "moment")).to_have_text(GONE)
    expect(field(page, "moment")).to_have_value("Still typing")
    in_a_new_tab(page, site, person)
    expect_saved(page, "moment")


def test_leaving_warns_while_signed_out(signed_out: Page):
    asked = pages.answer_dialogs(signed_out, leave=False)
    pages.close_and_stay(signed_out)
    expect(field(signed_out, "moment")).to_have_value("Typed by the owner")
    assert asked == ["beforeunload"]


# Without JavaScript ------------------------------------------------------------------------------
@pytest.fixture
def kept(plain_page: Page, person: Person) -> Page:
    """The page that comes instead of the saved one, with the text to send again."""
    plain_page.goto(BEFORE)
    field(plain_page, "moment").fill("Typed by the owner")
    plain_page.context.clear_cookies(name=person.cookie_name)
    plain_page.get_by_role("button", name="Save", exact=True).last.click()
    expect(plain_page.get_by_role("alert")).to_contain_text("You are signed out")
    expect(plain_page.locator("textarea[name=moment]")).to_have_value("Typed by the owner")
    return plain_page


def send_again(page: Page) -> None:
    """The first time tells of the new session: a page from before it is not to be trusted."""
    again = page.get_by_role("button", name="Send it again")
    with page.expect_navigation():
        again.click()
    if page.get_by_role("alert").filter(has_text="too old").count():
        again.click()


def sign_in_from(kept: Page, site: LiveServer, who: Person) -> None:
    with kept.expect_popup() as opened:
        kept.get_by_role("link", name="Sign in in a new tab").click()
    sign_in(opened.value, site.url, who.email, who.password)


def test_without_javascript_it_is_sent_again_after_signing_in(
    kept: Page, site: LiveServer, person: Person
):
    sign_in_from(kept, site, person)
    send_again(kept)
    expect(kept.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(field(kept, "moment")).to_have_value("Typed by the owner")


def test_without_javascript_somebody_else_saves_nothing(
    kept: Page, site: LiveServer, person: Person, people: People
):
    sign_in_from(kept, site, people.next())
    send_again(kept)
    expect(kept.get_by_role("alert")).to_contain_text(ELSEWHERE)
    expect(kept.locator("textarea[name=moment]")).to_have_value("Typed by the owner")
    assert "Nothing is written yet" in pages.stored(kept.context, site.url)
    kept.context.clear_cookies(name=person.cookie_name)
    sign_in_from(kept, site, person)
    send_again(kept)
    expect(kept.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
