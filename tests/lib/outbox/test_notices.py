"""Notices: asked for, at most once, one mail for all that is due to one person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction

from tests.lib.outbox import servers
from trustbook.lib.outbox import choosing, kinds, posting, sending
from trustbook.lib.outbox.kinds import Kind
from trustbook.lib.outbox.models import Notice, Subscription

EVENING = datetime(2026, 11, 24, 18, tzinfo=UTC)


@pytest.fixture
def asked(writer, heron):
    """The writer wants to be told about herons."""
    choosing.choose(writer.pk, {"heron"})
    return writer


def test_nobody_is_told_who_did_not_ask(clock, writer, heron):
    posting.notify(writer, heron)
    assert not Notice.objects.exists()


def test_who_asked_is_told_in_the_evening(clock, asked, heron):
    posting.notify(asked, heron)
    clock.move_to(EVENING - timedelta(seconds=1))
    assert sending.send_due() == {}
    clock.move_to(EVENING)
    assert sending.send_due() == {"sent": 1}
    assert [sent.to for sent in mail.outbox] == [["writer@example.org"]]
    assert sending.send_due() == {}


def test_in_the_evening_as_they_have_it(clock, asked, heron):
    asked.time_zone = "America/New_York"
    posting.notify(asked, heron)
    assert Notice.objects.get().due_at == EVENING + timedelta(hours=5)


def test_what_happens_in_the_evening_is_told_on_the_next(clock, asked, heron):
    clock.move_to(EVENING)
    posting.notify(asked, heron)
    assert Notice.objects.get().due_at == EVENING + timedelta(days=1)


def test_however_much_happens_there_is_one_mail(clock, asked, heron):
    other = kinds.register(Kind("otter", "An otter was seen"))
    choosing.choose(asked.pk, {"heron", "otter"})
    for kind in (heron, heron, other):
        posting.notify(asked, kind)
    assert Notice.objects.count() == 2
    clock.move_to(EVENING)
    assert sending.send_due() == {"sent": 1}
    assert (len(mail.outbox), Notice.objects.count()) == (1, 0)
    kinds.forget(other)


def test_it_belongs_to_the_callers_transaction(clock, asked, heron):
    with transaction.atomic():
        posting.notify(asked, heron)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_what_was_withdrawn_leaves_no_trace(clock, writer):
    seen = {"there": True}
    kind = kinds.register(Kind("heron", "A heron", still=lambda person: seen["there"]))
    choosing.choose(writer.pk, {"heron"})
    posting.notify(writer, kind)
    seen["there"] = False
    clock.move_to(EVENING)
    assert sending.send_due() == {"not wanted": 1}
    assert (mail.outbox, Notice.objects.count()) == ([], 0)
    kinds.forget(kind)


def test_a_kind_that_nobody_knows_any_more_is_dropped(clock, asked, heron):
    posting.notify(asked, heron)
    kinds.forget(heron)
    clock.move_to(EVENING)
    assert sending.send_due() == {"not wanted": 1}
    assert not Notice.objects.exists()


def test_who_no_longer_wants_it_is_not_told(clock, asked, heron):
    posting.notify(asked, heron)
    Subscription.objects.all().delete()
    clock.move_to(EVENING)
    assert sending.send_due() == {"not wanted": 1}


def test_out_of_reach_nothing_is_claimed(clock, asked, heron, settings, caplog):
    posting.notify(asked, heron)
    clock.move_to(EVENING)
    settings.EMAIL_BACKEND = servers.HERE + "OutOfReach"
    assert sending.send_due() == {"again": 1}
    assert caplog.messages == ["The mail server is out of reach (ConnectionRefusedError)."]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sending.send_due() == {"sent": 1}
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("server", ["HangingUp", "Refusing"])
def test_once_it_was_on_its_way_it_is_never_tried_again(clock, asked, heron, settings, server):
    posting.notify(asked, heron)
    clock.move_to(EVENING)
    settings.EMAIL_BACKEND = servers.HERE + server
    assert sending.send_due() == {"lost": 1}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sending.send_due() == {}
    assert mail.outbox == []


def test_a_kind_that_fails_to_say_holds_up_nobody(clock, asked, stranger, heron):
    def fails(person):
        raise LookupError(person)

    kind = kinds.register(Kind("heron", "A heron", still=fails))
    other = kinds.register(Kind("otter", "An otter"))
    choosing.choose(stranger.pk, {"otter"})
    posting.notify(asked, kind)
    posting.notify(stranger, other)
    clock.move_to(EVENING)
    assert sending.send_due() == {"lost": 1, "sent": 1}
    kinds.forget(other)


@pytest.mark.parametrize(("late", "said"), [(-1, "sent"), (0, "not wanted")])
def test_a_day_late_is_too_late(clock, asked, heron, late, said):
    posting.notify(asked, heron)
    clock.move_to(EVENING + sending.LATE + timedelta(seconds=late))
    assert sending.send_due() == {said: 1}
    assert not Notice.objects.exists()


def test_of_two_senders_one_gets_it(asked, heron):
    posting.notify(asked, heron)
    mine, theirs = Notice.objects.get(), Notice.objects.get()
    assert (mine.claim(), theirs.claim()) == (True, False)


def test_two_senders_do_not_share_out_one_person(clock, asked, heron):
    """The other one took the first of two; it will take the second too."""
    posting.notify(asked, heron, EVENING)
    posting.notify(asked, heron, EVENING - timedelta(hours=1))
    first, second = Notice.objects.order_by("pk")
    first.claim()
    assert sending._tell([first, second], sending.Carrier()) == "another's"
    assert mail.outbox == []
    assert Notice.objects.get() == second


def test_who_is_being_erased_is_not_told(clock, asked, heron):
    posting.notify(asked, heron)
    asked.is_active = False
    asked.save(update_fields=["is_active"])
    clock.move_to(EVENING)
    assert sending.send_due() == {}


def test_the_address_of_today_counts(clock, asked, heron):
    posting.notify(asked, heron)
    asked.email = "new@example.org"
    asked.save(update_fields=["email"])
    clock.move_to(EVENING)
    sending.send_due()
    assert [sent.to for sent in mail.outbox] == [["new@example.org"]]


def test_as_many_queries_for_each_person(clock, writer, stranger, heron, django_assert_num_queries):
    """Three questions; then for each a claim, and whether it is still wanted."""
    people = [writer, stranger]
    for count in (1, 2):
        for person in people[:count]:
            choosing.choose(person.pk, {"heron"})
            posting.notify(person, heron, EVENING)
        clock.move_to(EVENING)
        with django_assert_num_queries(2 + 2 * count):
            assert sending.send_due() == {"sent": count}
