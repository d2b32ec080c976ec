"""Killed between any two commits, an account is whole, or gone, or ended by ``finish_erasures``.

The order of commits is in trustbook/README.md.
"""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from exercises.models import Answer, AnswerRevision, Reading
from exercises.recording import Draft, record
from lessons.catalogue import catalogue
from tests.conftest import signed_in
from tests.durability.dying import PASSWORD, sign_up
from trustbook.accounts import erasure
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import Session, User
from trustbook.lib import ledger

pytestmark = pytest.mark.usefixtures("here")

MAKE_KEY = "trustbook.accounts.keys.vault:make_key"
SAVED_USER = "trustbook.accounts.models.user:User.save"
ERASURE = {
    "marked": "trustbook.accounts.erasure:mark",
    "noted in the ledger": "trustbook.lib.ledger:append",
    "key destroyed": "trustbook.accounts.erasure:destroy_key",
    "an app's rows deleted, not committed": "exercises.personal_data:erase",
    "rows deleted, not committed": "trustbook.accounts.models.user:User.delete",
}
DELETION = {
    "noted in the ledger": "trustbook.lib.ledger:append",
    "deleted, not committed": "exercises.deletion:_delete",
    "purged": "exercises.deletion:purge",
}


@pytest.fixture
def email():
    """An address that no test has used."""
    return f"{uuid.uuid4().hex}@example.org"


@pytest.fixture
def person(email):
    """Somebody who is signed in, has opened a lesson and has written."""
    user = User.objects.create_user(email, PASSWORD)
    signed_in(user)
    lesson = catalogue().lesson_by_id("every-kind")
    assert lesson
    Reading.objects.create(reader=user, lesson_id=lesson.id)
    draft = Draft("A text of theirs.", None, uuid.uuid4())
    place = {"lesson_id": lesson.id, "prompt_id": "moment"}
    record(Answer, place, user, lesson.exercise.prompts[0], draft)
    return user


def left_of(user):
    """What is stored of a person, by table."""
    return {
        "keys": DataKey.objects.filter(pk=user.data_key_id).count(),
        "users": User.objects.filter(pk=user.pk).count(),
        "sessions": Session.objects.filter(user_id=user.pk).count(),
        "answers": Answer._base_manager.filter(author_id=user.pk).count(),
        "revisions": AnswerRevision.objects.filter(row__author_id=user.pk).count(),
        "readings": Reading.objects.filter(reader_id=user.pk).count(),
    }


def orphans():
    """The keys that no person names."""
    named = set(User.objects.values_list("data_key_id", flat=True))
    return set(DataKey.objects.values_list("pk", flat=True)) - named


def test_a_person_is_all_there(person):
    """What the tests below look for can be found."""
    assert set(left_of(person).values()) == {1}
    assert Client().login(email=person.email, password=PASSWORD)


def test_sign_up_killed_after_the_key_leaves_no_user_and_can_be_repeated(installation, email):
    before = orphans()
    installation.dies(MAKE_KEY, "sign_up", email)
    assert not User.objects.filter(email=email).exists()
    (orphan,) = orphans() - before

    assert erasure.sweep_orphans() == 0, "a sign-up that is under way would lose its key"
    a_day_ago = timezone.now() - erasure.ORPHAN_AGE - timedelta(minutes=1)
    DataKey.objects.filter(pk=orphan).update(made_at=a_day_ago)
    assert "swept: 1." in installation.manage("finish_erasures")
    assert orphan not in orphans()

    assert sign_up(email) == 302
    assert User.objects.get(email=email).data_key()


def test_sign_up_killed_before_its_end_leaves_no_half_account(installation, email):
    installation.dies(SAVED_USER, "sign_up", email)
    assert not User.objects.filter(email=email).exists()
    assert sign_up(email) == 302
    assert User.objects.get(email=email).consented_at


@pytest.mark.parametrize("step", ERASURE)
def test_an_erasure_killed_is_finished_by_another_process(installation, person, step):
    browser = signed_in(person)
    assert browser.get("/workbook/").status_code == 200
    installation.dies(ERASURE[step], "erase_account", person.email, "--yes")
    assert browser.get("/workbook/").status_code == 302
    assert not Client().login(email=person.email, password=PASSWORD)
    left = left_of(person)
    assert left["sessions"] == 0
    assert left["keys"] == (1 if step in ("marked", "noted in the ledger") else 0)
    assert noted(person) is (step != "marked")
    assert left["users"] == 1, "nobody would know whose rows are left"

    assert "completed: 1." in installation.manage("finish_erasures")
    assert_nothing_is_left_of(person)


def test_finishing_may_be_killed_at_each_step_too(installation, person):
    installation.dies(ERASURE["marked"], "erase_account", person.email, "--yes")
    for step in ERASURE.values():
        installation.dies(step, "finish_erasures")
    installation.manage("finish_erasures")
    assert_nothing_is_left_of(person)


def hidden_answer(installation, person):
    """An answer that its author deleted, killed right then: hidden, and nothing more."""
    answer = Answer.objects.get(author=person)
    installation.dies("exercises.deletion:hide", "delete", str(answer.pk))
    assert not Answer.objects.filter(author=person).exists()
    assert Answer.hidden.filter(pk=answer.pk).exists()
    return answer


def assert_purged(answer):
    assert not Answer._base_manager.filter(pk=answer.pk).exists()
    assert not AnswerRevision.objects.filter(row_id=answer.pk).exists()
    assert ("answer", answer.pk) in ledger.read(settings.LEDGER)


def too_old_to_undo(answer):
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    Answer.hidden.filter(pk=answer.pk).update(deleted_at=a_minute_ago)


def test_a_deletion_killed_can_still_be_undone(installation, person):
    answer = hidden_answer(installation, person)
    assert signed_in(person).post(f"/workbook/deleted/{answer.pk}/undo/").status_code == 302
    restored = Answer.objects.get(author=person)
    assert restored.open(restored.head, person).value == "A text of theirs."


@pytest.mark.prove
@pytest.mark.parametrize("step", DELETION)
def test_a_purge_killed_is_finished_by_another_process(installation, person, step):
    answer = hidden_answer(installation, person)
    assert "purged: 0." in installation.manage("finish_erasures")
    too_old_to_undo(answer)
    installation.dies(DELETION[step], "finish_erasures")
    assert (("answer", answer.pk) in ledger.read(settings.LEDGER)) is True
    assert Answer.hidden.filter(pk=answer.pk).exists() is (step != "purged")
    assert signed_in(person).post(f"/workbook/deleted/{answer.pk}/undo/").status_code == 404
    installation.manage("finish_erasures")
    assert_purged(answer)
    assert left_of(person)["users"] == 1


def noted(person):
    """Whether the ledger names the key of a person."""
    path = settings.LEDGER
    return path.exists() and ("key", person.data_key_id) in ledger.read(path)


def assert_nothing_is_left_of(person):
    assert noted(person)
    assert set(left_of(person).values()) == {0}
    vault.forget_all()
    with pytest.raises(vault.KeyGone):
        person.data_key()
    assert list(erasure.finish()) == []
