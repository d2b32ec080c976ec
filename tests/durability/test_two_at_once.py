"""Two people, or one in two tabs, at the same moment: what is shown was confirmed, or is not shown.

On PostgreSQL, with real connections, in random orders of their statements (``interleaving``).
"""

import uuid

import pytest
from django.http import Http404

from exercises import access, couples, deletion
from exercises.models import (
    Answer,
    Audience,
    Invitation,
    JointAnswer,
    Keepsake,
    Membership,
    Ready,
    Share,
)
from exercises.recording import Draft, record
from exercises.sharing import actions as sharing
from exercises.together import invitations, opening, writing
from exercises.topics import topic_called
from lessons.kinds import Refused
from tests.durability.conftest import on_postgres
from tests.durability.interleaving import interleaved
from tests.servers.postgres import FAST
from tests.twins import pages as twins
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User

ORDERS = 25, 200
"""So many of the statements: in every run of the tests, and by ``make prove``."""
FEWER = 6, 50
"""In the races of which less depends."""
PLACE = {"lesson_id": "one", "prompt_id": "wish"}
TOPIC = topic_called("answer.one.wish")
CONFIRMED, TYPED_SINCE = "this was confirmed", "this was typed since"


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A PostgreSQL that waits for no disk: nothing is killed here."""
    with on_postgres(tmp_path_factory.mktemp("two"), FAST) as installation:
        yield installation


@pytest.fixture(params=["some", pytest.param("all", marks=pytest.mark.prove)])
def orders(request):
    """By their seeds."""
    return range(ORDERS[request.param == "all"])


@pytest.fixture(params=["some", pytest.param("all", marks=pytest.mark.prove)])
def fewer(request):
    """By their seeds."""
    return range(FEWER[request.param == "all"])


@pytest.fixture(autouse=True)
def _lessons_for_two(here, settings):
    settings.CONTENT_DIRS = [twins.CONTENT]


class Two:
    """A couple. Both have written something; each verb is what one of them does."""

    def __init__(self) -> None:
        self.author, self.partner = somebody(), somebody()
        self.couple = couples.make_couple(self.author, self.partner)
        self.row, self.theirs = write(self.author, CONFIRMED), write(self.partner, CONFIRMED)

    def share(self):
        sharing.share(self.author, self.row, self.row.head_id, Audience.PARTNER)

    def withdraw(self):
        sharing.withdraw(self.author, self.row, Audience.PARTNER)

    def edit(self):
        write(self.author, TYPED_SINCE, self.row.head_id)

    def hide(self):
        return deletion.hide(self.row, self.row.head_id)

    def is_ready(self):
        opening.ready(self.author, TOPIC, [self.row.head_id])

    def partner_is_ready(self):
        opening.ready(self.partner, TOPIC, [self.theirs.head_id])

    def is_not_ready(self):
        opening.close(self.author, TOPIC, was_open=False)

    def leave(self):
        couples.leave(self.author)

    def partner_leaves(self):
        couples.leave(self.partner)

    def write_together(self):
        with writing.together(self.partner) as couple:
            draft = Draft(CONFIRMED, None, uuid.uuid4())
            record(JointAnswer, PLACE, couple, asked(), draft, writer=self.partner)
        return "acknowledged"

    def shown(self):
        """What the partner reads of the author: what is shared."""
        return [read(share, self.author) for share in access.shared_with(self.partner)]

    def opened(self):
        """What the partner reads of both where they opened something together; None before."""
        pair = access.opened_pair(self.couple, self.partner, TOPIC)
        return pair and [
            read(pin, side.person) for side in (pair.mine, pair.theirs) for pin in side.pins
        ]

    def nothing_is_left(self):
        """Of what was between the two."""
        left = [
            model.objects.filter(couple=self.couple).exists()
            for model in (Membership, Share, Ready, JointAnswer)
        ]
        key = DataKey.objects.filter(pk=self.couple.data_key_id).exists()
        return not any(left) and not key and access.couple_of(self.partner) is None


def somebody():
    return User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)


def asked():
    return access.prompt_of(access.lesson_with("one"), "wish")


def write(person, text, base=None):
    saved = record(Answer, PLACE, person, asked(), Draft(text, base, uuid.uuid4()))
    assert saved is not None
    return saved.row


def read(pin, person):
    return pin.row.open(pin.revision, person).value


def ended_well(*results):
    """Whether each ended as it should or was refused, and nothing broke."""
    refusals = Http404, Refused, sharing.Newer, opening.Outdated, couples.NotFree
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, refusals)]


def test_withdrawing_while_it_is_read(orders):
    for seed in orders:
        two = Two()
        two.share()
        done, seen, again = interleaved(seed, [two.withdraw, two.shown, two.edit])
        assert (done, again) == (None, None)
        assert seen in ([], [CONFIRMED])
        assert two.shown() == []


def test_becoming_ready_while_the_other_takes_it_back(orders):
    """Whoever comes first: it is closed in the end, and was never open for one alone."""
    for seed in orders:
        two = Two()
        two.is_ready()
        *done, seen = interleaved(seed, [two.is_not_ready, two.partner_is_ready, two.opened])
        assert done == [None, None] or ended_well(*done) == []
        assert seen in (None, [CONFIRMED, CONFIRMED])
        assert two.opened() is None
        rows = Ready.objects.filter(couple=two.couple)
        assert not rows.exclude(opened_on=None).exists()
        assert not rows.filter(person=two.author).exists()


def test_sharing_while_it_is_changed(orders):
    """What is shown is the text that was confirmed, or nothing, whatever was typed meanwhile."""
    for seed in orders:
        two = Two()
        shared, edited = interleaved(seed, [two.share, two.edit])
        assert edited is None
        assert isinstance(shared, sharing.Newer) or shared is None
        assert two.shown() == ([] if shared else [CONFIRMED])


def test_sharing_and_withdrawing(fewer):
    """The later of the two counts."""
    for seed in fewer:
        two = Two()
        assert ended_well(*interleaved(seed, [two.share, two.withdraw])) == []
        assert two.shown() in ([], [CONFIRMED])


def test_both_become_ready(fewer):
    for seed in fewer:
        two = Two()
        *done, seen = interleaved(seed, [two.is_ready, two.partner_is_ready, two.opened])
        assert done == [None, None]
        assert seen in (None, [CONFIRMED, CONFIRMED])
        assert two.opened() == [CONFIRMED, CONFIRMED]


def test_becoming_ready_while_it_is_changed(fewer):
    for seed in fewer:
        two = Two()
        two.partner_is_ready()
        ready, edited, seen = interleaved(seed, [two.is_ready, two.edit, two.opened])
        assert edited is None
        assert isinstance(ready, opening.Outdated) or ready is None
        assert seen in (None, [CONFIRMED, CONFIRMED])
        assert two.opened() == (None if ready else [CONFIRMED, CONFIRMED])


@pytest.mark.parametrize("begun", ["share", "is_ready"])
def test_deleting_while_it_begins_to_be_shown(begun, fewer):
    """What is deleted is shown to nobody, whichever came first."""
    for seed in fewer:
        two = Two()
        two.partner_is_ready()
        hidden, done = interleaved(seed, [two.hide, getattr(two, begun)])
        assert (hidden, ended_well(done)) == (True, [])
        assert (two.shown(), two.opened()) == ([], None)
        assert not Share.objects.filter(owner=two.author).exists()
        assert not Ready.objects.filter(person=two.author).exists()


def test_deleting_while_the_other_becomes_ready(fewer):
    """Nothing is open afterwards, not for one of them either."""
    for seed in fewer:
        two = Two()
        two.is_ready()
        hidden, ready, seen = interleaved(seed, [two.hide, two.partner_is_ready, two.opened])
        assert (hidden, ready) == (True, None)
        assert seen in (None, [CONFIRMED, CONFIRMED])
        assert two.opened() is None
        assert not Ready.objects.filter(couple=two.couple).exclude(opened_on=None).exists()


@pytest.mark.parametrize("other", ["share", "is_ready", "partner_is_ready", "partner_leaves"])
def test_leaving_while_something_else_happens(other, fewer):
    """Both are alone afterwards, and nothing of what was between them is left."""
    for seed in fewer:
        two = Two()
        two.share()
        if other != "is_ready":
            two.is_ready()
        left, done = interleaved(seed, [two.leave, getattr(two, other)])
        assert ended_well(left, done) == []
        assert two.nothing_is_left()


def test_leaving_while_the_other_writes_together(fewer):
    """What was acknowledged both keep; what was refused, neither."""
    for seed in fewer:
        two = Two()
        left, written = interleaved(seed, [two.leave, two.write_together])
        assert ended_well(left, written) == []
        assert two.nothing_is_left()
        kept = [
            row.open(row.head, person).value
            for person in (two.author, two.partner)
            for row in Keepsake.objects.filter(author=person).select_related("head")
        ]
        assert kept == ([CONFIRMED, CONFIRMED] if written == "acknowledged" else [])


def test_two_accept_one_invitation(fewer):
    for seed in fewer:
        inviter, *people = somebody(), somebody(), somebody()
        invitations.invite(inviter, again=False)
        found = Invitation.objects.get(inviter=inviter)
        done = interleaved(seed, [accepting(person, found) for person in people])
        assert (ended_well(*done), done.count(None)) == ([], 1)
        assert in_couples(inviter, *people) == 2


def test_two_invite_each_other_and_both_accept(fewer):
    for seed in fewer:
        people = somebody(), somebody()
        for person in people:
            invitations.invite(person, again=False)
        theirs = [Invitation.objects.get(inviter=person) for person in reversed(people)]
        done = interleaved(seed, list(map(accepting, people, theirs)))
        assert ended_well(*done) == []
        assert done.count(None) == 1
        assert in_couples(*people) == 2
        assert access.couple_of(people[0]) == access.couple_of(people[1])


def accepting(person, invitation):
    return lambda: invitations.accept(person, invitation, again=False)


def in_couples(*people):
    """How many of these are in a couple, which is the same for all."""
    found = Membership.objects.filter(person__in=people, ended_at=None)
    assert found.values("couple").distinct().count() == 1
    return found.count()
