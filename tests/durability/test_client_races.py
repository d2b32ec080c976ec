"""Inviting clients, accepting and ending at once, on real connections: nothing is half done."""

import uuid

import pytest

from exercises import access, carelinks, clientfiles
from exercises.care import invitations
from exercises.care.inviting_forms import new_token
from exercises.client import accepting
from exercises.models import CareLink, ClientFile, Invitation
from tests.durability.test_races import at_once
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User

ROUNDS = 3
pytestmark = [
    pytest.mark.prove,
    pytest.mark.usefixtures("here"),
    pytest.mark.parametrize("round_", range(ROUNDS)),
]


def somebody(**role):
    return User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None, **role)


def invited_by(therapist):
    """An invitation, as the page has it that says who invites."""
    draft = invitations.drafted(therapist, new_token(), uuid.uuid4().hex, "")
    invitations.invite(therapist, [draft])
    rows = Invitation.objects.select_related("inviter", "file__therapist")
    return rows.get(**draft.made.secret.where)


def accepts(person, invitation):
    """As the button does; whether that was what linked the two."""

    def press():
        try:
            accepting.accept(person, invitation)
        except carelinks.NotPossible:
            return False
        return True

    return press


@pytest.fixture
def therapist(here):
    return somebody(is_therapist=True)


@pytest.fixture(autouse=True)
def _no_key_is_left(here):
    """Every key that a test made is somebody's or a link's."""
    yield
    assert DataKey.objects.count() == User.objects.count() + CareLink.objects.count()


def test_two_accept_the_same_invitation(therapist, round_):
    people, invitation = [somebody(), somebody()], invited_by(therapist)
    made = at_once(*(accepts(one, invitation) for one in people))
    assert sorted(made) == [False, True]
    assert [access.care_of(one) is not None for one in people] == made
    assert not Invitation.objects.filter(inviter=therapist).exists()


def test_one_accepts_two_invitations(therapist, round_):
    person, given = (
        somebody(),
        [invited_by(one) for one in (therapist, somebody(is_therapist=True))],
    )
    made = at_once(*(accepts(person, one) for one in given))
    assert sorted(made) == [False, True]
    link = access.care_of(person)
    assert link
    assert link.therapist == given[made.index(True)].inviter
    assert Invitation.objects.filter(pk=given[made.index(False)].pk).exists()


@pytest.mark.parametrize("what", ["withdraw", "again", "delete"])
def test_taken_back_while_it_is_accepted(therapist, round_, what):
    person, invitation = somebody(), invited_by(therapist)
    file = invitation.file

    def taken_back():
        if what == "withdraw":
            invitations.withdraw(therapist, file)
            return None
        if what == "delete":
            return clientfiles.delete(therapist, file)
        try:
            return invitations.invite_again(therapist, file, new_token(), "")
        except invitations.Linked:
            return False

    accepted, taken = at_once(accepts(person, invitation), taken_back)
    assert (access.care_of(person) is not None) == accepted
    if what != "withdraw":
        assert bool(taken) != accepted
    assert ClientFile.objects.filter(pk=file.pk).exists() == (accepted or what != "delete")
    assert Invitation.objects.filter(file=file.pk).exists() == (what == "again" and not accepted)


def test_the_therapist_ends_the_account_while_it_is_accepted(therapist, round_):
    person, invitation = somebody(), invited_by(therapist)
    at_once(accepts(person, invitation), lambda: erasure.erase(therapist))
    assert access.care_of(person) is None
    assert not CareLink.objects.filter(client=person).exists()


def test_both_end_it(therapist, round_):
    person, invitation = somebody(), invited_by(therapist)
    accepts(person, invitation)()
    link = CareLink.objects.get(client=person)
    at_once(
        lambda: carelinks.end(link),
        lambda: carelinks.end_as_client(person),
        lambda: carelinks.end_as_client(person),
    )
    assert not CareLink.objects.filter(pk=link.pk).exists()
    assert access.own_file(therapist, invitation.file.pk).link is None


def test_the_same_list_is_sent_twice(therapist, round_):
    token = new_token()
    drafts = [invitations.drafted(therapist, token, f"client {n}", "") for n in range(20)]
    at_once(*[lambda: invitations.invite(therapist, drafts)] * 3)
    assert len(access.own_files(therapist)) == 20
    assert len(access.client_invitations(therapist)) == 20


def test_never_more_than_may_be_open(therapist, round_):
    drafts = [
        [invitations.drafted(therapist, new_token(), f"client {n}", "") for n in range(120)]
        for _ in range(2)
    ]

    def invites(some):
        def press():
            try:
                invitations.invite(therapist, some)
            except invitations.TooMany as refusal:
                return refusal.left
            return True

        return press

    assert sorted(at_once(*map(invites, drafts))) == [True, 80]
    assert len(access.client_invitations(therapist)) == 120
