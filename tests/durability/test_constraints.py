"""What the databases themselves refuse, whatever a faulty line of code asks of them."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from exercises.models import (
    Answer,
    Immutable,
    Opening,
    OwnLessonVersion,
    Promise,
    PromiseView,
    Pulse,
    Reading,
    Revision,
    WeekNote,
)
from trustbook.accounts.models import Session, User

pytestmark = pytest.mark.postgres

MONDAY = date(2026, 11, 23)


KINDS = ["answer", "pulse", "weeknote"]


@pytest.fixture(params=KINDS)
def row(request, writer):
    """An answer, a pulse, then a note, each with one revision."""
    return made(new_row(request.param, writer))


def new_row(kind, writer):
    if kind == "pulse":
        return Pulse(author=writer, week=MONDAY)
    if kind == "weeknote":
        return WeekNote(author=writer, week=MONDAY)
    return Answer(author=writer, lesson_id="promises", prompt_id="moment")


def made(row):
    row.head_id = uuid.uuid4()
    with transaction.atomic():
        row.save(force_insert=True)
        row.head = new_revision(row, row.head_id)
    return row


def new_revision(row, pk, token=None):
    fields = {"token": token or uuid.uuid4(), "sealed": b"sealed"}
    return row.revisions.create(pk=pk, **fields)


def assert_refused(action):
    """Either at once or, as it would be at COMMIT, when the deferred constraints are asked."""

    def act():
        with transaction.atomic():
            action()
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        act()


def test_a_stored_revision_refuses_to_be_saved(row):
    row.head.sealed = b"other"
    with pytest.raises(Immutable):
        row.head.save()


@pytest.mark.parametrize("column", ["id", "row_id", "base", "token", "aside", "sealed", "saved_at"])
def test_a_revision_is_changed_by_no_statement(row, column):
    table = row.head._meta.db_table
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {column} = {column}")
    row.head.refresh_from_db()
    assert bytes(row.head.sealed) == b"sealed"


def test_nor_by_a_queryset(row):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        row.revisions.update(sealed=b"other")


def test_one_revision_per_token(row):
    assert_refused(lambda: new_revision(row, uuid.uuid4(), row.head.token))


def test_two_rows_may_have_a_token_in_common(row, stranger):
    other = made(new_row(row._meta.model_name, stranger))
    new_revision(other, uuid.uuid4(), row.head.token)


def test_one_row_per_place(row, writer):
    assert_refused(lambda: made(new_row(row._meta.model_name, writer)))


def test_a_revision_is_the_head_of_one_row(row, stranger):
    other = made(new_row(row._meta.model_name, stranger))
    other.head = row.head
    assert_refused(lambda: other.save(update_fields=["head"]))


def test_a_revision_needs_its_row(row):
    assert_refused(
        lambda: type(row.head)(row_id=uuid.uuid4(), token=uuid.uuid4(), sealed=b"").save()
    )


def test_a_head_is_not_deleted_under_its_row(row):
    assert_refused(lambda: row.revisions.all()._raw_delete("default"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_row_without_its_newest_revision_is_not_committed(writer, kind):
    row, committing = new_row(kind, writer), transaction.atomic()
    row.head_id = uuid.uuid4()
    committing.__enter__()
    row.save(force_insert=True)  # before its revision: the pointer is not looked at yet
    with pytest.raises(IntegrityError):
        committing.__exit__(None, None, None)
    assert not type(row).objects.exists()


def test_one_reading_per_lesson(writer):
    Reading.objects.create(reader=writer, lesson_id="promises")
    assert_refused(lambda: Reading.objects.create(reader=writer, lesson_id="promises"))


def test_one_session_per_cookie(writer):
    fields = {"key_hash": b"h" * 32, "data": b"", "expires_at": timezone.now() + timedelta(days=1)}
    Session.objects.create(user=writer, **fields)
    assert_refused(lambda: Session.objects.create(user=writer, **fields))


def test_one_person_per_address(writer):
    assert_refused(lambda: User.objects.create_user(writer.email, None))


def test_addresses_are_in_lower_case(writer):
    upper = writer.email.upper()
    assert_refused(lambda: User.objects.filter(pk=writer.pk).update(email=upper))


def test_one_person_per_key(writer, stranger):
    key = writer.data_key_id
    assert_refused(lambda: User.objects.filter(pk=stranger.pk).update(data_key_id=key))


def test_triggers_stand_on_every_table_of_revisions():
    """A new kind of revision needs one too, by a migration of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT event_object_table FROM information_schema.triggers"
        )
        tables = {table for (table,) in cursor.fetchall()}
    never_changed: list[type[Model]] = [*Revision.__subclasses__(), Promise, PromiseView]
    never_changed += [OwnLessonVersion, Opening]
    assert tables == {model._meta.db_table for model in never_changed}
