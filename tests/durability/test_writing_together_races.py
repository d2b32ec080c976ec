"""Two people write, copy, delete and leave at once: nothing that was acknowledged is lost."""

import uuid

import pytest
from django.http import Http404, QueryDict

from exercises import access, couples
from exercises.models import Answer, Couple, JointAnswer, Keepsake
from exercises.recording import Draft, record
from exercises.together import writing
from exercises.together.writing import Place
from tests.durability.test_races import at_once
from trustbook.accounts.keys import vault
from trustbook.accounts.models import User

pytestmark = pytest.mark.usefixtures("here")

ROUNDS = 4
PLACE = Place("every-kind", "moment")


@pytest.fixture(autouse=True)
def _asked_of_two(here, monkeypatch):
    """The question of the trial course, asked of two."""
    prompt = access.prompt_of(access.lesson_with(PLACE.lesson_id), "moment").model_copy(
        update={"joint": True}
    )
    monkeypatch.setattr(Place, "prompt", prompt)


@pytest.fixture(params=range(ROUNDS))
def two(request):
    """Two new people for each round, who share a workbook."""
    people = [User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None) for _ in range(2)]
    couples.make_couple(people[0], people[1])
    return people


def save(person, text, base=""):
    """What a page of the two sends; None where it was refused, and the text stayed in the page."""
    post = QueryDict(mutable=True)
    post.update({"moment": text, "moment:base": str(base), "moment:token": str(uuid.uuid4())})
    try:
        return writing.save(person, PLACE, post).recorded
    except Http404:
        return None


def said(person):
    """What the two have written: the newest text, and those kept aside."""
    couple = access.own_couple(person)
    row = access.joint_answer(couple, PLACE.lesson_id, PLACE.prompt_id)
    assert row is not None
    texts = {one.pk: row.open(one, couple).value for one in access.revisions_of(row)}
    aside = {texts[one.pk] for one in access.revisions_of(row) if one.aside}
    return texts[row.head_id], aside


def kept(person):
    """What a person's keepsakes say."""
    vault.forget_all()
    return [
        {row.open(one, person).value for one in row.revisions.all()}
        for row in Keepsake.objects.filter(author=person)
    ]


def test_both_write_the_first_word(two):
    saved = at_once(*(lambda one=one, n=n: save(one, f"text {n}") for n, one in enumerate(two)))
    assert sorted(one.conflict for one in saved) == [False, True]
    newest, aside = said(two[0])
    assert {newest, *aside} == {"text 0", "text 1"}


def test_both_go_on_from_the_same_text(two):
    base = save(two[0], "begin").head.pk
    saved = at_once(
        *(lambda one=one, n=n: save(one, f"text {n}", base) for n, one in enumerate(two))
    )
    assert sorted(one.conflict for one in saved) == [False, True]
    newest, aside = said(two[1])
    assert {newest, *aside} == {"text 0", "text 1"}


def test_one_writes_while_the_other_leaves(two):
    saved, left = at_once(lambda: save(two[0], "the last word"), lambda: couples.leave(two[1]))
    assert left
    expected = [] if saved is None else [{"the last word"}]
    assert [kept(one) for one in two] == [expected, expected]
    assert not Couple.objects.of(two[0]).exists()


def test_both_write_while_one_leaves(two):
    """Whoever was told that it is saved finds it with both, also what was kept aside."""
    base = save(two[0], "begin").head.pk
    *saves, _ = at_once(
        lambda: save(two[0], "mine", base),
        lambda: save(two[1], "theirs", base),
        lambda: couples.leave(two[0]),
    )
    texts = {text for one, text in zip(saves, ("mine", "theirs"), strict=True) if one}
    for one in two:
        assert kept(one) == [texts or {"begin"}]
    assert not JointAnswer.objects.filter(couple__in=Couple.objects.of(two[0])).exists()


def test_both_leave_while_one_writes(two):
    save(two[0], "begin")
    at_once(lambda: couples.leave(two[0]), lambda: couples.leave(two[1]))
    assert [kept(one) for one in two] == [[{"begin"}], [{"begin"}]]


def test_one_copies_theirs_in_while_the_other_leaves(two):
    draft = Draft("my own", None, uuid.uuid4())
    assert PLACE.prompt is not None
    own = record(Answer, PLACE.where, two[0], PLACE.prompt, draft)
    assert own is not None
    post = QueryDict(f"text={own.head.pk}&base=&token={uuid.uuid4()}")

    def copied():
        try:
            return writing.copy_mine(two[0], PLACE, post).recorded
        except Http404:
            return None

    done, _ = at_once(copied, lambda: couples.leave(two[1]))
    expected = [] if done is None else [{"my own"}]
    assert [kept(one) for one in two] == [expected, expected]


def test_one_deletes_while_the_other_writes(two):
    head = save(two[0], "begin").head.pk

    def deleted():
        return writing.delete(two[0], PLACE, QueryDict(f"seen={head}"))

    saved, gone = at_once(lambda: save(two[1], "more", head), deleted)
    # Written first, it is not what was seen; deleted first, it is written anew.
    assert (saved is not None, said(two[0])[0]) == (True, "more")
    assert JointAnswer.objects.filter(couple__in=Couple.objects.of(two[0])).count() == 1
    assert gone in (True, False)
