"""When a person was last at work."""

from datetime import UTC, datetime, timedelta

from exercises import access
from exercises.models import AnswerRevision, Reading
from tests.exercises.workbook import Workbook

LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_who_did_nothing_was_never_here(writer):
    assert access.own_last_touch(writer) is None


def test_the_latest_of_all(trial, writing, writer, stranger):
    reading = Reading.objects.create(reader=writer, lesson_id="every-kind")
    for days, field in enumerate(("opened_at", "touched_at", "finished_at"), 1):
        Reading.objects.update(opened_at=LONG_AGO, touched_at=LONG_AGO)
        moment = LONG_AGO + timedelta(days=days)
        Reading.objects.filter(pk=reading.pk).update(**{field: moment})
        assert access.own_last_touch(writer) == moment
    Workbook(writing, writer).saved("moment", "A thought")
    assert access.own_last_touch(writer) == AnswerRevision.objects.get().saved_at
    assert access.own_last_touch(stranger) is None
