"""A response at the moment in which the text is taken back, or in which it is sent once more.

On PostgreSQL, with real connections, in random orders of their statements (``interleaving``).
"""

import uuid
from functools import partial

import pytest
from django.db import transaction
from django.http import Http404

from exercises import access, threads
from exercises.models import Response
from tests.durability.interleaving import interleaved
from tests.durability.test_care_at_once import (
    SAID,
    Room,
    _lessons_for_two,  # noqa: F401 - a fixture for every test
    installation,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.prove
ORDERS = range(40)


def said(room):
    """How much was said in a room."""
    return Response.objects.filter(link=room.link.pk).count()


def respond(room, token):
    """The therapist says something from a page with this token."""
    with transaction.atomic():
        link = access.own_link(room.therapist, room.file.pk, lock=True)
        sent = threads.Sent(SAID, room.row.head_id, token)
        return threads.say(link, room.therapist, room.row.pk, sent).pk


def change(room, response, text):
    """The therapist changes it in a page that shows it as it was first."""
    with transaction.atomic():
        found = access.said_by_therapist(room.therapist, response, lock=True)
        threads.edit(found, text, "")


@pytest.mark.parametrize("seed", ORDERS)
@pytest.mark.parametrize("verb", ["respond", "reply"])
def test_taken_back_while_something_is_said(seed, verb):
    """Said before, or refused; afterwards the therapist is shown nothing of it."""
    room = Room(shares=True)
    taken, answered = interleaved(seed, [room.withdraw, getattr(room, verb)])
    assert taken is None
    assert said(room) == (0 if isinstance(answered, Http404) else 1)
    assert access.shown_responses(room.link) == []


@pytest.mark.parametrize("seed", ORDERS)
def test_the_same_text_sent_twice(seed):
    room = Room(shares=True)
    first, second = interleaved(seed, [partial(respond, room, uuid.UUID(int=seed))] * 2)
    assert (first == second, said(room)) == (True, 1)


@pytest.mark.parametrize("seed", ORDERS)
def test_changed_in_two_pages(seed):
    """One of them is told; what it says is what the other one sent."""
    room = Room(shares=True)
    response = respond(room, uuid.uuid4())
    results = interleaved(seed, [partial(change, room, response, text) for text in ("a", "b")])
    [refused] = [one for one in results if one is not None]
    assert isinstance(refused, threads.Changed)
    kept = "ba"[results.index(refused)]
    assert Response.objects.get(pk=response).open(room.link) == kept
