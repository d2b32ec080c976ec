"""When a person was last at work."""

from datetime import UTC, datetime, timedelta

from exercises import access
from exercises.couples import make_couple
from exercises.models import (
    AnswerRevision,
    JointRevision,
    PulseRevision,
    Reading,
    WeekNoteRevision,
)
from exercises.weeks import week_of
from tests.exercises.pulse.checkin import noted
from tests.exercises.two import joint
from tests.exercises.workbook import Workbook

LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_who_did_nothing_was_never_here(writer):
    assert access.own_last_touch(writer) is None


def test_the_latest_of_all(trial, writing, writer, partner, stranger):
    reading = Reading.objects.create(reader=writer, lesson_id="every-kind")
    for days, field in enumerate(("opened_at", "touched_at", "finished_at"), 1):
        Reading.objects.update(opened_at=LONG_AGO, touched_at=LONG_AGO)
        moment = LONG_AGO + timedelta(days=days)
        Reading.objects.filter(pk=reading.pk).update(**{field: moment})
        assert access.own_last_touch(writer) == moment
    book = Workbook(writing, writer)
    book.saved("moment", "A thought")
    assert access.own_last_touch(writer) == AnswerRevision.objects.get().saved_at
    book.saved("week", {"safety": "3"})
    assert access.own_last_touch(writer) == PulseRevision.objects.get().saved_at
    noted(writer, week_of(writer), "A long walk")
    assert access.own_last_touch(writer) == WeekNoteRevision.objects.get().saved_at
    couple = make_couple(writer, partner)
    joint(couple, writer, "A line for both")
    mine = JointRevision.objects.get()
    joint(couple, partner, "Another one")
    assert access.own_last_touch(writer) == mine.saved_at
    assert access.own_last_touch(stranger) is None
