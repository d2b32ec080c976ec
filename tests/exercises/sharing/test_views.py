"""Two steps to show exactly one text, one to take it back."""

import uuid
from datetime import date
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from exercises import access, couples, deletion
from exercises.models import Share
from exercises.sharing import actions
from tests.exercises.pulse.checkin import noted
from tests.exercises.sharing.consent import (
    chosen,
    confirm,
    looked,
    now_shown,
    path,
    pressed,
    shared,
)
from tests.exercises.talk import words
from tests.exercises.two import CANARY
from tests.exercises.workbook import Workbook
from trustbook.lib import ledger
from trustbook.lib.outbox.models import Notice, Subscription

LATER = "the heron is gone"


def html(response):
    return response.content.decode()


def seen_by(person):
    """What the person's partner shows them, opened."""
    shares = access.shared_with(person)
    return [share.row.open(share.revision, share.owner).value for share in shares]


def later(page, text=LATER, prompt="moment"):
    return page.saved(prompt, text, base=str(page.answer(prompt).head_id))


def test_two_steps(page, answer, partner):
    first = page.browser.get(path(answer))
    assert (CANARY in html(first), "It is not shared with your partner." in html(first)) == (
        True,
        True,
    )
    second = looked(page.browser, answer)
    assert "Your partner will see this, from now on, until you take it back." in html(second)
    assert (CANARY in html(second), now_shown(page.person)) == (True, [])
    done = pressed(page.browser, html(second), "Share it")
    assert (done.status_code, done["Location"]) == (302, path(answer))
    assert now_shown(page.person) == [(answer.pk, answer.head_id)]
    assert (seen_by(partner), seen_by(page.person)) == ([CANARY], [])


@time_machine.travel("2026-05-03 23:30+00:00", tick=False)
def test_the_day_is_its_owners(page, answer):
    page.person.time_zone = "Asia/Tokyo"
    page.person.save()
    shared(page.browser, answer)
    assert str(Share.objects.get().since) == "2026-05-04"


def test_what_is_written_later_stays_private(page, answer, partner):
    shared(page.browser, answer)
    later(page)
    assert seen_by(partner) == [CANARY]
    shown = html(page.browser.get(path(answer)))
    assert "sees the text below, not the newer one above" in shown
    assert shown.index(LATER) < shown.index(CANARY)


def test_a_later_text_takes_the_place_of_the_first(page, answer, partner):
    shared(page.browser, answer)
    Share.objects.update(since="2026-05-03")
    first = Share.objects.get()
    later(page)
    second = looked(page.browser, answer)
    assert "It takes the place of the text that you shared on 3 May 2026." in html(second)
    pressed(page.browser, html(second), "Share it")
    share = Share.objects.get()
    assert (share.pk != first.pk, share.since) == (True, timezone.localdate())
    assert seen_by(partner) == [LATER]
    assert ("share", first.pk) in list(ledger.read(settings.LEDGER))


@pytest.mark.parametrize("step", ["look", "confirm"])
def test_a_text_that_was_not_shown_is_not_shared(page, answer, step):
    seen = answer.head_id
    later(page)
    response = confirm(page.browser, answer, seen, step=step)
    assert (response.status_code, now_shown(page.person)) == (409, [])
    assert "A newer text was saved after this page was opened" in html(response)
    assert (LATER in html(response), CANARY in html(response)) == (True, False)


def test_a_newer_text_leaves_what_was_shared(page, answer, partner):
    shared(page.browser, answer)
    before = list(Share.objects.values())
    seen = later(page)
    later(page, "once more")
    assert confirm(page.browser, answer, seen).status_code == 409
    assert (list(Share.objects.values()), seen_by(partner)) == (before, [CANARY])


def test_confirming_again_changes_nothing(page, answer):
    shared(page.browser, answer)
    Share.objects.update(since="2026-05-03")
    before = list(Share.objects.values())
    assert confirm(page.browser, answer, answer.head_id).status_code == 302
    assert list(Share.objects.values()) == before


@pytest.mark.parametrize("step", ["look", "confirm"])
def test_an_empty_answer(page, answer, step):
    emptied = later(page, "")
    response = confirm(page.browser, answer, emptied, step=step)
    assert (response.status_code, now_shown(page.person)) == (422, [])
    assert "There is nothing to show: this answer is empty." in html(response)
    assert "Share it with your partner" not in html(page.browser.get(path(answer)))


@pytest.mark.parametrize(
    "changes",
    [
        {"step": "shout"},
        {"audience": "everybody"},
        {"audience": ""},
        {"revision": "x"},
        {"revision": ""},
    ],
)
def test_a_form_that_was_tampered_with(page, answer, changes):
    response = confirm(page.browser, answer, answer.head_id, **changes)
    assert (response.status_code, now_shown(page.person)) == (422, [])
    assert "A part of this page was missing" in html(response)
    assert CANARY in html(response)


@pytest.mark.parametrize("step", ["look", "confirm"])
def test_a_therapist_is_not_there_yet(page, answer, step):
    response = confirm(page.browser, answer, answer.head_id, step=step, audience="therapist")
    assert (response.status_code, now_shown(page.person)) == (404, [])
    assert "herapist" not in words(page.browser.get(path(answer)))


def test_a_revision_that_is_none_or_of_another_row(page, answer, strange, stranger):
    page.saved("sure", "3")
    Workbook(strange, stranger).saved("moment", "not yours")
    foreign = Workbook(strange, stranger).answer("moment").head_id
    for revision in (uuid.uuid4(), page.answer("sure").head_id, foreign):
        for step in ("look", "confirm"):
            assert confirm(page.browser, answer, revision, step=step).status_code == 404
    assert now_shown(page.person) == []


def test_a_version_that_was_kept_aside_is_not_shared(page, answer):
    page.save("moment", "aside", base=str(uuid.uuid4()))
    aside = answer.revisions.get(aside=True)
    assert confirm(page.browser, answer, aside.pk).status_code == 409
    assert now_shown(page.person) == []


@pytest.mark.parametrize("who", ["partner", "stranger"])
@pytest.mark.parametrize("shows", [True, False])
def test_nobody_elses_row(page, answer, beside, strange, who, shows):
    if shows:
        shared(page.browser, answer)
    before = now_shown(page.person)
    browser = {"partner": beside, "stranger": strange}[who]
    missing = f"/sharing/{uuid.uuid4()}/"
    for address in (path(answer), missing):
        assert browser.get(address).status_code == 404
        form = {"step": "confirm", "audience": "partner", "revision": str(answer.head_id)}
        assert browser.post(address, form).status_code == 404
        assert browser.post(f"{address}withdraw/", {"audience": "partner"}).status_code == 404
    assert (now_shown(page.person), Share.objects.exclude(owner=page.person).count()) == (before, 0)


def test_a_deleted_row(page, answer):
    deletion.hide(answer, answer.head_id)
    assert page.browser.get(path(answer)).status_code == 404
    assert confirm(page.browser, answer, answer.head_id).status_code == 404
    assert now_shown(page.person) == []


def test_a_row_that_is_deleted_in_that_moment(page, answer):
    found = access.own_showable

    def then_deleted(person, row_id):
        row = found(person, row_id)
        deletion.hide(row, row.head_id)
        return row

    with patch("exercises.access.own_showable", then_deleted):
        assert confirm(page.browser, answer, answer.head_id).status_code == 404
    assert now_shown(page.person) == []


@pytest.mark.parametrize("leaves", ["writer", "partner"])
def test_a_partner_who_leaves_in_that_moment(page, answer, partner, leaves):
    form = html(looked(page.browser, answer))
    couples.leave({"writer": page.person, "partner": partner}[leaves])
    response = pressed(page.browser, form, "Share it")
    assert (response.status_code, Share.objects.count()) == (404, 0)
    assert "Nothing was shared." in html(response)


def test_a_partner_who_left_between_the_look_and_the_lock(page, answer, partner):
    revision_of = access.revision_of

    def then_left(row, revision_id):
        couples.leave(partner)
        return revision_of(row, revision_id)

    with patch("exercises.access.revision_of", then_left):
        response = confirm(page.browser, answer, answer.head_id)
    assert (response.status_code, Share.objects.count()) == (404, 0)
    assert "Nothing was shared." in html(response)


def test_the_partner_is_told_once_it_is_new(page, answer, partner):
    Subscription.objects.create(person_id=partner.pk, kind="partner")
    form = html(looked(page.browser, answer))
    assert Notice.objects.count() == 0
    pressed(page.browser, form, "Share it")
    assert [notice.person_id for notice in Notice.objects.all()] == [partner.pk]
    Notice.objects.all().delete()
    pressed(page.browser, form, "Share it")
    assert Notice.objects.count() == 0


def test_nothing_is_shared_that_could_not_be_told_of(page, answer):
    crash = patch("exercises.telling.tell_partner", side_effect=KeyboardInterrupt)
    with crash, pytest.raises(KeyboardInterrupt):
        confirm(page.browser, answer, answer.head_id)
    assert now_shown(page.person) == []


def test_taking_back_is_one_press(page, answer, partner):
    shared(page.browser, answer)
    share = Share.objects.get()
    response = pressed(page.browser, html(page.browser.get(path(answer))), "Take it back")
    assert (response.status_code, response["Location"]) == (302, path(answer))
    assert (now_shown(page.person), seen_by(partner)) == ([], [])
    assert list(ledger.read(settings.LEDGER)) == [("share", share.pk)]


def test_taking_back_twice_does_no_harm(page, answer):
    shared(page.browser, answer)
    for _ in range(2):
        response = page.browser.post(f"{path(answer)}withdraw/", {"audience": "partner"})
        assert (response.status_code, response["Location"]) == (302, "/sharing/")
    assert now_shown(page.person) == []


def test_taking_back_one_leaves_the_others(page, answer):
    page.saved("sure", "3")
    for row in (answer, page.answer("sure")):
        shared(page.browser, row)
    page.browser.post(f"{path(answer)}withdraw/", {"audience": "partner"})
    sure = page.answer("sure")
    assert now_shown(page.person) == [(sure.pk, sure.head_id)]


@pytest.mark.parametrize("sent", [{}, {"audience": "x"}, {"audience": "partner", "back": "//x"}])
def test_taking_back_with_a_form_that_was_tampered_with(page, answer, sent):
    shared(page.browser, answer)
    response = page.browser.post(f"{path(answer)}withdraw/", sent)
    assert (response.status_code, len(now_shown(page.person))) == (422, 1)


@pytest.mark.parametrize(
    ("back", "address"),
    [("answers", "/workbook/answers/"), ("history", "/workbook/answers/{}/"), ("", "/sharing/")],
)
def test_one_stays_where_one_pressed_it(page, answer, back, address):
    sent = {"audience": "partner", "back": back}
    response = page.browser.post(f"{path(answer)}withdraw/", sent)
    assert response["Location"] == address.format(answer.pk)


def test_a_week_is_shared_without_its_note(page, writer, partner):
    page.saved("week", {"openness": "7"})
    [pulse] = access.own_pulses(writer)
    noted(writer, pulse.week, "a wren in the hedge")
    second = html(looked(page.browser, pulse))
    assert ("7 of 7" in second, "a wren" in second) == (True, False)
    pressed(page.browser, second, "Share it")
    assert [value["openness"] for value in seen_by(partner)] == [7]
    assert "Your note on the week is never shared." in html(page.browser.get(path(pulse)))


def test_a_note_is_never_shared(page, writer):
    noted(writer, date(2026, 5, 4), "a wren in the hedge")
    [note] = access.own_week_notes(writer)
    assert page.browser.get(path(note)).status_code == 404
    assert confirm(page.browser, note, note.head_id).status_code == 404
    assert Share.objects.count() == 0


@pytest.mark.parametrize("leaves", [False, True])
def test_without_a_partner_there_is_nobody(page, answer, partner, strange, stranger, leaves):
    """Who left, who was left and who never had anybody see the same."""
    alone = Workbook(strange, stranger)
    alone.saved("moment", CANARY)
    couples.leave(partner if leaves else page.person)
    told = []
    for book in (page, alone):
        row = book.answer("moment")
        responses = [book.browser.get(path(row)), confirm(book.browser, row, row.head_id)]
        assert [response.status_code for response in responses] == [404, 404]
        told.append([html(response) for response in responses])
    assert told[0] == told[1]


def test_what_is_opened_together_is_said(page, answer, couple, partner, beside):
    Workbook(beside, partner).saved("moment", "the other side")
    theirs = Workbook(beside, partner).answer("moment")
    for row in (answer, theirs):
        chosen(couple, row.author, row, "2026-05-03")
    shown = html(page.browser.get(path(answer)))
    assert "Since 3 May 2026 your partner and you see what each of you had written then" in shown
    assert "/together/reveal/answer.every-kind.moment/" in shown


def test_a_failing_second_half_leaves_the_first_share(page, answer, partner):
    shared(page.browser, answer)
    newer = later(page)
    insert = "exercises.sharing.actions.Share.objects.bulk_create"
    with patch(insert, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        actions.share(page.person, answer, uuid.UUID(newer), access.audiences(page.person)[0])
    assert seen_by(partner) == [CANARY]


def test_nothing_of_the_page_is_in_its_title(page, answer):
    for response in (page.browser.get(path(answer)), looked(page.browser, answer)):
        assert "no-store" in response["Cache-Control"]
        title = html(response).partition("<title>")[2].partition("</title>")[0]
        assert title in ("Who can see this · Workbook", "Share · Workbook")
