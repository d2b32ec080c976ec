"""The names of what can be opened together, and their order."""

from datetime import date

import pytest
from django.http import Http404

from exercises.models import Ready
from exercises.topics import Topic, answer_topic, topic_called

pytestmark = pytest.mark.usefixtures("trial")


def test_the_three_kinds_of_name():
    names = ["answer.every-kind.moment", "week.2026-03-02", "weeks"]
    assert [topic_called(name) for name in names] == [
        Topic(names[0], place=("every-kind", "moment")),
        Topic(names[1], week=date(2026, 3, 2)),
        Topic(names[2]),
    ]
    assert answer_topic(("every-kind", "moment")) == names[0]


@pytest.mark.parametrize(
    "name",
    [
        *("", "answer", "answer.a", "answer.a.b.c", "answer.a--b.c", "Answer.a.b", "answer.a.b\n"),
        *("week.2026-03-03", "week.2026-02-30", "week.20260302", "week.٢٠٢٦-03-02", "weeks."),
    ],
)
def test_any_other_name_is_none(name):
    with pytest.raises(Http404):
        topic_called(name)


def test_they_stand_in_the_order_of_the_course():
    """Then what was withdrawn, then weeks; nothing depends on when something was chosen."""
    names = [
        "answer.every-kind.moment",
        "answer.every-kind.theirs",
        "answer.every-kind.withdrawn",
        "answer.last.x",
        "answer.nowhere.x",
        "week.2026-02-23",
        "week.2026-03-02",
        "weeks",
    ]
    topics = sorted(map(topic_called, set(names)), key=lambda topic: topic.order)
    assert [topic.name for topic in topics] == names


def test_an_id_of_the_greatest_length_fits_its_column(writer, couple):
    longest = answer_topic(("a" * 60, "b" * 60))
    assert topic_called(longest).place == ("a" * 60, "b" * 60)
    Ready.objects.create(couple=couple, person=writer, topic=longest).clean_fields({"opened_on"})
