"""Two who join at once, on real connections: exactly one couple, and nothing half done."""

import uuid

import pytest

from exercises import access, couples
from exercises.models import Couple, Invitation, Membership
from exercises.together import invitations
from tests.conftest import signed_in
from tests.durability.test_races import at_once
from tests.exercises.together.invited import accept
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User

ROUNDS = 3
pytestmark = [pytest.mark.usefixtures("here"), pytest.mark.parametrize("round_", range(ROUNDS))]


def somebody():
    return User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)


def invited_by(person, **how):
    return invitations.invite(person, again=False, **how)


def opened(made):
    """The invitation, as the page has it that names the inviter."""
    return Invitation.objects.select_related("inviter").get(**made.secret.where)


def joins(person, invitation):
    """Accepts it, as the button does; whether that was what made the couple."""

    def press():
        try:
            invitations.accept(person, invitation, again=False)
        except couples.NotFree:
            return False
        return True

    return press


def couples_of(*people):
    """The couples in which they are, each once; all of them are whole."""
    found = set(Couple.objects.of(*people))
    assert [one.memberships.filter(ended_at=None).count() for one in found] == [2] * len(found)
    return found


@pytest.fixture
def no_key_is_left(here):
    """Every key that a test made is somebody's or a couple's."""
    yield
    named = User.objects.count() + Couple.objects.count()
    assert DataKey.objects.count() == named


@pytest.mark.usefixtures("no_key_is_left")
def test_two_accept_the_same_invitation(round_):
    inviter, *others = somebody(), somebody(), somebody()
    invitation = opened(invited_by(inviter))
    made = at_once(*(joins(one, invitation) for one in others))
    assert sorted(made) == [False, True]
    assert len(couples_of(inviter, *others)) == 1
    assert access.couple_of(others[made.index(False)]) is None
    assert not Invitation.objects.filter(inviter=inviter).exists()


@pytest.mark.usefixtures("no_key_is_left")
def test_each_accepts_the_others(round_):
    one, other = somebody(), somebody()
    theirs, mine = opened(invited_by(one)), opened(invited_by(other))
    made = at_once(joins(other, theirs), joins(one, mine))
    assert sorted(made) == [False, True]
    assert len(couples_of(one, other)) == 1
    assert not Invitation.objects.filter(inviter__in=[one, other]).exists()


@pytest.mark.usefixtures("no_key_is_left")
def test_a_ring_of_three(round_):
    """Each accepts what the next one made: two of them come together, one stays alone."""
    people = [somebody() for _ in range(3)]
    given = [opened(invited_by(person)) for person in people]
    made = at_once(*(joins(people[n - 1], given[n]) for n in range(3)))
    assert made.count(True) == 1
    assert len(couples_of(*people)) == 1


def test_a_double_click_leads_to_the_same_place(round_):
    inviter, person = somebody(), somebody()
    made = invited_by(inviter)
    browsers = [signed_in(person), signed_in(person)]
    answers = at_once(*(lambda at=at: accept(at, made.link) for at in browsers))
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/together/")] * 2
    assert len(couples_of(inviter, person)) == 1


@pytest.mark.usefixtures("no_key_is_left")
def test_withdrawn_while_it_is_accepted(round_):
    inviter, person = somebody(), somebody()
    invitation = opened(invited_by(inviter))
    withdraw = Invitation.objects.filter(pk=invitation.pk).delete
    came_together, _ = at_once(joins(person, invitation), withdraw)
    assert bool(couples_of(inviter, person)) == came_together
    assert not Invitation.objects.filter(pk=invitation.pk).exists()


@pytest.mark.usefixtures("no_key_is_left")
def test_the_inviter_ends_the_account_while_it_is_accepted(round_):
    inviter, person = somebody(), somebody()
    invitation = opened(invited_by(inviter))
    at_once(joins(person, invitation), lambda: erasure.erase(inviter))
    assert access.couple_of(person) is None
    assert not Membership.objects.filter(person=person).exists()


def test_never_more_than_five_open_ones(round_):
    inviter = somebody()
    for _ in range(invitations.MOST_OPEN - 1):
        invited_by(inviter)

    def once_more():
        try:
            invited_by(inviter)
        except invitations.TooMany:
            return False
        return True

    assert sorted(at_once(*[once_more] * 3)) == [False, False, True]
    assert len(access.own_invitations(inviter)) == invitations.MOST_OPEN


@pytest.mark.usefixtures("no_key_is_left")
def test_inviting_while_one_joins_somebody_leaves_no_invitation(round_):
    inviter, person = somebody(), somebody()
    invitation = opened(invited_by(inviter))

    def invites():
        try:
            invited_by(person)
        except couples.NotFree:
            return False
        return True

    at_once(joins(person, invitation), invites)
    assert len(couples_of(inviter, person)) == 1
    assert not Invitation.objects.filter(inviter__in=[inviter, person]).exists()
