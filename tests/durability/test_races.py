"""Two browsers at once, on real connections: one answer, one newest text, and both texts kept."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.http import QueryDict

from exercises.answering import actions
from exercises.models import Answer, Reading
from exercises.recording import Draft, record
from lessons.catalogue import catalogue
from trustbook.accounts.models import User

pytestmark = pytest.mark.usefixtures("here")

ROUNDS = 14
"""Of each race on each database."""
HANDS = 3
"""A third one finds the second one still waiting."""


@pytest.fixture
def lesson():
    return catalogue().lesson_by_id("every-kind")


@pytest.fixture
def prompt(lesson):
    return lesson.exercise.prompts[0]


@pytest.fixture(params=range(ROUNDS))
def writer(request):
    """A new person for each round."""
    return User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)


@pytest.fixture
def save(writer, lesson, prompt):
    """Saves a text, as a browser that began from ``base``."""

    def saved(text, base=None, token=None):
        draft = Draft(text, base and base.pk, token or uuid.uuid4())
        place = {"lesson_id": lesson.id, "prompt_id": prompt.id}
        return record(Answer, place, writer, prompt, draft)

    return saved


def at_once(*actions):
    """What each action returns, all begun at the same moment on connections of their own."""
    start = Barrier(len(actions))

    def run(action):
        try:
            for alias in connections:
                connections[alias].ensure_connection()
            start.wait(10)
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as hands:
        return list(hands.map(run, actions))


def stored(writer):
    """The one answer of a writer: what its newest revision says, and what those aside say."""
    answer = Answer.objects.of(writer).get()
    revisions = answer.revisions.order_by("saved_at")
    says = {revision.pk: answer.open(revision, writer).value for revision in revisions}
    aside = sorted(says[revision.pk] for revision in revisions if revision.aside)
    return says[answer.head_id], aside, sorted(says.values())


def test_first_saves(save, writer):
    texts = [f"text {hand}" for hand in range(HANDS)]
    saved = at_once(*(lambda text=text: save(text) for text in texts))
    head, aside, all_texts = stored(writer)
    assert all_texts == texts
    assert sorted([head, *aside]) == texts
    assert sorted(one.conflict for one in saved) == [False, *[True] * (HANDS - 1)]


def test_saves_from_the_same_base(save, writer):
    base = save("begin").head
    texts = [f"text {hand}" for hand in range(HANDS)]
    saved = at_once(*(lambda text=text: save(text, base) for text in texts))
    head, aside, all_texts = stored(writer)
    assert all_texts == ["begin", *texts]
    assert sorted([head, *aside]) == texts
    assert sorted(one.conflict for one in saved) == [False, *[True] * (HANDS - 1)]


def test_a_text_and_its_removal_from_the_same_base(save, writer):
    base = save("begin").head
    saved = at_once(lambda: save("more", base), lambda: save("", base))
    head, aside, _ = stored(writer)
    assert sorted([head, *aside]) == ["", "more"]
    assert sorted(one.conflict for one in saved) == [False, True]


def test_the_same_first_save_sent_twice(save, writer):
    token = uuid.uuid4()
    saved = at_once(lambda: save("once", None, token), lambda: save("once", None, token))
    assert stored(writer) == ("once", [], ["once"])
    assert len({one.revision.pk for one in saved}) == 1


def test_the_same_later_save_sent_twice(save, writer):
    base, token = save("begin").head, uuid.uuid4()
    saved = at_once(lambda: save("once", base, token), lambda: save("once", base, token))
    assert stored(writer) == ("once", [], ["begin", "once"])
    assert len({one.revision.pk for one in saved}) == 1
    assert not any(one.conflict for one in saved)


def test_an_earlier_text_brought_back_while_another_is_saved(save, writer):
    early = save("early").head
    known = save("known", early)
    post = QueryDict(f"base={known.head.pk}&token={uuid.uuid4()}")
    saved = at_once(
        lambda: save("new", known.head),
        lambda: actions.bring_back(writer, known.row, early, post),
    )
    head, aside, all_texts = stored(writer)
    assert all_texts == ["early", "early", "known", "new"]
    assert sorted([head, *aside]) == ["early", "new"]
    assert sorted(one.conflict for one in saved) == [False, True]


def test_a_lesson_opened_in_many_tabs(writer, lesson):
    at_once(*[lambda: actions.open_lesson(writer, lesson)] * HANDS)
    assert Reading.objects.filter(reader=writer, lesson_id=lesson.id).count() == 1
