"""A revision is never changed, nor the access record: not through the model, not through SQL."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from exercises import couples
from exercises.models import (
    AnswerRevision,
    Immutable,
    JointRevision,
    KeepsakeRevision,
    Opening,
    OwnLesson,
    OwnLessonVersion,
    PulseRevision,
    SessionNote,
    SessionNoteRevision,
    WeekNoteRevision,
)
from exercises.pulse.prompts import NOTE
from exercises.recording import Draft, record
from tests.conftest import a_file
from tests.exercises.pulse.checkin import CheckIn
from tests.exercises.two import joint
from trustbook.accounts.models import User

pytestmark = pytest.mark.postgres
MODELS = [AnswerRevision, PulseRevision, WeekNoteRevision]
OF_TWO = [JointRevision, KeepsakeRevision]


@pytest.fixture
def stored(page):
    page.saved("moment", "a")
    page.saved("week", {"safety": "1"})
    CheckIn(page.browser, page.person).saved("note", "a")


@pytest.mark.parametrize("model", MODELS)
def test_saving_it_again(stored, model):
    with pytest.raises(Immutable):
        model.objects.get().save()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("field", ["sealed", "aside", "saved_at", "base", "token", "row"])
def test_updating_it(stored, model, field):
    revision = model.objects.get()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**{field: getattr(revision, field)})


@pytest.mark.parametrize("model", MODELS)
def test_in_sql(stored, model):
    never = pytest.raises(DatabaseError, match="never changed")
    with never, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET aside = aside")


@pytest.mark.parametrize("model", MODELS)
def test_it_goes_with_its_author(stored, model, writer):
    writer.delete()
    assert not model.objects.exists()


@pytest.fixture
def of_two(writer, partner, stranger):
    """What the writer keeps of one workbook of two, and writes in another."""
    for other in (partner, stranger):
        couple = couples.make_couple(writer, other)
        joint(couple, writer, "a")
        if other == partner:
            couples.leave(writer)
            User.objects.get(pk=other.pk).delete()


@pytest.mark.parametrize("model", OF_TWO)
def test_what_two_wrote(of_two, model):
    with pytest.raises(Immutable):
        model.objects.get().save()
    for field in ("sealed", "aside", "base", "token", "row"):
        value = getattr(model.objects.get(), field)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model.objects.update(**{field: value})


OF_A_THERAPIST = [SessionNoteRevision, OwnLessonVersion]


@pytest.fixture
def of_a_therapist(therapist):
    """What a therapist noted about a session, and a lesson that they wrote."""
    where = {"file": a_file(therapist, "a"), "day": "2026-05-03"}
    record(SessionNote, where, therapist, NOTE, Draft("a", None, uuid.uuid4()))
    lesson = OwnLesson(therapist=therapist, head_id=uuid.uuid4())
    version = OwnLessonVersion(id=lesson.head_id, row=lesson, number=1, token=uuid.uuid4())
    version.made_at = timezone.now()
    version.seal(therapist, "a", "{}")
    lesson.save(force_insert=True)
    version.save(force_insert=True)


@pytest.mark.parametrize("model", OF_A_THERAPIST)
def test_what_a_therapist_wrote(of_a_therapist, therapist, model):
    with pytest.raises(Immutable):
        model.objects.get().save()
    never = "never changed"
    for field in ("sealed", "token", "row"):
        value = getattr(model.objects.get(), field)
        with pytest.raises(DatabaseError, match=never), transaction.atomic():
            model.objects.update(**{field: value})
    with (
        pytest.raises(DatabaseError, match=never),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(f"UPDATE {model._meta.db_table} SET token = token")
    therapist.delete()
    assert not model.objects.exists()


class TestTheAccessRecord:
    """Kept by triggers as long as its owner is here; whatever asks, nothing of it changes."""

    @pytest.fixture
    def noted(self, writer, therapist):
        return opening(writer, therapist)

    def test_the_model_cannot_change_it(self, noted):
        noted.how = "pdf"
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            noted.save()
        for field in [field.name for field in Opening._meta.concrete_fields]:
            value = getattr(noted, field)
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
                Opening.objects.update(**{field: value})
        assert Opening.objects.get().how == "screen"

    def test_the_model_cannot_delete_it(self, noted, writer):
        for delete in (noted.delete, Opening.objects.all().delete, writer.delete):
            with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
                delete()
        assert Opening.objects.count() == 1

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE exercises_opening SET how = how",
            "UPDATE exercises_opening SET opened_at = opened_at WHERE how = 'screen'",
            "DELETE FROM exercises_opening",
            "DELETE FROM exercises_opening WHERE how = 'screen'",
        ],
    )
    def test_in_sql(self, noted, statement):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert Opening.objects.get().how == "screen"

    def test_it_outlives_the_therapist(self, noted, therapist):
        User.objects.filter(pk=therapist.pk).update(erasing=True)
        User.objects.get(pk=therapist.pk).delete()
        assert Opening.objects.count() == 1

    def test_who_is_erased_takes_their_own_along_and_nobody_elses(
        self, noted, writer, stranger, therapist
    ):
        theirs = opening(stranger, therapist)
        User.objects.filter(pk=writer.pk).update(erasing=True)
        with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
            Opening.objects.all().delete()
        Opening.objects.filter(owner=writer).delete()
        assert Opening.objects.get() == theirs


def opening(owner, reader):
    """That a therapist opened something."""
    return Opening.objects.create(
        owner=owner,
        reader=reader.pk,
        row=uuid.uuid4(),
        revision=uuid.uuid4(),
        lesson_id="promises",
        prompt_id="moment",
        how="screen",
        opened_at=timezone.now(),
    )


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_test_with_real_transactions_leaves_no_record_behind(writer, therapist, number):
    """Twice: the second one would find what the first one left."""
    assert Opening.objects.count() == 0
    opening(writer, therapist)
