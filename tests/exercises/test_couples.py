"""Coming together and parting, down to the rows and keys."""

import uuid
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import IntegrityError

from exercises import access, couples
from exercises.models import (
    Couple,
    JointAnswer,
    Keepsake,
    Membership,
    Parted,
    Ready,
    Share,
)
from tests.exercises.two import joint, shared
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.lib import ledger

OURS = "we keep the heron to ourselves"


def test_two_people_share_a_workbook(couple, writer, partner, stranger):
    assert [access.couple_of(one) for one in (writer, partner, stranger)] == [couple, couple, None]
    assert access.partner_in(couple, writer) == partner
    assert access.partner_in(couple, partner) == writer


def test_nobody_is_in_two(couple, writer, stranger):
    with pytest.raises(couples.NotFree):
        couples.make_couple(stranger, writer)
    assert access.couple_of(stranger) is None
    assert DataKey.objects.count() == 4


def test_the_database_refuses_a_second_couple(couple, writer, stranger):
    other = Couple.objects.create(data_key_id=uuid.uuid4(), since="2026-05-03")
    with pytest.raises(IntegrityError):
        Membership.objects.create(couple=other, person=writer, known_as=writer.email)


@pytest.mark.parametrize("who", ["writer", "partner", "erased"])
def test_leaving_ends_it_for_both(trial, couple, writer, partner, writing, who):
    joint(couple, writer, OURS)
    shared(couple, writer, writing)
    Ready.objects.create(couple=couple, person=partner, topic="answer.every-kind.moment")
    if who == "erased":
        erasure.erase(partner)
    else:
        assert couples.leave({"writer": writer, "partner": partner}[who])
    assert access.couple_of(writer) is None
    left = [Couple, Membership, Share, Ready, JointAnswer]
    assert [model._default_manager.count() for model in left] == [0] * len(left)
    assert not DataKey.objects.filter(pk=couple.data_key_id).exists()
    keepsake = Keepsake.objects.get(author=writer)
    assert keepsake.open(keepsake.revisions.get(), writer).value == OURS
    assert Parted.objects.count() == (0 if who == "erased" else 2)


def test_a_crash_before_the_key_is_gone_is_completed(trial, couple, writer, partner):
    joint(couple, writer, OURS)
    crash = patch("exercises.couples._destroy", side_effect=KeyboardInterrupt)
    with crash, pytest.raises(KeyboardInterrupt):
        couples.leave(writer)
    assert [access.couple_of(one) for one in (writer, partner)] == [None, None]
    assert couples.finish() == 1
    assert (Couple.objects.count(), DataKey.objects.count()) == (0, 2)
    assert Keepsake.objects.count() == 2
    assert couples.finish() == 0


def test_a_restored_couple_is_parted_again(trial, couple, writer, partner):
    joint(couple, writer, OURS)
    assert couples.finish() == 0
    assert erasure.replay([(couples.WORD, couple.pk)]).entries == 1
    assert access.couple_of(writer) is None
    assert Keepsake.objects.count() == 2


def test_the_ledger_knows_who_parted_by_a_random_id_only(couple, writer):
    couples.leave(writer)
    assert list(ledger.read(settings.LEDGER)) == [(couples.WORD, couple.pk)]


def test_nobody_must_stay_because_a_disk_is_full(couple, writer):
    with patch("exercises.shown.ledger.append", side_effect=OSError):
        assert couples.leave(writer)
    assert access.couple_of(writer) is None


def test_the_key_of_a_couple_is_not_swept(couple):
    DataKey.objects.update(made_at="2026-01-01T00:00Z")
    assert erasure.sweep_orphans() == 0
