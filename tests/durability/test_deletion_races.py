"""Deleting while something else happens: nothing comes back, and nothing that was saved is lost."""

import uuid

import pytest
from django.conf import settings

from exercises import deletion
from exercises.models import Answer, AnswerRevision
from exercises.recording import Draft, record
from lessons.kinds import prompt_from
from tests.durability.test_races import at_once
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User
from trustbook.lib import ledger

pytestmark = pytest.mark.usefixtures("here")

ROUNDS = 7
PROMPT = prompt_from({"id": "moment", "kind": "text", "ask": "Which moment comes to mind?"})
PLACE = {"lesson_id": "every-kind", "prompt_id": "moment"}


@pytest.fixture(params=range(ROUNDS))
def writer(request):
    """A new person for each round."""
    return somebody()


def somebody():
    return User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)


def save(writer, text, base=None):
    saved = record(Answer, PLACE, writer, PROMPT, Draft(text, base, uuid.uuid4()))
    assert saved is not None
    return saved


def hidden(writer, text="deleted"):
    """An answer that its author has deleted a moment ago."""
    row = save(writer, text).row
    assert deletion.hide(row, row.head_id)
    return Answer.hidden.get(pk=row.pk)


def shown(writer):
    """What is to be read of a writer, every version."""
    rows = Answer.objects.filter(author=writer)
    return sorted(row.open(one, writer).value for row in rows for one in row.revisions.all())


def test_two_tabs_delete_the_same_answer(writer):
    row = save(writer, "deleted").row
    done = at_once(*[lambda: deletion.hide(row, row.head_id)] * 2)
    assert sorted(done) == [False, True]
    assert shown(writer) == []


def test_a_save_and_a_deletion(writer):
    """Either the new text was there first, so nothing is deleted; or it is an answer of its own."""
    saved = save(writer, "before")
    row, seen = saved.row, saved.head.pk
    deleted, _ = at_once(
        lambda: deletion.hide(row, seen), lambda: save(writer, "typed since", seen)
    )
    assert shown(writer) == (["typed since"] if deleted else ["before", "typed since"])


def test_taking_back_and_writing_anew(writer):
    row = hidden(writer)
    undone, _ = at_once(lambda: deletion.undo(row, writer), lambda: save(writer, "new"))
    assert undone is not None
    assert shown(writer) == ["deleted", "new"]
    assert Answer._base_manager.filter(author=writer).count() == 1


def test_taking_back_twice(writer):
    row = hidden(writer)
    undone = at_once(*[lambda: deletion.undo(row, writer)] * 2)
    assert [one is not None for one in undone].count(True) == 1
    assert shown(writer) == ["deleted"]


def test_taking_back_and_purging(writer):
    """The one or the other: never a row that is shown and noted as erased."""
    row = hidden(writer)
    undone, _ = at_once(lambda: deletion.undo(row, writer), lambda: deletion.purge_now(row))
    erased = ("answer", row.pk) in ledger.read(settings.LEDGER)
    assert erased is (undone is None)
    assert shown(writer) == ([] if erased else ["deleted"])


def test_two_purges(writer):
    row = hidden(writer)
    at_once(*[lambda: deletion.purge_now(row)] * 2)
    assert list(ledger.read(settings.LEDGER)).count(("answer", row.pk)) == 1
    assert not AnswerRevision.objects.filter(row_id=row.pk).exists()


def test_two_people_end_their_accounts(writer):
    people = [writer, somebody()]
    keys = [person.data_key_id for person in people]
    for person in people:
        save(person, "theirs")
    at_once(*(lambda person=person: erasure.erase(person) for person in people))
    assert not User.objects.filter(data_key_id__in=keys).exists()
    assert not DataKey.objects.filter(pk__in=keys).exists()
    noted = [row for what, row in ledger.read(settings.LEDGER) if what == "key"]
    assert sorted(noted.count(key) for key in keys) == [1, 1]


def test_an_account_ended_twice_while_it_writes(writer):
    pk, key = writer.pk, writer.data_key_id
    save(writer, "theirs")

    def writing():
        try:
            save(writer, "still typing")
        except Exception as error:
            return type(error).__name__
        return ""

    def end():
        erasure.erase(User(pk=pk, data_key_id=key, email=writer.email))

    at_once(end, writing, end)
    list(erasure.finish())
    assert not User.objects.filter(pk=pk).exists()
    assert not Answer._base_manager.filter(author_id=pk).exists()
    assert not DataKey.objects.filter(pk=key).exists()
