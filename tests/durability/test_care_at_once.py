"""A therapist and a client at the same moment: what was read is noted, and was read before the end.

On PostgreSQL, with real connections, in random orders of their statements (``interleaving``).
"""

import uuid
from datetime import date
from functools import partial

import pytest
from django.db import transaction
from django.http import Http404

from exercises import access, carelinks, couples, deletion, threads
from exercises.assignments import today_of
from exercises.care import giving
from exercises.care.giving import Planned
from exercises.client import pressing
from exercises.models import (
    Assignment,
    Audience,
    CareLink,
    ClientFile,
    How,
    Keepsake,
    Membership,
    Opening,
    Share,
)
from exercises.sharing import actions as sharing
from tests.conftest import a_file
from tests.durability.conftest import on_postgres
from tests.durability.interleaving import interleaved
from tests.durability.test_two_at_once import CONFIRMED, write
from tests.servers.postgres import FAST
from tests.twins import pages as twins
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User

pytestmark = pytest.mark.prove
ORDERS = range(60)
NOTE = "read it slowly"
SAID = "let us talk about it"


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A PostgreSQL that waits for no disk: nothing is killed here."""
    with on_postgres(tmp_path_factory.mktemp("care"), FAST) as installation:
        yield installation


@pytest.fixture(autouse=True)
def _lessons_for_two(here, settings):
    settings.CONTENT_DIRS = [twins.CONTENT]


def somebody(**fields):
    person = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)
    if fields:
        User.objects.filter(pk=person.pk).update(**fields)
        person.refresh_from_db()
    return person


class Room:
    """A therapist and a client with an answer; each verb is what one of them does."""

    def __init__(self, *, shares=False) -> None:
        self.therapist, self.client = somebody(is_therapist=True), somebody()
        self.file = a_file(self.therapist, "Tuesday, 10:00")
        self.link = carelinks.make_link(self.file, self.client)
        self.row = write(self.client, CONFIRMED)
        if shares:
            self.share()

    def share(self):
        sharing.share(self.client, self.row, self.row.head_id, Audience.THERAPIST)

    def withdraw(self):
        sharing.withdraw(self.client, self.row, Audience.THERAPIST)

    def hide(self):
        return deletion.hide(self.row, self.row.head_id)

    def end(self):
        carelinks.end(CareLink(pk=self.link.pk, data_key_id=self.link.data_key_id))

    def read(self):
        """What the therapist reads."""
        found = access.read_shared(self.therapist, self.file.pk, How.SCREEN)
        return [one.opened.value for one in found]

    def say(self, writer, link):
        """Says something about the shared text; the link is locked."""
        sent = threads.Sent(SAID, self.row.head_id, uuid.uuid4())
        threads.say(link, writer, self.row.pk, sent)
        return "acknowledged"

    def respond(self):
        """The therapist’s press."""
        with transaction.atomic():
            link = access.own_link(self.therapist, self.file.pk, lock=True)
            return self.say(self.therapist, link)

    def reply(self):
        """The client’s."""
        with transaction.atomic():
            return self.say(self.client, access.locked_care(self.client))

    def assign(self):
        """One lesson, with a note."""
        plan = [Planned("one", None, None)]
        giving.give(self.therapist, [self.file.pk], plan, NOTE, uuid.uuid4())
        return "acknowledged"

    def given(self):
        """An assignment, made before."""
        row = Assignment(link=self.link, lesson_id="one", assigned_on=date(2026, 5, 3))
        row.seal_note(self.link, NOTE)
        row.save()
        return row

    @property
    def kept(self):
        """What the client’s copies say."""
        vault.forget_all()
        rows = Keepsake.objects.filter(author=self.client)
        return [row.open(row.head, self.client).value for row in rows]

    @property
    def noted(self):
        """How many readings the client is told of."""
        return Opening.objects.filter(owner=self.client).count()

    def nothing_is_left(self):
        """Of what was between the two."""
        assert access.care_of(self.client) is None
        assert not CareLink.objects.filter(pk=self.link.pk).exists()
        assert not Share.objects.filter(owner=self.client).exists()
        assert not DataKey.objects.filter(pk=self.link.data_key_id).exists()
        assert ClientFile.objects.get(pk=self.file.pk).link is None
        return True


def ended_up(results, *allowed):
    """All that is neither what was allowed nor a 404."""
    return [one for one in results if not (isinstance(one, Http404) or one in allowed)]


@pytest.mark.parametrize("seed", ORDERS)
def test_ended_while_it_is_shared(seed):
    room = Room()
    results = interleaved(seed, [room.end, room.share])
    assert ended_up(results, None) == []
    assert room.nothing_is_left()


@pytest.mark.parametrize("seed", ORDERS)
def test_ended_while_it_is_read(seed, monkeypatch):
    """The link’s row stays, to tell when it ended: whatever was read was read before that."""
    monkeypatch.setattr(CareLink, "delete", lambda self: None)
    room = Room(shares=True)
    ended, seen = interleaved(seed, [room.end, room.read])
    assert ended is None
    if isinstance(seen, Http404):
        assert room.noted == 0
        return
    assert (seen, room.noted) == ([CONFIRMED], 1)
    at = CareLink.objects.get(pk=room.link.pk).ended_at
    assert at
    assert Opening.objects.get(owner=room.client).opened_at < at


@pytest.mark.parametrize("seed", ORDERS)
@pytest.mark.parametrize("verb", ["withdraw", "hide"])
def test_taken_back_while_it_is_read(seed, verb):
    room = Room(shares=True)
    _, seen = interleaved(seed, [getattr(room, verb), room.read])
    assert seen in ([CONFIRMED], [])
    assert room.noted == len(seen)
    assert room.read() == []
    assert room.noted == len(seen)


@pytest.mark.parametrize("seed", ORDERS)
def test_ended_by_both(seed):
    room = Room(shares=True)
    room.given()
    assert interleaved(seed, [room.end, room.end]) == [None, None]
    assert room.nothing_is_left()
    assert room.kept == [NOTE]


@pytest.mark.parametrize("seed", ORDERS)
@pytest.mark.parametrize(
    ("verb", "copy"),
    [
        ("respond", f"Your therapist:\n{SAID}"),
        ("reply", f"You:\n{SAID}"),
        ("assign", NOTE),
    ],
)
def test_ended_while_something_is_said(seed, verb, copy):
    """What was acknowledged, the client keeps; the rest was refused, and nothing of it is there."""
    room = Room(shares=True)
    ended, said = interleaved(seed, [room.end, getattr(room, verb)])
    assert ended is None
    assert room.kept == ([copy] if said == "acknowledged" else [])
    assert said == "acknowledged" or isinstance(said, Http404 | giving.Ended)
    assert room.nothing_is_left()


@pytest.mark.parametrize("seed", ORDERS)
@pytest.mark.parametrize("press", [pressing.begin, pressing.done])
def test_ended_while_it_is_begun_or_done(seed, press):
    room = Room()
    row = room.given()
    day = f"{today_of(room.client):%Y-%m-%d}"
    ended, pressed = interleaved(seed, [room.end, lambda: press(room.client, row.pk, day)])
    assert ended is None
    assert isinstance(pressed, Assignment | Http404)
    assert room.nothing_is_left()
    assert not Assignment.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("seed", ORDERS)
def test_two_therapists_at_once(seed):
    """One of them has the client; of the other nothing is left, nor a key that nobody names."""
    client, rooms = somebody(), [somebody(is_therapist=True) for _ in range(2)]
    files = [a_file(one, "x") for one in rooms]
    before = DataKey.objects.count()
    made = interleaved(seed, [partial(carelinks.make_link, file, client) for file in files])
    assert sorted(type(one).__name__ for one in made) == ["CareLink", "NotPossible"]
    assert CareLink.objects.filter(client=client).count() == 1
    assert ClientFile.objects.filter(therapist__in=rooms, link__isnull=False).count() == 1
    assert DataKey.objects.count() == before + 1


@pytest.mark.parametrize("seed", ORDERS)
def test_one_invitation_accepted_twice(seed):
    client, therapist = somebody(), somebody(is_therapist=True)
    file, before = a_file(therapist, "x"), DataKey.objects.count()
    made = interleaved(seed, [lambda: carelinks.make_link(file, client)] * 2)
    assert sorted(type(one).__name__ for one in made) == ["CareLink", "NotPossible"]
    assert DataKey.objects.count() == before + 1


@pytest.mark.parametrize("seed", ORDERS)
def test_one_invitation_accepted_by_two(seed):
    therapist, people = somebody(is_therapist=True), [somebody(), somebody()]
    file = a_file(therapist, "x")
    made = interleaved(seed, [partial(carelinks.make_link, file, one) for one in people])
    assert sorted(type(one).__name__ for one in made) == ["CareLink", "NotPossible"]
    assert CareLink.objects.filter(therapist=therapist).count() == 1


@pytest.mark.parametrize("seed", ORDERS)
def test_a_couple_and_a_therapist_of_the_same_two(seed):
    """One or the other, never both."""
    client, therapist = somebody(), somebody(is_therapist=True)
    file, before = a_file(therapist, "x"), DataKey.objects.count()
    made = interleaved(
        seed,
        [
            lambda: carelinks.make_link(file, client),
            lambda: couples.make_couple(therapist, client),
        ],
    )
    assert {type(one).__name__ for one in made} in (
        {"CareLink", "NotFree"},
        {"NotPossible", "Couple"},
    )
    linked = CareLink.objects.filter(client=client).count()
    together = Membership.objects.filter(person=client).count()
    assert linked + together == 1
    assert DataKey.objects.count() == before + 1
