"""A revision is never changed: not through the model, not through SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from exercises import couples
from exercises.models import (
    AnswerRevision,
    Immutable,
    JointRevision,
    KeepsakeRevision,
    PulseRevision,
    WeekNoteRevision,
)
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
