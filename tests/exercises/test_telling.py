"""Whether there is a mail between a therapist and a client follows from what its reader can see."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from exercises import carelinks, shown, telling, threads
from exercises.models import Assignment, Audience, CareLink, Response, Share
from exercises.sharing import actions
from tests.conftest import a_file
from tests.exercises.care_of import assigned
from tests.exercises.care_of import shared as pinned
from tests.exercises.talk import BACK, WORDS
from tests.exercises.workbook import Workbook
from trustbook.lib.outbox import choosing
from trustbook.lib.outbox.models import Notice

MONDAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)
EVENING = timedelta(hours=9)
"""From nine in the morning."""


@pytest.fixture
def clock():
    """Nine in the morning of a Monday; both have asked to be told the day before."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def both(clock, care):
    """The link of two who asked the day before for every mail there is."""
    clock.move_to(MONDAY - DAY)
    for person in (care.therapist, care.client):
        choosing.choose(person.pk, {"therapist", "client", "partner"})
    clock.move_to(MONDAY)
    return care


def mails(clock, when):
    """To whom a mail goes at that time; asked once more, none does."""
    clock.move_to(when)
    mail.outbox = []
    call_command("send_mail_due")
    first = [one.to[0].partition("@")[0] for one in mail.outbox]
    call_command("send_mail_due")
    assert len(mail.outbox) == len(first)
    return first


def told(clock):
    """The same of the evening on which Monday is told; not before, and not again."""
    assert mails(clock, MONDAY + EVENING) == []
    assert mails(clock, MONDAY + DAY + EVENING - timedelta(minutes=1)) == []
    found = mails(clock, MONDAY + DAY + EVENING)
    assert mails(clock, MONDAY + 2 * DAY + EVENING) == []
    return found


def shares(care, browser, text="a heron", prompt="moment"):
    """The client shares an answer, as the page does."""
    book = Workbook(browser, care.client)
    book.saved(prompt, text)
    answer = book.answer(prompt)
    actions.share(care.client, answer, answer.head_id, Audience.THERAPIST)
    return Share.objects.get(answer=answer)


def says(care, writer, share, text=WORDS):
    sent = threads.Sent(text, share.revision_id, share.pk)
    return threads.say(care, writer, share.row_id, sent)


def gives(care, *days, **fields):
    row = assigned(care, **fields)
    Assignment.objects.filter(pk=row.pk).update(assigned_on=date(2026, 5, 4))
    telling.tell_client(care, *days)
    return Assignment.objects.filter(pk=row.pk)


def presses(given, **days):
    given.update(**days)
    telling.tell_therapist(given.get().link)


def test_what_is_shared_is_told_the_evening_after(both, clock, writing):
    shares(both, writing)
    assert told(clock) == ["therapist"]


def test_nobody_is_told_who_has_not_asked(care, clock, writing):
    share = shares(care, writing)
    says(care, care.therapist, share)
    gives(care)
    assert Notice.objects.count() == 0


def test_what_was_taken_back_is_told_by_no_mail(both, clock, writing):
    share = shares(both, writing)
    shown.withdraw(Share.objects.filter(pk=share.pk))
    assert Notice.objects.count() == 1
    assert told(clock) == []


def test_nor_where_something_told_before_is_shared_still(both, clock, writing):
    shares(both, writing)
    assert told(clock) == ["therapist"]
    clock.move_to(MONDAY + 4 * DAY)
    other = shares(both, writing, "3", "sure")
    shown.withdraw(Share.objects.filter(pk=other.pk))
    assert mails(clock, MONDAY + 5 * DAY + EVENING) == []


def test_nor_where_it_is_of_the_day_of_asking(both, clock, writing, therapist):
    shares(both, writing)
    choosing.choose(therapist.pk, ())
    choosing.choose(therapist.pk, {"client"})
    other = shares(both, writing, "3", "sure")
    shown.withdraw(Share.objects.filter(pk=other.pk))
    assert told(clock) == []


@pytest.mark.parametrize("days", [{"begun_on": date(2026, 5, 4)}, {"done_on": date(2026, 5, 4)}])
def test_a_press_is_told(both, clock, days):
    given = assigned(both)
    presses(Assignment.objects.filter(pk=given.pk), **days)
    assert told(clock) == ["therapist"]


def test_a_press_on_what_was_withdrawn_is_not(both, clock):
    given = Assignment.objects.filter(pk=assigned(both).pk)
    presses(given, begun_on=date(2026, 5, 4))
    given.update(withdrawn_on=date(2026, 5, 4))
    assert told(clock) == []


@pytest.mark.parametrize(
    "change",
    [{"aside_at": MONDAY}, {"withdrawn_on": date(2026, 5, 4)}, {"starts_on": date(2026, 5, 6)}],
    ids=["put aside", "withdrawn", "begins later"],
)
@pytest.mark.parametrize("changed", [False, True])
def test_an_assignment_is_told_while_it_waits(both, clock, change, changed):
    given = gives(both)
    if changed:
        given.update(**change)
    assert told(clock) == ([] if changed else ["writer"])


def test_what_begins_later_is_told_once_it_is_there(both, clock):
    gives(both, date(2026, 5, 6), starts_on=date(2026, 5, 6))
    assert told(clock) == []
    assert mails(clock, MONDAY + 3 * DAY + EVENING) == ["writer"]


def test_what_is_said_is_told_to_the_other(both, clock, writing, therapist, writer):
    share = pinned(both, writing)
    says(both, therapist, share)
    assert told(clock) == ["writer"]
    clock.move_to(MONDAY + 4 * DAY)
    says(both, writer, share, BACK)
    assert mails(clock, MONDAY + 5 * DAY + EVENING) == ["therapist"]


@pytest.mark.parametrize("who", ["therapist", "writer"])
def test_what_was_withdrawn_is_not(both, clock, writing, request, who):
    says(both, request.getfixturevalue(who), pinned(both, writing))
    threads.withdraw(Response.objects.get())
    assert told(clock) == []


def test_what_a_client_said_goes_with_the_share(both, clock, writing, writer, therapist):
    share = pinned(both, writing)
    says(both, writer, share, BACK)
    says(both, therapist, share)
    shown.withdraw(Share.objects.all())
    assert told(clock) == ["writer"]


@pytest.mark.parametrize("how", ["ended", "role gone"])
def test_of_a_link_that_ended_there_is_none(both, clock, writing, therapist, how):
    share = shares(both, writing)
    says(both, therapist, share)
    gives(both)
    assert Notice.objects.count() == 2
    if how == "ended":
        carelinks.end(both)
    else:
        therapist.is_therapist = False
        therapist.save()
    assert told(clock) == []


def test_the_client_of_another_makes_none(both, clock, writing, stranger, therapist):
    other = carelinks.make_link(a_file(therapist, "x"), stranger)
    share = shares(both, writing)
    shown.withdraw(Share.objects.filter(pk=share.pk))
    assert told(clock) == []
    clock.move_to(MONDAY + 4 * DAY)
    given = assigned(other)
    presses(Assignment.objects.filter(pk=given.pk), begun_on=date(2026, 5, 8))
    assert mails(clock, MONDAY + 5 * DAY + EVENING) == ["therapist"]


def test_what_was_not_chosen_makes_none(both, clock, writing):
    """Writing, reading and putting aside."""
    Workbook(writing, both.client).saved("moment", "a heron")
    writing.get("/workbook/trial/every-kind/")
    Assignment.objects.filter(pk=assigned(both).pk).update(aside_at=MONDAY)
    assert Notice.objects.count() == 0


def test_a_partner_is_told_nothing_of_it(both, clock, writing, couple, partner):
    clock.move_to(MONDAY - DAY)
    choosing.choose(partner.pk, {"therapist", "client", "partner"})
    clock.move_to(MONDAY)
    shares(both, writing)
    assert told(clock) == ["therapist"]


def test_all_of_them_are_the_same_mail(both, clock, writing, therapist):
    shares(both, writing)
    gives(both)
    clock.move_to(MONDAY + DAY + EVENING)
    call_command("send_mail_due")
    bodies = {one.to[0]: str(one.body).partition("/reminders/stop/")[0] for one in mail.outbox}
    assert len(bodies) == 2
    assert len(set(bodies.values())) == 1
    assert len({one.subject for one in mail.outbox}) == 1


@pytest.mark.parametrize(
    ("theirs", "reads"), [("America/New_York", "Asia/Tokyo"), ("Asia/Tokyo", "UTC")]
)
def test_each_on_their_own_clock(both, clock, writing, writer, therapist, theirs, reads):
    writer.time_zone, therapist.time_zone = theirs, reads
    writer.save()
    therapist.save()
    link = CareLink.objects.select_related("therapist", "client").get()
    shares(link, writing)
    found = [
        (hours, who)
        for hours in range(12, 60, 3)
        for who in mails(clock, MONDAY + timedelta(hours=hours))
    ]
    assert [who for _, who in found] == ["therapist"]
    [(hours, _)] = found
    local = (MONDAY + timedelta(hours=hours)).astimezone(therapist.zone)
    assert 18 <= local.hour < 21
    assert local.date() == Share.objects.get().since + DAY
