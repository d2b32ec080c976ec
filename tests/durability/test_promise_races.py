"""Two people and their promises at once: nothing acknowledged is lost, nothing is half done."""

import uuid

import pytest
from django.conf import settings
from django.http import Http404

from exercises import access, couples
from exercises.models import Keepsake, Promise, PromiseView
from exercises.models.promise import State, Wording
from exercises.together import ledger_of_promises as ledger
from lessons.kinds import Refused
from tests.durability.test_races import at_once
from trustbook.accounts.models import User
from trustbook.lib import ledger as erased

pytestmark = pytest.mark.usefixtures("here")

ROUNDS = 3
CALL = Wording("Call if later than half past six", "", None)


@pytest.fixture(params=range(ROUNDS))
def two(request):
    """A new couple for each round."""
    people = [User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None) for _ in range(2)]
    one, other = people
    couples.make_couple(one, other)
    return people


def write(person, wording=CALL, token=None):
    return ledger.write_down(person, by_me=True, wording=wording, token=token or uuid.uuid4())


def done(action):
    """Whether it was acknowledged; what has gone is a 404."""

    def tried():
        try:
            action()
        except Http404:
            return False
        return True

    return tried


def kept(person):
    """What a person has of the promises after leaving, and how each stands."""
    found = Keepsake.objects.filter(author=person)
    return sorted(
        (row["what"], row["state"])
        for keepsake in found
        for row in keepsake.open(keepsake.revisions.get(), person).value
    )


def test_a_double_click(two):
    writer, _ = two
    token = uuid.uuid4()
    made = at_once(*[lambda: write(writer, token=token).pk] * 3)
    assert len(set(made)) == 1
    assert Promise.objects.filter(writer=writer).count() == 1


def test_both_say_something(two):
    writer, partner = two
    promise = write(writer)
    says = [(writer, State.KEPT), (partner, State.NOT_KEPT)]
    at_once(
        *(
            lambda person=person, state=state: ledger.say(person, promise.pk, state, uuid.uuid4())
            for person, state in says
        )
    )
    found = access.promise_of(access.own_couple(writer), writer, promise.pk)
    assert (found.mine, found.theirs) == (State.KEPT, State.NOT_KEPT)


def test_the_last_place(two, monkeypatch):
    """Never one promise more than can be kept."""
    monkeypatch.setattr(ledger, "MOST_PROMISES", 2)
    writer, partner = two
    write(writer)

    def one_more(person):
        try:
            write(person)
        except Refused:
            return False
        return True

    made = at_once(lambda: one_more(writer), lambda: one_more(partner))
    assert sorted(made) == [False, True]
    assert Promise.objects.filter(couple=access.own_couple(writer)).count() == 2


def test_saying_and_removing(two):
    writer, partner = two
    promise = write(writer)
    _, removed = at_once(
        done(lambda: ledger.say(partner, promise.pk, State.KEPT, uuid.uuid4())),
        done(lambda: ledger.remove(writer, promise.pk)),
    )
    assert removed
    assert not Promise.objects.filter(pk=promise.pk).exists()
    assert not PromiseView.objects.filter(promise_id=promise.pk).exists()


def test_writing_down_and_leaving(two):
    """What was acknowledged is in what both keep; what was not is nowhere."""
    writer, partner = two
    written, left = at_once(done(lambda: write(writer)), lambda: couples.leave(partner))
    assert left
    expected = [(CALL.what, "open")] if written else []
    assert (kept(writer), kept(partner)) == (expected, expected)
    assert not Promise.objects.filter(writer=writer).exists()


def test_saying_and_leaving(two):
    writer, partner = two
    promise = write(writer)
    said, _ = at_once(
        done(lambda: ledger.say(writer, promise.pk, State.KEPT, uuid.uuid4())),
        lambda: couples.leave(partner),
    )
    assert kept(writer) == [(CALL.what, "kept" if said else "open")]
    assert kept(partner) == [(CALL.what, "open")]


def test_removing_and_leaving(two):
    """Either it was removed for both, or both keep it."""
    writer, partner = two
    promise = write(writer)
    removed, _ = at_once(
        done(lambda: ledger.remove(writer, promise.pk)), lambda: couples.leave(partner)
    )
    assert (("promise", promise.pk) in erased.read(settings.LEDGER)) is removed
    expected = [] if removed else [(CALL.what, "open")]
    assert (kept(writer), kept(partner)) == (expected, expected)


def test_all_of_it_at_once(two):
    writer, partner = two
    promise, other = write(writer), write(partner)
    said, removed, _, _ = at_once(
        done(lambda: ledger.say(partner, promise.pk, State.CHANGED, uuid.uuid4())),
        done(lambda: ledger.remove(partner, other.pk)),
        lambda: couples.leave(writer),
        lambda: couples.leave(partner),
    )
    theirs = [(CALL.what, "changed" if said else "open")]
    assert kept(partner) == sorted(theirs + ([] if removed else [(CALL.what, "open")]))
    assert len(kept(writer)) == len(kept(partner))
    assert access.couple_of(writer) is None
