"""The rows of the promise ledger: who may add what, what stays, what is told, what is sealed."""

import random
import string
import uuid
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from exercises import access, couples, telling
from exercises.models import Immutable, Promise, PromiseView
from exercises.models.promise import State, Wording
from exercises.together import ledger_of_promises as ledger
from lessons.kinds import Refused
from tests.exercises.together.ledger import CALL, says, views, written
from trustbook.accounts import erasure
from trustbook.lib import ledger as erased
from trustbook.lib.encryption import Unreadable
from trustbook.lib.outbox import choosing
from trustbook.lib.outbox.models import Notice

NOW = datetime(2026, 5, 3, 12, 30, tzinfo=UTC)
WORDS = Wording(CALL, "each evening", date(2026, 5, 3))


@pytest.fixture
def clock():
    """Half past twelve on a Sunday in May."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def promised(couple, person):
    [one] = access.promises_of(couple, person)
    return one


def test_both_read_it_and_each_from_their_own_side(clock, couple, writer, partner):
    ledger.write_down(writer, by_me=True, wording=WORDS, token=uuid.uuid4())
    mine, theirs = (promised(couple, one) for one in (writer, partner))
    assert (mine.wording, theirs.wording) == (WORDS, WORDS)
    assert (mine.by_me, mine.written_by_me, mine.written_on) == (True, True, date(2026, 5, 3))
    assert (theirs.by_me, theirs.written_by_me, theirs.written_on) == (
        *(False, False),
        date(2026, 5, 3),
    )


def test_the_same_token_is_the_same_promise(couple, writer):
    token = uuid.uuid4()
    made = [ledger.write_down(writer, by_me=True, wording=WORDS, token=token).pk for _ in range(3)]
    assert (len(set(made)), Promise.objects.count()) == (1, 1)


def test_other_words_under_a_used_token_are_another_promise(couple, writer, partner):
    """Somebody went back to the page, changed the words and sent it again, twice."""
    token, other = uuid.uuid4(), Wording("Ring before lunch", "", None)
    ledger.write_down(writer, by_me=True, wording=WORDS, token=token)
    for person in (writer, writer, partner):
        ledger.write_down(person, by_me=person == writer, wording=other, token=token)
    assert [what for what, _, _ in views(writer)] == [CALL, *["Ring before lunch"] * 2]
    assert Promise.objects.filter(writer=writer).count() == 2


def test_there_is_an_end_to_it_but_none_to_what_was_sent_before(couple, writer, monkeypatch):
    monkeypatch.setattr(ledger, "MOST_PROMISES", 2)
    token = uuid.uuid4()
    ledger.write_down(writer, by_me=True, wording=WORDS, token=token)
    written(writer, "Ring before lunch")
    with pytest.raises(Refused, match="as many as can be kept"):
        written(writer, "Ring after lunch")
    ledger.write_down(writer, by_me=True, wording=WORDS, token=token)
    assert Promise.objects.count() == 2


def test_by_the_day_then_by_the_words(couple, writer):
    days = [("b", None), ("z", date(2026, 5, 3)), ("A", None), ("m", date(2026, 5, 2))]
    for what, due in days:
        written(writer, what, due=due)
    assert [what for what, _, _ in views(writer)] == ["m", "z", "A", "b"]


@pytest.mark.parametrize("by_me", [True, False])
def test_each_says_their_own_and_neither_the_other_s(couple, writer, partner, by_me):
    promise = written(writer, by_me=by_me)
    says(writer, promise, State.KEPT)
    assert views(writer) == [(CALL, "kept", "open")]
    says(partner, promise, State.OTHERWISE)
    assert views(writer) == [(CALL, "kept", "otherwise")]
    assert views(partner) == [(CALL, "otherwise", "kept")]
    says(writer, promise, State.NOT_KEPT)
    assert views(partner) == [(CALL, "otherwise", "not-kept")]


def test_the_later_one_counts_and_the_earlier_ones_stay(clock, couple, writer, partner):
    promise = written(writer)
    for state in (State.KEPT, State.NOT_KEPT, State.KEPT):
        says(writer, promise, state)
    clock.shift(timedelta(days=-400))  # a clock that was put back
    says(writer, promise, State.CHANGED)
    found = promised(couple, partner)
    assert [said.state.value for said in found.said] == ["kept", "not-kept", "kept", "changed"]
    assert (found.mine, found.theirs) == (State.OPEN, State.CHANGED)


def test_the_same_said_twice_on_a_day_is_said_once(clock, couple, writer):
    promise = written(writer)
    says(writer, promise, State.OPEN)
    says(writer, promise, State.KEPT)
    says(writer, promise, State.KEPT)
    clock.shift(timedelta(days=1))
    says(writer, promise, State.KEPT)
    assert [said.on.day for said in promised(couple, writer).said] == [3, 4]


def test_a_late_repetition_changes_nothing(couple, writer):
    promise, token = written(writer), uuid.uuid4()
    ledger.say(writer, promise.pk, State.KEPT, token)
    ledger.say(writer, promise.pk, State.NOT_KEPT, uuid.uuid4())
    ledger.say(writer, promise.pk, State.KEPT, token)
    assert views(writer) == [(CALL, "not-kept", "open")]


def test_another_choice_under_a_used_token_counts(couple, writer, partner):
    promise, token = written(writer), uuid.uuid4()
    ledger.say(writer, promise.pk, State.KEPT, token)
    ledger.say(writer, promise.pk, State.CHANGED, token)
    ledger.say(partner, promise.pk, State.CHANGED, token)
    assert views(writer) == [(CALL, "changed", "changed")]


def test_one_promise_is_not_talked_about_for_ever(couple, writer, monkeypatch):
    monkeypatch.setattr(ledger, "MOST_SAYINGS", 2)
    promise = written(writer)
    says(writer, promise, State.KEPT)
    says(writer, promise, State.CHANGED)
    with pytest.raises(Refused, match="Write it down anew"):
        says(writer, promise, State.KEPT)


def test_the_day_is_that_of_whoever_says_it(clock, couple, writer, partner):
    clock.move_to(datetime(2026, 5, 3, 23, 30, tzinfo=UTC))
    writer.time_zone, partner.time_zone = "Pacific/Auckland", "America/New_York"
    promise = written(writer)
    says(partner, promise, State.KEPT)
    found = promised(couple, writer)
    assert (found.written_on, found.said[0].on) == (date(2026, 5, 4), date(2026, 5, 3))


def test_only_who_wrote_it_down_removes_it(couple, writer, partner):
    promise = written(writer, by_me=False)
    with pytest.raises(Http404):
        ledger.remove(partner, promise.pk)
    ledger.remove(writer, promise.pk)
    with pytest.raises(Http404):
        ledger.remove(writer, promise.pk)
    assert list(erased.read(settings.LEDGER)) == [("promise", promise.pk)]


def test_removed_leaves_nothing(couple, writer, partner):
    promise = written(writer)
    says(writer, promise, State.KEPT)
    says(partner, promise, State.KEPT)
    ledger.remove(writer, promise.pk)
    assert (Promise.objects.count(), PromiseView.objects.count(), views(partner)) == (0, 0, [])


def test_a_restored_promise_is_removed_again(couple, writer, partner):
    promise = written(writer)
    says(partner, promise, State.KEPT)
    kept = written(writer, "Ring before lunch")
    assert erasure.replay([("promise", promise.pk)]).entries == 1
    assert (Promise.objects.get(), PromiseView.objects.count()) == (kept, 0)


def test_a_full_disk_keeps_nobody_from_removing(couple, writer):
    promise = written(writer)
    with patch("exercises.shown.ledger.append", side_effect=OSError):
        ledger.remove(writer, promise.pk)
    assert not Promise.objects.exists()


def test_nothing_is_written_in_no_couple(couple, writer, partner):
    promise = written(writer)
    couples.leave(partner)
    for act in (
        lambda: written(writer),
        lambda: says(writer, promise, State.KEPT),
        lambda: ledger.remove(writer, promise.pk),
    ):
        with pytest.raises(Http404):
            act()
    assert not Promise.objects.exists()


def test_every_state_is_as_long(couple, writer, partner):
    promise = written(writer)
    for state in [*State, State.OPEN]:
        says(writer, promise, state)
        says(partner, promise, state)
    assert {view.open(couple) for view in PromiseView.objects.all()} == set(State)
    assert {len(bytes(view.sealed)) for view in PromiseView.objects.all()} == {512 + 28}


def test_no_length_tells_whether_there_is_a_day(couple, writer):
    """Wherever the words end in their half kilobyte."""
    chance = random.Random(3)
    noise = "".join(chance.choice(string.printable) for _ in range(800))
    row = Promise(couple=couple, maker=writer, writer=writer)

    def length(what, due):
        row.seal(couple, Wording(what, "", due))
        return len(row.sealed)

    lengths = [
        tuple(length(noise[:end], due) for due in (None, date(2026, 5, 3)))
        for end in range(300, 800, 3)
    ]
    assert set(lengths) == {(540, 540), (1052, 1052)}


def test_nothing_stands_in_the_clear(couple, writer):
    promise = written(writer, CALL, "each evening", date(2031, 7, 9))
    says(writer, promise, State.OTHERWISE)
    stored = ""
    for model in (Promise, PromiseView):
        stored += repr(
            [
                bytes(value) if isinstance(value, memoryview) else value
                for row in model.objects.values_list()
                for value in row
            ]
        )
    for words in (CALL, "each evening", "2031, 7", "2031-07", "otherwise", "remembered"):
        assert words not in stored


def test_what_was_moved_does_not_open(couple, writer, partner):
    one, two = written(writer, "one"), written(writer, "two")
    says(writer, one, State.KEPT)
    says(partner, one, State.NOT_KEPT)
    two.sealed = one.sealed
    mine = PromiseView.objects.get(person=writer)
    theirs = PromiseView.objects.get(person=partner)
    mine.sealed = theirs.sealed
    turned = Promise.objects.get(pk=one.pk)
    turned.maker = partner
    said_by_another = PromiseView.objects.get(person=partner)
    said_by_another.person = writer
    for row in (two, mine, turned, said_by_another):
        with pytest.raises(Unreadable):
            row.open(couple)


@pytest.mark.parametrize("model", [Promise, PromiseView])
def test_nothing_said_is_ever_changed(couple, writer, model):
    says(writer, written(writer), State.KEPT)
    row = model.objects.get()
    with pytest.raises(Immutable):
        row.save()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(sealed=b"")
    never = pytest.raises(DatabaseError, match="never changed")
    with never, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET token = token")


@pytest.fixture
def asked(partner):
    """The partner asked to be told."""
    choosing.choose(partner.pk, {telling.FROM_PARTNER.name})


def test_the_other_is_told_that_there_is_something(clock, asked, couple, writer, partner):
    clock.shift(timedelta(days=1))
    promise = written(writer)
    assert [notice.person_id for notice in Notice.objects.all()] == [partner.pk]
    assert not telling.FROM_PARTNER.still(partner)
    clock.shift(timedelta(days=1, hours=6))
    assert telling.FROM_PARTNER.still(partner)
    assert not telling.FROM_PARTNER.still(writer)
    ledger.remove(writer, promise.pk)
    assert not telling.FROM_PARTNER.still(partner)


def test_what_was_written_long_ago_is_no_news(clock, asked, couple, writer, partner):
    clock.shift(timedelta(days=1))
    written(writer)
    clock.shift(timedelta(days=2, hours=6))
    assert not telling.FROM_PARTNER.still(partner)


def test_nobody_is_told_of_what_was_not_kept(asked, couple, writer):
    with (
        patch("exercises.telling.posting.notify", side_effect=DatabaseError),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        written(writer)
    assert (Promise.objects.count(), Notice.objects.count()) == (0, 0)
