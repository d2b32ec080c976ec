"""Assigning, and the client's presses, at the moment in which either ends it.

On PostgreSQL, with real connections, in random orders of their statements (``interleaving``).
"""

import uuid

import pytest
from django.http import Http404

from exercises.assignments import today_of
from exercises.care import giving
from exercises.carelinks import make_link
from exercises.client import pressing
from exercises.models import Assignment
from tests.conftest import a_file
from tests.durability.interleaving import interleaved
from tests.durability.test_care_at_once import (
    NOTE,
    Room,
    _lessons_for_two,  # noqa: F401 - a fixture for every test
    installation,  # noqa: F401 - a fixture
    somebody,
)
from tests.twins.unseen import lesson_of

pytestmark = pytest.mark.prove
ORDERS = range(40)


class Desk(Room):
    """A therapist with two clients, and what each of them does."""

    def __init__(self) -> None:
        super().__init__()
        self.other = make_link(a_file(self.therapist, "Friday, 9:00"), somebody())
        self.lesson = lesson_of(0).id

    def assign(self):
        """To both of them, each time from another page."""
        files = [self.file.pk, self.other.file.pk]
        plan = giving.at_once([self.lesson], None, None)
        return giving.give(self.therapist, files, plan, NOTE, uuid.uuid4())

    def assigned(self):
        """To one of them, who will press."""
        plan = giving.at_once([self.lesson], None, None)
        [one] = giving.give(self.therapist, [self.file.pk], plan, NOTE, uuid.uuid4())
        return Assignment.objects.select_related("link__file").get(pk=str(one.assignment))


@pytest.mark.parametrize("seed", ORDERS)
def test_ended_while_two_are_assigned_to(seed):
    """Both got it before the end, or neither."""
    desk = Desk()
    ended, given = interleaved(seed, [desk.end, desk.assign])
    assert ended is None
    left = Assignment.objects.filter(link=desk.other).count()
    if isinstance(given, giving.Ended):
        assert (set(given.files), left) == ({desk.file.pk}, 0)
    else:
        assert (len(given), left) == (2, 1)
    assert not Assignment.objects.filter(link=desk.link.pk).exists()
    assert desk.nothing_is_left()


@pytest.mark.parametrize("seed", ORDERS)
def test_assigned_from_two_tabs(seed):
    """Once each; the one that came later is told so, and neither waits for the other forever."""
    desk = Desk()
    results = interleaved(seed, [desk.assign, desk.assign])
    assert sorted(sum(line.has_it for line in lines) for lines in results) == [0, 2]
    assert Assignment.objects.filter(link__in=[desk.link, desk.other]).count() == 2


@pytest.mark.parametrize("seed", ORDERS)
@pytest.mark.parametrize("verb", [pressing.begin, pressing.done])
def test_ended_while_it_is_pressed(seed, verb):
    desk = Desk()
    row, today = desk.assigned(), today_of(desk.client).isoformat()
    ended, pressed = interleaved(seed, [desk.end, lambda: verb(desk.client, row.pk, today)])
    assert ended is None
    assert isinstance(pressed, Assignment | Http404)
    assert not Assignment.objects.filter(pk=row.pk).exists()
    assert desk.nothing_is_left()


@pytest.mark.parametrize("seed", ORDERS)
def test_withdrawn_while_done_is_pressed(seed):
    """Done, or withdrawn: never both."""
    desk = Desk()
    row, today = desk.assigned(), today_of(desk.client).isoformat()
    interleaved(
        seed,
        [
            lambda: giving.take_back(desk.therapist, row),
            lambda: pressing.done(desk.client, row.pk, today),
        ],
    )
    row.refresh_from_db()
    assert (row.done_on is None) is (row.withdrawn_on is not None)
