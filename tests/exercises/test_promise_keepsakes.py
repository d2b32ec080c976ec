"""What each keeps of the promises when the two part: as that person saw them, undated."""

import uuid
from datetime import date
from unittest.mock import patch

import pytest

from exercises import couples
from exercises.models import Keepsake, Promise, PromiseView
from exercises.models.promise import State
from exercises.promise_keepsakes import copy_promises_for
from tests.exercises.together.ledger import CALL, says, written
from trustbook.accounts import erasure

LANDLORD = "Ring the landlord"


def kept(person):
    rows = Keepsake.objects.filter(author=person).order_by("source")
    return [
        [tuple(row[key] for key in ("what", "by", "until", "state")) for row in opened.value]
        for keepsake in rows
        for opened in [keepsake.open(keepsake.revisions.get(), person)]
    ]


@pytest.mark.parametrize("who", ["writer", "partner", "erased"])
def test_each_keeps_their_own_view(couple, writer, partner, who):
    promise = written(writer, CALL, "each evening", date(2026, 5, 3))
    says(writer, promise, State.KEPT)
    says(partner, promise, State.OTHERWISE)
    other = written(partner, LANDLORD)
    says(partner, other, State.NOT_KEPT)
    says(partner, other, State.CHANGED)
    if who == "erased":
        erasure.erase(partner)
    else:
        couples.leave({"writer": writer, "partner": partner}[who])
    until = "each evening, by 3 May 2026"
    assert kept(writer) == [[(CALL, "me", until, "kept"), (LANDLORD, "them", "", "open")]]
    if who != "erased":
        theirs = [(CALL, "them", until, "open"), (LANDLORD, "me", "", "changed")]
        assert kept(partner) == [theirs]
    assert (Promise.objects.count(), PromiseView.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", State)
def test_every_state_is_one_of_an_own_list(couple, writer, state):
    says(writer, written(writer), state)
    couples.leave(writer)
    as_kept = {"kept": "kept", "not-kept": "not-kept", "changed": "changed"}
    assert kept(writer) == [[(CALL, "me", "", as_kept.get(state.value, "open"))]]


def test_it_reads_as_a_list_of_promises_with_its_question(couple, writer):
    written(writer)
    couples.leave(writer)
    keepsake = Keepsake.objects.get(author=writer)
    opened = keepsake.open(keepsake.revisions.get(), writer)
    assert (keepsake.lesson_id, keepsake.prompt_id, keepsake.source) == (
        *("", "promises"),
        couple.pk,
    )
    assert opened.snapshot["ask"] == "Promises the two of you wrote down"
    assert opened.prompt.fits(opened.value)
    assert opened.prompt.as_text(opened.value) == f"{CALL} (I promised · still open)"


def test_no_promise_makes_no_keepsake(couple, writer):
    couples.leave(writer)
    assert not Keepsake.objects.exists()


def test_copied_again_after_a_crash_it_is_the_same(couple, writer, partner):
    written(writer)
    crash = patch("exercises.couples._destroy", side_effect=KeyboardInterrupt)
    with crash, pytest.raises(KeyboardInterrupt):
        couples.leave(writer)
    copy_promises_for(writer, couple)
    assert couples.finish() == 1
    assert (kept(writer), kept(partner)) == (
        [[(CALL, "me", "", "open")]],
        [[(CALL, "them", "", "open")]],
    )


def test_what_no_answer_could_hold_becomes_several(couple, writer, monkeypatch):
    monkeypatch.setattr("exercises.promise_keepsakes.MOST_ROWS", 2)
    for number in range(5):
        written(writer, f"Promise {number}")
    couples.leave(writer)
    parts = kept(writer)
    assert sorted(len(part) for part in parts) == [1, 2, 2]
    assert sorted(row[0] for part in parts for row in part) == [f"Promise {n}" for n in range(5)]


def test_by_their_length_as_well(couple, writer, monkeypatch):
    monkeypatch.setattr("exercises.promise_keepsakes.MOST_BYTES_AN_ANSWER", 1_000)
    for number in range(4):
        written(writer, f"{number}" * 600)
    couples.leave(writer)
    assert [len(part) for part in kept(writer)] == [1, 1, 1, 1]


def test_what_is_damaged_keeps_nobody_from_leaving(couple, writer, partner):
    written(writer)
    broken = Promise(
        couple=couple, maker=writer, writer=writer, token=uuid.uuid4(), written_on="2026-05-03"
    )
    broken.sealed = b"x" * 540
    broken.save()
    assert couples.leave(writer)
    assert kept(partner) == [[(CALL, "them", "", "open")]]
