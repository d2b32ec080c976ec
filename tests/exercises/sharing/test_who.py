"""Who can see what: everything that is shown stands there, and each can be taken back."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from exercises import access, couples
from exercises.couples import make_couple
from exercises.models import Invitation, Share
from tests.conftest import signed_in
from tests.exercises.answering.test_queries import queries
from tests.exercises.pulse.checkin import told
from tests.exercises.sharing.consent import chosen, pressed, shared
from tests.exercises.sharing.test_views import html, later
from tests.exercises.two import CANARY
from tests.exercises.workbook import Workbook
from trustbook.accounts import erasure
from trustbook.accounts.models import User

WHO = "/sharing/"


def words(browser: Client) -> str:
    """What the page says, from its heading on."""
    inner = html(browser.get(WHO)).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", inner.partition(">")[2]).split())


def test_each_share_with_its_day(page, answer):
    page.saved("sure", "3")
    told(page.person, date(2026, 4, 27), {"openness": 5})
    for row in (page.answer("sure"), *access.own_pulses(page.person), answer):
        shared(page.browser, row)
    Share.objects.update(since="2026-05-03")
    assert (
        "What your partner sees Which moment comes to mind? Every kind, since 3 May 2026 "
        "Take it back : Which moment comes to mind? "
        "How sure are you? Every kind, since 3 May 2026 Take it back : How sure are you? "
        "Your weeks The week of 27 April 2026 since 3 May 2026 "
        "Take it back : The week of 27 April 2026"
    ) in words(page.browser)
    assert CANARY not in words(page.browser)


def test_a_later_text_is_said_to_stay(page, answer):
    shared(page.browser, answer)
    assert "You have written more since" not in words(page.browser)
    later(page)
    assert "You have written more since, which stays with you." in words(page.browser)


def test_the_wording_is_that_of_what_is_shown(page, answer, settings, tmp_path):
    shared(page.browser, answer)
    settings.CONTENT_DIRS = [tmp_path]
    assert "Which moment comes to mind? A lesson that is no longer offered, since" in words(
        page.browser
    )


def test_taking_back_is_one_press(page, answer):
    shared(page.browser, answer)
    response = pressed(page.browser, take_back_of(page.browser), "Take it back")
    assert (response["Location"], Share.objects.count()) == (WHO, 0)


def take_back_of(browser: Client) -> str:
    """The page, with the hidden words left out of its buttons."""
    return re.sub('<span class="visually-hidden">.*?</span>', "", html(browser.get(WHO)))


def test_weeks_are_taken_back_together(page):
    for day in (20, 27):
        told(page.person, date(2026, 4, day), {"openness": 5})
    for pulse in access.own_pulses(page.person):
        shared(page.browser, pulse)
    pressed(page.browser, html(page.browser.get(WHO)), "Take all these weeks back")
    assert Share.objects.count() == 0


def test_what_is_opened_together_can_be_closed(page, answer, couple, partner, beside):
    Workbook(beside, partner).saved("moment", "the other side")
    chosen(couple, page.person, answer, "2026-05-03")
    chosen(couple, partner, Workbook(beside, partner).answer("moment"), "2026-05-03")
    told_here = words(page.browser)
    assert "Opened together Both of you see the two texts side by side." in told_here
    assert "Which moment comes to mind? since 3 May 2026 Close it again, for both" in told_here
    close = '<form method="post" action="/together/reveal/answer.every-kind.moment/close/">'
    assert close in html(page.browser.get(WHO))


def test_what_one_is_ready_for_is_told_to_oneself_only(page, answer, couple, beside):
    before = words(beside)
    chosen(couple, page.person, answer, None)
    assert "Ready to open together Nobody but you knows of these." in words(page.browser)
    assert "Nobody but you sees anything" in words(page.browser)
    assert words(beside) == before


def test_what_the_partner_shows_is_not_here(page, answer, beside):
    before = words(beside)
    shared(page.browser, answer)
    assert words(beside) == before


def test_a_couple_sees_what_belongs_to_both_and_the_way_out(page, couple):
    shown = html(page.browser.get(WHO))
    for address in ("/together/", "/together/promises/", "/together/leave/"):
        assert f'href="{address}"' in shown
    assert f"You have shared a workbook since {couple.since:%-d %B %Y}." in words(page.browser)


def test_an_open_invitation(strange, stranger):
    before = words(strange)
    Invitation.objects.create(inviter=stranger, secret_mark=b"a", code_mark=b"b")
    assert "Your invitation" in words(strange)
    Invitation.objects.update(made_at="2026-01-01T00:00Z")
    assert words(strange) == before


@pytest.mark.parametrize("erased", [False, True])
def test_who_left_who_was_left_and_who_never_had_anybody_see_the_same(
    page, answer, partner, beside, strange, erased
):
    shared(page.browser, answer)
    words(page.browser)  # where it says so once
    if erased:
        erasure.erase(partner)
    else:
        couples.leave(page.person)
    pages = {words(browser) for browser in (page.browser, strange, *([] if erased else [beside]))}
    assert len(pages) == 1
    assert pages.pop() == (
        "Who can see what Nobody but you sees anything that you write here. "
        "That is how it stays until you choose otherwise, one answer at a time. Whether you "
        "write, how much and when is shown to nobody."
    )


def test_nobody_elses_shares(page, answer, strange):
    before = words(strange)
    shared(page.browser, answer)
    assert words(strange) == before


@pytest.mark.parametrize("number", [1, 30])
def test_however_much_is_shared(couple, writer, partner, number):
    for week in range(number):
        told(writer, date(2020, 1, 6) + timedelta(weeks=week), {"openness": 1})
    browser = signed_in(writer)
    book = Workbook(browser, writer)
    book.saved("moment", "a")
    rows = [*access.own_pulses(writer), book.answer("moment")]
    Share.objects.bulk_create(
        Share(
            owner=writer,
            couple=couple,
            audience="partner",
            since="2026-05-03",
            **Share.fields_of(row, row.head),
        )
        for row in rows
    )
    assert queries(lambda: browser.get(WHO)) == (6, 0)


def test_the_menu_leads_here(page):
    assert '<a href="/sharing/">Who can see what</a>' in html(page.browser.get("/workbook/"))


def other_couple() -> tuple[User, User]:
    """Two people who have nothing to do with the writer."""
    one, two = (User.objects.create_user(f"{name}@example.org", "long password") for name in "ab")
    make_couple(one, two)
    return one, two


def test_another_couple_sees_nothing_of_it(page, answer):
    one, other = (signed_in(person) for person in other_couple())
    before = words(one)
    shared(page.browser, answer)
    assert (words(one), words(other)) == (before, before)
