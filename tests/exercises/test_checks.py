"""Prompts that vanished while answers exist are reported."""

import uuid

from exercises.access import lesson_with, prompt_of
from exercises.checks import vanished_prompts
from exercises.models import Answer
from exercises.recording import Draft, record


def answer(writer, lesson_id, prompt_id):
    prompt = prompt_of(lesson_with("every-kind"), "moment")
    place = {"lesson_id": lesson_id, "prompt_id": prompt_id}
    record(Answer, place, writer, prompt, Draft("kept", None, uuid.uuid4()))


def test_what_is_asked_is_no_fault(writer):
    answer(writer, "every-kind", "moment")
    assert vanished_prompts(databases=["default"]) == []


def test_a_vanished_prompt_and_a_vanished_lesson_are_named(writer):
    answer(writer, "every-kind", "gone")
    answer(writer, "withdrawn", "moment")
    assert [warning.msg for warning in vanished_prompts(databases=["default"])] == [
        "The prompt “gone” of the lesson “every-kind” has answers, but is not asked.",
        "The prompt “moment” of the lesson “withdrawn” has answers, but is not asked.",
    ]


def test_a_therapists_own_lesson_is_not_looked_into(writer):
    answer(writer, f"own:{uuid.uuid4()}", "moment")
    assert vanished_prompts(databases=["default"]) == []


def test_without_a_database_nothing_is_asked_of_it(writer, django_assert_num_queries):
    answer(writer, "every-kind", "gone")
    with django_assert_num_queries(0):
        assert vanished_prompts() == []
