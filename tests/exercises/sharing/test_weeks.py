"""The whole line of weeks: exactly those that were shown, and none that comes later."""

from datetime import date, timedelta

import pytest

from exercises import access, couples
from exercises.models import Share
from tests.exercises.answering.test_queries import queries
from tests.exercises.pulse.checkin import empty, noted, told
from tests.exercises.sharing.consent import fields, now_shown, path, pressed
from tests.exercises.sharing.test_views import html, seen_by

WEEKS = "/sharing/weeks/"
FIRST, SECOND, THIRD = date(2026, 4, 20), date(2026, 4, 27), date(2026, 5, 4)
NOTE = "a wren sang in the hedge"


@pytest.fixture
def weeks(page):
    """Two weeks with numbers and a note, and one that was emptied."""
    told(page.person, FIRST, {"openness": 2})
    told(page.person, SECOND, {"openness": 5})
    told(page.person, THIRD, {"openness": 6})
    empty(page.person, THIRD)
    noted(page.person, SECOND, NOTE)
    return access.own_pulses(page.person)[:2]


def shown(page):
    return html(page.browser.get(WEEKS))


def share(page, number):
    return pressed(page.browser, shown(page), f"Share all {number} weeks with your partner")


def openness(partner):
    return [value["openness"] for value in seen_by(partner)]


def test_all_that_will_be_seen_is_there(page, weeks):
    listed = shown(page)
    assert ("20 April 2026" in listed, "27 April 2026" in listed) == (True, True)
    assert ("4 May 2026" in listed, NOTE in listed) == (False, False)
    assert listed.count('<figure class="plot">') == 5
    assert now_shown(page.person) == []


def test_each_week_is_shared_by_itself(page, weeks, partner):
    response = share(page, 2)
    assert (response.status_code, response["Location"]) == (302, WEEKS)
    assert now_shown(page.person) == [(week.pk, week.head_id) for week in weeks]
    assert openness(partner) == [2, 5]
    assert "Your partner sees all these weeks as they are above." in shown(page)


def test_a_week_that_comes_later_is_not_among_them(page, weeks, partner):
    share(page, 2)
    told(page.person, date(2026, 5, 11), {"openness": 1})
    assert openness(partner) == [2, 5]
    assert "Your partner sees 2 weeks, as the last column says." in shown(page)
    share(page, 3)
    assert openness(partner) == [2, 5, 1]


def changed(page):
    empty(page.person, FIRST)


def grown(page):
    told(page.person, date(2026, 5, 11), {"openness": 1})


@pytest.mark.parametrize("meanwhile", [changed, grown])
def test_what_was_not_shown_is_not_shared(page, weeks, meanwhile):
    before = shown(page)
    meanwhile(page)
    response = pressed(page.browser, before, "Share all 2 weeks with your partner")
    assert (response.status_code, now_shown(page.person)) == (409, [])
    assert "Your weeks have changed since this page was opened" in html(response)


def test_what_is_shared_already_keeps_its_day(page, weeks, partner):
    before = shown(page)
    share(page, 2)
    Share.objects.update(since="2026-05-03")
    kept = sorted(Share.objects.values_list("pk", "since"))
    pressed(page.browser, before, "Share all 2 weeks with your partner")
    assert sorted(Share.objects.values_list("pk", "since")) == kept


def test_all_are_taken_back_with_one_press(page, weeks, partner):
    share(page, 2)
    page.saved("moment", "another thing")
    moment = page.answer("moment")
    page.browser.post(
        path(moment),
        {"step": "confirm", "audience": "partner", "revision": str(moment.head_id)},
    )
    response = pressed(page.browser, shown(page), "Take all of them back")
    assert (response.status_code, response["Location"]) == (302, WEEKS)
    assert now_shown(page.person) == [(moment.pk, moment.head_id)]


def test_without_numbers_there_is_nothing_to_share(page, partner):
    listed = shown(page)
    assert ("There are no numbers to show yet." in listed, "digest" in listed) == (True, False)
    told(page.person, FIRST, {"openness": 2})
    _, sent = fields(shown(page), "Share all 1 week with your partner")
    empty(page.person, FIRST)
    assert page.browser.post(WEEKS, sent).status_code == 409
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert page.browser.post(WEEKS, sent | {"digest": nothing}).status_code == 422
    assert now_shown(page.person) == []


@pytest.mark.parametrize("changes", [{"audience": "x"}, {"digest": ""}, {"digest": "a" * 65}])
def test_a_form_that_was_tampered_with(page, weeks, changes):
    _, sent = fields(shown(page), "Share all 2 weeks with your partner")
    assert page.browser.post(WEEKS, sent | changes).status_code == 422
    assert page.browser.post(f"{WEEKS}withdraw/", {"audience": "x"}).status_code == 422
    assert now_shown(page.person) == []


def test_a_therapist_is_not_there_yet(page, weeks):
    _, sent = fields(shown(page), "Share all 2 weeks with your partner")
    assert page.browser.post(WEEKS, sent | {"audience": "therapist"}).status_code == 404
    assert now_shown(page.person) == []


def test_a_partner_who_leaves_meanwhile(page, weeks, partner):
    before = shown(page)
    couples.leave(partner)
    response = pressed(page.browser, before, "Share all 2 weeks with your partner")
    assert (response.status_code, now_shown(page.person)) == (404, [])
    assert "Nothing was shared." in html(response)


def test_nobody_elses_weeks(page, weeks, beside, strange):
    share(page, 2)
    assert "20 April 2026" not in html(beside.get(WEEKS))
    for browser in (beside, strange):
        browser.post(f"{WEEKS}withdraw/", {"audience": "partner"})
    assert len(now_shown(page.person)) == 2


@pytest.mark.parametrize("number", [1, 30])
def test_however_many_weeks_there_are(page, number):
    for week in range(number):
        told(page.person, date(2020, 1, 6) + timedelta(weeks=week), {"openness": 1})
    _, sent = fields(shown(page), f"Share all {number} week{'s' * (number > 1)} with your partner")
    assert queries(lambda: page.browser.get(WEEKS)) == (4, 0)
    posted = queries(lambda: page.browser.post(WEEKS, sent, follow=True))
    again = queries(lambda: page.browser.post(WEEKS, sent, follow=True))
    assert (posted, again) == ((17, 0), (13, 0))
