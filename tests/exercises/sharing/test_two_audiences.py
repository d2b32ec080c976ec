"""The pages of consent for a therapist, alone and beside a partner."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from exercises import access, carelinks, couples
from exercises.models import How, Opening, Share
from tests.exercises.answering.test_queries import queries
from tests.exercises.pulse.checkin import told
from tests.exercises.sharing.consent import confirm, now_shown, path, pressed
from tests.exercises.talk import responds, thread_path, words
from tests.exercises.two import CANARY
from tests.exercises.workbook import Workbook

WHO = "/sharing/"
WEEKS = "/sharing/weeks/"
LESSON = "/workbook/trial/every-kind/"
ANSWERS = "/workbook/answers/"
SHARE = "Share it with your therapist"
OFFERS = re.compile(r"/together/(?:reveal|ours|promises|lesson|weeks)/")


@pytest.fixture
def page(writing, writer, care):
    """The writer's page of a lesson; a therapist is there, and no partner."""
    return Workbook(writing, writer)


@pytest.fixture
def answer(page):
    page.saved("moment", CANARY)
    return page.answer("moment")


def inner(browser, address):
    """What stands in the middle of a page."""
    html = browser.get(address).content.decode()
    return html.partition("<main")[2].partition("</main>")[0]


def look(browser, row, button=SHARE):
    return pressed(browser, inner(browser, path(row)), button)


def share(browser, row):
    return pressed(browser, look(browser, row).content.decode(), "Share it")


def read(care, how=How.SCREEN, at=None):
    """The therapist opens all that is shared."""
    access.read_shared(care.therapist, care.file.pk, how)


def test_two_steps_say_what_a_therapist_will_see(page, answer, care):
    assert "It is not shared with your therapist." in words(page.browser.get(path(answer)))
    second = words(look(page.browser, answer))
    for sentence in (
        "Share this with your therapist?",
        "Your therapist will see this, from now on, until you take it back.",
        "Exactly this text, and the day on which you share it.",
        "Nothing that you wrote before or write later.",
        "Each time that your therapist opens it, that is recorded, and you can see when .",
        "You can take it back with one press, at once.",
        "What was read by then cannot be unread, and may have been copied or printed.",
    ):
        assert sentence in second
    assert (CANARY in second, now_shown(page.person)) == (True, [])
    done = share(page.browser, answer)
    assert (done.status_code, done["Location"]) == (302, path(answer))
    [pinned] = Share.objects.all()
    assert (pinned.care, pinned.couple, pinned.revision_id) == (care, None, answer.head_id)
    [opened] = access.read_shared(care.therapist, care.file.pk, How.SCREEN)
    assert opened.opened.value == CANARY


def test_later_texts_stay_private(page, answer, care):
    share(page.browser, answer)
    page.saved("moment", "the heron is gone", base=str(answer.head_id))
    [opened] = access.read_shared(care.therapist, care.file.pk, How.SCREEN)
    assert opened.opened.value == CANARY
    assert "your therapist sees the text below, not the newer one above" in words(
        page.browser.get(path(answer))
    )


def test_whoever_has_a_therapist_only_hears_of_no_partner(page, answer, writer):
    told(writer, date(2026, 4, 27), {"openness": 4})
    share(page.browser, answer)
    [pulse] = access.own_pulses(writer)
    for address in (WHO, WEEKS, path(answer), path(pulse), LESSON, ANSWERS, "/workbook/pulse/"):
        shown = inner(page.browser, address)
        assert (address, OFFERS.findall(shown)) == (address, [])
        if address != LESSON:  # what a lesson asks is its own
            assert (address, "partner" in shown.lower()) == (address, False)
    assert "partner" not in look(page.browser, pulse).content.decode().lower()


def test_the_lesson_offers_nothing_of_two(page, answer, couple, beside):
    assert OFFERS.findall(inner(page.browser, LESSON)) != []
    couples.leave(page.person)
    assert OFFERS.findall(inner(page.browser, LESSON)) == []


def test_whoever_has_a_partner_only_hears_of_no_therapist(writing, writer, couple):
    book = Workbook(writing, writer)
    book.saved("moment", CANARY)
    told(writer, date(2026, 4, 27), {"openness": 4})
    row = book.answer("moment")
    pressed(writing, look(writing, row, "Share it with your partner").content.decode(), "Share it")
    for address in (WHO, WEEKS, path(row), LESSON, ANSWERS):
        shown = inner(writing, address)
        assert (address, "therapist" in shown.lower()) == (address, False)


def test_each_audience_on_its_own(page, answer, couple):
    first = words(page.browser.get(path(answer)))
    assert "It is not shared with your partner." in first
    assert "It is not shared with your therapist." in first
    second = look(page.browser, answer)
    assert "It is shown to nobody else by this: not to your partner either." in words(second)
    pressed(page.browser, second.content.decode(), "Share it")
    assert [one.audience for one in Share.objects.all()] == ["therapist"]
    assert access.shared_with(couple.memberships.exclude(person=page.person).get().person) == []
    partner = look(page.browser, answer, "Share it with your partner")
    assert "recorded" not in words(partner)
    pressed(page.browser, partner.content.decode(), "Share it")
    assert "Your partner and your therapist" in inner(page.browser, ANSWERS)
    page.browser.post(f"{path(answer)}withdraw/", {"audience": "therapist"})
    assert [one.audience for one in Share.objects.all()] == ["partner"]


def test_opened_or_not_yet(page, answer, care, writer):
    writer.time_zone = "Europe/Berlin"
    writer.save()
    share(page.browser, answer)
    Share.objects.update(since="2026-05-03")
    assert "since 3 May 2026, not opened yet" in words(page.browser.get(WHO))
    assert "Not opened yet." in words(page.browser.get(path(answer)))
    with_time(care, answer, datetime(2026, 5, 3, 12, 10, tzinfo=UTC))
    assert "since 3 May 2026, opened 3 May 2026, 14:10" in words(page.browser.get(WHO))
    assert "Opened 3 May 2026, 14:10, for the last time." in words(page.browser.get(path(answer)))
    with_time(care, answer, datetime(2026, 5, 4, 12, 10, tzinfo=UTC))
    assert "opened 4 May 2026, 14:10" in words(page.browser.get(WHO))


def with_time(care, answer, at):
    """An entry of the record, as reading makes it."""
    place = {"lesson_id": answer.lesson_id, "prompt_id": answer.prompt_id}
    ids = {"owner": care.client, "reader": care.therapist_id}
    return Opening.objects.create(
        **ids, row=answer.pk, revision=answer.head_id, how="screen", opened_at=at, **place
    )


def test_what_was_opened_before_a_newer_text_was_shared_is_not_this_one(page, answer, care):
    share(page.browser, answer)
    read(care)
    page.saved("moment", "the heron is gone", base=str(answer.head_id))
    newer = look(page.browser, page.answer("moment"), "Share the newer text instead")
    pressed(page.browser, newer.content.decode(), "Share it")
    assert "not opened yet" in words(page.browser.get(WHO))


def test_a_partner_is_not_watched(page, answer, couple):
    for button in (SHARE, "Share it with your partner"):
        pressed(page.browser, look(page.browser, answer, button).content.decode(), "Share it")
    said = words(page.browser.get(WHO))
    partners = said.partition("What your partner sees")[2].partition("What your therapist sees")[0]
    assert ("opened" in partners, "not opened yet" in said) == (False, True)


def test_the_page_leads_to_what_was_said(page, answer, care, desk):
    share(page.browser, answer)
    [pinned] = Share.objects.all()
    assert thread_path(pinned) not in inner(page.browser, WHO)
    responds(desk, care, pinned)
    assert f'<a href="{thread_path(pinned)}">Your therapist wrote to you' in inner(
        page.browser, WHO
    )


def test_taking_back_is_one_press(page, answer, care):
    share(page.browser, answer)
    shown = re.sub('<span class="visually-hidden">.*?</span>', "", inner(page.browser, WHO))
    assert pressed(page.browser, shown, "Take it back")["Location"] == WHO
    assert Share.objects.count() == 0
    assert access.read_shared(care.therapist, care.file.pk, How.SCREEN) == []


def test_all_weeks(page, care, writer, couple):
    told(writer, date(2026, 4, 27), {"openness": 4})
    shown = inner(page.browser, WEEKS)
    assert "Each time that your therapist opens a week, that is recorded" in shown
    pressed(page.browser, shown, "Share all 1 week with your therapist")
    [pinned] = Share.objects.all()
    assert (pinned.audience, pinned.care) == ("therapist", care)
    said = words(page.browser.get(WEEKS))
    assert "Your therapist sees all these weeks as they are above." in said
    assert "Your partner sees none of them." in said
    pressed(page.browser, inner(page.browser, WEEKS), "Take all of them back")
    assert Share.objects.count() == 0


@pytest.mark.parametrize("how", ["ended", "role gone", "never"])
def test_without_a_therapist_there_is_nobody(writing, writer, how, request):
    book = Workbook(writing, writer)
    book.saved("moment", CANARY)
    row = book.answer("moment")
    never = [one.content for one in asked(writing, row)]
    if how != "never":
        care = request.getfixturevalue("care")
        share(writing, row)
        writing.get(WHO)  # where it says so once
        if how == "ended":
            carelinks.end(care)
        else:
            care.therapist.is_therapist = False
            care.therapist.save()
    responses = asked(writing, row)
    assert [one.status_code for one in responses] == [404, 404, 404, 200]
    assert [one.content for one in responses] == never


def asked(browser, row):
    sent = {"audience": "therapist"}
    return [
        browser.get(path(row)),
        confirm(browser, row, row.head_id, **sent),
        confirm(browser, row, row.head_id, step="look", **sent),
        browser.get(WHO),
    ]


@pytest.mark.parametrize("step", ["look", "confirm"])
def test_whom_one_has_not_while_another_is_there(writing, writer, couple, step):
    """A page that was opened before one ended with a therapist."""
    book = Workbook(writing, writer)
    book.saved("moment", CANARY)
    row = book.answer("moment")
    response = confirm(writing, row, row.head_id, audience="therapist", step=step)
    assert (response.status_code, Share.objects.count()) == (404, 0)
    said = words(response)
    assert "Nothing was shared, and what you share already is as it was." in said
    assert "Nobody but you can see what you wrote" not in said


@pytest.mark.parametrize("number", [1, 30])
def test_however_much_is_shared(page, care, writer, number):
    for week in range(number):
        told(writer, date(2020, 1, 6) + timedelta(weeks=week), {"openness": 1})
    Share.objects.bulk_create(
        Share(
            owner=writer,
            care=care,
            audience="therapist",
            since="2026-05-03",
            **Share.fields_of(row, row.head),
        )
        for row in access.own_pulses(writer)
    )
    read(care)
    assert queries(lambda: page.browser.get(WHO)) == (8, 0)
