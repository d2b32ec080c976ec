"""A revision is never changed: not through the model, not through SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from exercises.models import AnswerRevision, Immutable, PulseRevision, WeekNoteRevision
from tests.exercises.pulse.checkin import CheckIn

pytestmark = pytest.mark.postgres
MODELS = [AnswerRevision, PulseRevision, WeekNoteRevision]


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
