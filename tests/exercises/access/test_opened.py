"""What is open between two people, and what one of them is ready for: a query each."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exercises import access
from exercises.models import Answer, Ready
from exercises.together import opening
from exercises.topics import topic_called
from tests.exercises.pulse.checkin import told
from tests.exercises.workbook import Workbook

pytestmark = pytest.mark.usefixtures("trial")

MOMENT, THEIRS = "answer.every-kind.moment", "answer.every-kind.theirs"
WEEK, WEEKS = "week.2026-03-02", "weeks"


@pytest.fixture
def written(couple, writing, writer, beside, partner):
    """Both have something for each topic."""
    for browser, person in ((writing, writer), (beside, partner)):
        book = Workbook(browser, person)
        book.saved("theirs", {"mine": f"{person.email} says", "guess": "a guess"})
        book.saved("moment", f"{person.email} wrote")
        for week in (date(2026, 2, 23), date(2026, 3, 2)):
            told(person, week, {"openness": 4})
    return couple


def ready(person, *topics):
    """The newest of everything."""
    for name in topics:
        topic = topic_called(name)
        seen = {revision.pk for _, revision in access.own_rows_about(person, topic)}
        opening.ready(person, topic, seen)


def names(found):
    return [one.topic.name for one in found]


def test_what_is_open_has_both_sides(written, writer, partner):
    ready(writer, WEEKS, MOMENT)
    ready(partner, MOMENT, WEEKS, THEIRS)
    for person, other in ((writer, partner), (partner, writer)):
        pairs = access.opened_pairs(written, person)
        assert names(pairs) == [MOMENT, WEEKS]
        for pair in pairs:
            assert (pair.mine.person, pair.theirs.person) == (person, other)
            assert pair.since == timezone.localdate()
        pin = pairs[0].theirs.pins[0]
        assert pin.row.open(pin.revision, other).value == f"{other.email} wrote"
        weeks = [pin.pulse and pin.pulse.week for pin in pairs[1].theirs.pins]
        assert weeks == [date(2026, 2, 23), date(2026, 3, 2)]


def test_what_one_is_ready_for_is_told_to_that_one_alone(written, writer, partner):
    ready(writer, WEEK, THEIRS, MOMENT)
    ready(partner, THEIRS)
    assert names(access.own_ready(written, writer)) == [MOMENT, WEEK]
    assert names(access.own_ready(written, partner)) == []
    assert names(access.opened_pairs(written, partner)) == [THEIRS]
    assert access.opened_pair(written, partner, topic_called(MOMENT)) is None
    assert access.own_ready_for(written, partner, topic_called(MOMENT)) is None


def test_a_text_that_was_deleted_is_no_side_of_anything(written, writer, partner):
    """A second belt: deleting closes by itself."""
    ready(writer, MOMENT, THEIRS)
    ready(partner, MOMENT)
    Answer._base_manager.filter(author=writer).update(deleted_at=timezone.now())
    assert access.opened_pairs(written, partner) == []
    assert access.opened_pair(written, partner, topic_called(MOMENT)) is None
    assert access.own_ready(written, writer) == []


def test_a_side_without_a_text_is_no_side(written, writer, partner):
    ready(writer, MOMENT)
    Ready.objects.create(couple=written, person=partner, topic=MOMENT)
    ready(writer, MOMENT)
    Ready.objects.filter(person=partner).update(opened_on=timezone.localdate())
    assert access.opened_pairs(written, partner) == access.opened_pairs(written, writer) == []


@pytest.mark.parametrize("whose", ["nobody's", "mine", "theirs"])
def test_what_is_not_open_on_both_sides_is_not_open(written, writer, partner, whose):
    """Nothing of ours leaves it so; whoever reads asks all the same."""
    ready(writer, MOMENT)
    ready(partner, MOMENT)
    Ready.objects.update(opened_on=None)
    person = {"mine": writer, "theirs": partner}.get(whose)
    Ready.objects.filter(person=person).update(opened_on=timezone.localdate())
    for one in (writer, partner):
        assert access.opened_pairs(written, one) == []
        assert access.opened_pair(written, one, topic_called(MOMENT)) is None


@pytest.mark.parametrize("topics", [[MOMENT], [MOMENT, THEIRS, WEEK, WEEKS]])
def test_one_query_each(written, writer, partner, topics):
    ready(writer, *topics)
    with CaptureQueriesContext(connection) as asked:
        assert names(access.own_ready(written, writer)) == topics
        assert access.opened_pairs(written, writer) == []
    assert len(asked) == 2
    ready(partner, *topics)
    with CaptureQueriesContext(connection) as asked:
        assert names(access.opened_pairs(written, partner)) == topics
        assert access.opened_pair(written, partner, topic_called(MOMENT))
        assert access.own_ready(written, partner) == []
        assert access.own_ready_for(written, partner, topic_called(MOMENT)) is None
    assert len(asked) == 4


def test_a_page_asks_as_often_whatever_is_open(written, writer, partner, writing):
    path = f"/together/reveal/{WEEKS}/"

    def asked():
        with CaptureQueriesContext(connection) as asked:
            assert writing.get(path).status_code == 200
        return len(asked)

    writing.get(path)
    alone = asked()
    ready(writer, WEEKS, MOMENT)
    chosen = asked()
    for number in range(3):
        told(writer, date(2026, 3, 9 + 7 * number), {"openness": number + 1})
    ready(partner, WEEKS, MOMENT)
    assert (alone, chosen, asked()) == (5, 5, 4)
