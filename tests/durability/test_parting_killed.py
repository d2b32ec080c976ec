"""Killed between any two steps of parting, each of the two keeps every piece, once and whole."""

import uuid

import pytest
from django.conf import settings

from exercises import access, couples
from exercises.models import Couple, JointAnswer, Keepsake, Membership
from exercises.recording import Draft, record
from lessons.kinds import prompt_from
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User
from trustbook.lib import ledger

pytestmark = pytest.mark.usefixtures("here")

PROMPT = prompt_from({"id": "moment", "kind": "text", "ask": "What?"})
PIECES = 5
TEXTS = sorted(f"piece {number}" for number in range(PIECES))
BEFORE = {
    "noted in the ledger": "trustbook.lib.ledger:append",
    "copied for one": "exercises.couples:copy_for",
    "copied for both, not committed": "exercises.couples:copy_for#2",
}
"""Steps after which all is as if nobody had left."""
AFTER = {
    "parted": "exercises.couples:_part",
    "key destroyed": "trustbook.accounts.keys.vault:destroy_key",
    "rows deleted": "exercises.models.couple:Couple.delete",
}


QUICK = {"copied for both, not committed", "parted"}
"""The steps that are tried each time."""


def each(steps):
    """The steps; all but the quick ones in the long proofs."""
    prove = pytest.mark.prove
    return [pytest.param(step, marks=() if step in QUICK else prove) for step in steps]


@pytest.fixture
def two():
    """Two people who have written some pieces together."""
    people = [User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None) for _ in range(2)]
    couple = couples.make_couple(people[0], people[1])
    for number in range(PIECES):
        where = {"lesson_id": f"lesson-{number}", "prompt_id": "moment"}
        draft = Draft(f"piece {number}", None, uuid.uuid4())
        record(JointAnswer, where, couple, PROMPT, draft, writer=people[number % 2])
    return people


def kept(person):
    """What a person's keepsakes say."""
    vault.forget_all()
    rows = Keepsake.objects.filter(author=person)
    return sorted(row.open(row.head, person).value for row in rows)


def nothing_is_left_of(couple):
    vault.forget_all()
    assert not Couple.objects.filter(pk=couple.pk).exists()
    assert not Membership.objects.filter(couple_id=couple.pk).exists()
    assert not JointAnswer.objects.filter(couple_id=couple.pk).exists()
    assert not DataKey.objects.filter(pk=couple.data_key_id).exists()
    assert ("couple", couple.pk) in ledger.read(settings.LEDGER)


@pytest.mark.parametrize("step", each(BEFORE))
def test_before_the_first_commit_nobody_has_left(installation, two, step):
    couple = access.own_couple(two[0])
    installation.dies(BEFORE[step], "leave", two[0].email)
    assert [access.couple_of(one) for one in two] == [couple, couple]
    assert [kept(one) for one in two] == [[], []]
    assert len(access.joint_answers(couple)) == PIECES
    couples.leave(two[1])
    assert [kept(one) for one in two] == [TEXTS, TEXTS]
    nothing_is_left_of(couple)


@pytest.mark.parametrize("step", each(AFTER))
def test_after_it_both_have_all_and_another_process_completes_the_rest(installation, two, step):
    couple = access.own_couple(two[0])
    installation.dies(AFTER[step], "leave", two[0].email)
    assert [access.couple_of(one) for one in two] == [None, None]
    assert [kept(one) for one in two] == [TEXTS, TEXTS]
    installation.manage("finish_erasures")
    assert [kept(one) for one in two] == [TEXTS, TEXTS]
    nothing_is_left_of(couple)


@pytest.mark.prove
def test_the_other_can_leave_again_what_was_left_half(installation, two):
    couple = access.own_couple(two[0])
    installation.dies(AFTER["parted"], "leave", two[0].email)
    couples.end(Couple.objects.get(pk=couple.pk))
    assert [kept(one) for one in two] == [TEXTS, TEXTS]
    nothing_is_left_of(couple)


@pytest.mark.prove
def test_an_account_that_is_deleted_leaves_the_other_all(installation, two):
    couple = access.own_couple(two[0])
    installation.dies("trustbook.accounts.erasure:mark", "erase_account", two[0].email, "--yes")
    assert kept(two[1]) == TEXTS
    installation.manage("finish_erasures")
    assert kept(two[1]) == TEXTS
    assert not Keepsake._base_manager.filter(author_id=two[0].pk).exists()
    nothing_is_left_of(couple)
