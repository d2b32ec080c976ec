"""Two people press at once, on real connections: never is only one of them shown the other's."""

import uuid

import pytest
from django.http import Http404

from exercises import access, couples, deletion
from exercises.models import Answer, Ready
from exercises.recording import Draft, record
from exercises.together import opening
from exercises.together.opening import Closed
from exercises.topics import topic_called
from lessons.kinds import Refused
from tests.durability.test_races import at_once
from trustbook.accounts.models import User

pytestmark = pytest.mark.usefixtures("here")

TOPIC = topic_called("answer.every-kind.moment")
ROUNDS = 3
"""Of each race on each database."""


class Someone:
    """One of two people, with an answer."""

    def __init__(self) -> None:
        self.person = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)
        self.head = self.save("first")

    def save(self, text, base=None):
        """The revision of a text."""
        prompt = access.prompt_of(access.lesson_with("every-kind"), "moment")
        draft = Draft(text, base and base.pk, uuid.uuid4())
        place = {"lesson_id": "every-kind", "prompt_id": "moment"}
        recorded = record(Answer, place, self.person, prompt, draft)
        assert recorded is not None
        return recorded.revision

    def ready(self):
        """Ready with the first text; False where that was refused."""
        try:
            opening.ready(self.person, TOPIC, {self.head.pk})
        except (opening.Outdated, Refused, Http404):
            return False
        return True

    def close(self, *, was_open=False):
        return opening.close(self.person, TOPIC, was_open=was_open)

    def sees(self):
        """What this one is shown of the other: the revision, or nothing."""
        couple = access.couple_of(self.person)
        pair = couple and access.opened_pair(couple, self.person, TOPIC)
        return pair.theirs.pins[0].revision.pk if pair else None


@pytest.fixture(params=range(ROUNDS))
def two(request):
    """A new couple for each round."""
    one, other = Someone(), Someone()
    couples.make_couple(one.person, other.person)
    return one, other


def rows(two):
    """Who has a row, and whether it is open."""
    found = Ready.objects.filter(person__in=[one.person for one in two])
    return {row.person_id: row.opened_on is not None for row in found}


def test_both_at_once(two):
    one, other = two
    assert at_once(one.ready, other.ready) == [True, True]
    assert rows(two) == {one.person.pk: True, other.person.pk: True}
    assert (one.sees(), other.sees()) == (other.head.pk, one.head.pk)


def test_both_at_once_in_two_tabs_each(two):
    one, other = two
    assert at_once(one.ready, other.ready, one.ready, other.ready) == [True] * 4
    assert rows(two) == {one.person.pk: True, other.person.pk: True}


def test_taken_back_while_the_other_is_ready(two):
    one, other = two
    one.ready()
    closed, _ = at_once(one.close, other.ready)
    left = {Closed.TAKEN_BACK: {other.person.pk: False}, Closed.AFTER_ALL: {}}
    assert rows(two) == left[closed]
    assert (one.sees(), other.sees()) == (None, None)


def test_closed_by_both(two):
    one, other = two
    one.ready()
    other.ready()
    closed = at_once(lambda: one.close(was_open=True), lambda: other.close(was_open=True))
    assert (closed, rows(two)) == ([Closed.FOR_BOTH] * 2, {})


def test_closed_and_pressed_again(two):
    one, other = two
    one.ready()
    other.ready()
    at_once(lambda: one.close(was_open=True), other.ready)
    assert rows(two) in ({}, {other.person.pk: False})


def test_left_while_the_other_is_ready(two):
    one, other = two
    one.ready()
    left, _ = at_once(lambda: couples.leave(one.person), other.ready)
    assert (left, rows(two)) == (True, {})
    assert [access.couple_of(someone.person) for someone in two] == [None, None]


def test_deleted_while_the_other_is_ready(two):
    one, other = two
    one.ready()
    answer = Answer.objects.of(one.person).get()
    hidden, _ = at_once(lambda: deletion.hide(answer, one.head.pk), other.ready)
    assert hidden
    assert rows(two) in ({}, {other.person.pk: False})
    assert (one.sees(), other.sees()) == (None, None)


def test_saved_while_one_is_ready(two):
    """Whatever comes first: what opens is what was seen, or nothing is pinned."""
    one, other = two
    other.ready()
    _, pinned = at_once(lambda: one.save("second", one.head), one.ready)
    assert (one.sees(), other.sees()) == ((other.head.pk, one.head.pk) if pinned else (None, None))


def test_deleted_while_the_same_one_is_ready(two):
    one, other = two
    other.ready()
    answer = Answer.objects.of(one.person).get()
    at_once(lambda: deletion.hide(answer, one.head.pk), one.ready)
    assert one.person.pk not in rows(two)
    assert (one.sees(), other.sees()) == (None, None)


def test_read_while_it_is_closed(two):
    """Both texts or none: they come from one query."""
    one, other = two
    one.ready()
    other.ready()
    closed, seen, seen_too = at_once(
        lambda: other.close(was_open=True),
        one.sees,
        lambda: access.opened_pairs(access.own_couple(one.person), one.person),
    )
    assert closed is Closed.FOR_BOTH
    assert seen in (None, other.head.pk)
    assert [len(pair.mine.pins) + len(pair.theirs.pins) for pair in seen_too] in ([], [2])
    assert one.sees() is None
