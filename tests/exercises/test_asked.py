"""A page that was open while its question changed."""

import re

import pytest

from exercises.asked import signed
from lessons.catalogue import catalogue
from lessons.kinds import prompt_from

OLD = {"id": "moment", "kind": "text", "ask": "Which moment came to mind?"}


def asked_now():
    """The prompt as the course has it."""
    lesson = catalogue().lesson_by_id("every-kind")
    assert lesson
    return next(prompt for prompt in lesson.exercise.prompts if prompt.id == "moment")


def kept(page, prompt="moment"):
    answer = page.answer(prompt)
    return answer.open(answer.head, page.person)


def test_the_page_brings_its_questions_along(page, writing):
    html = writing.get("/workbook/trial/every-kind/").content.decode()
    brought = re.findall(r'name="moment:asked" value="([^"]+)"', html)
    assert brought == [signed(asked_now())]


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_is_kept_with_the_wording_it_was_given_to(page, script):
    fields = page.fields("moment", "a walk", asked=signed(prompt_from(OLD)))
    path = "/workbook/save/every-kind/" + ("moment/" if script else "")
    response = page.post(path, {"owner": page.owner, **fields}, script=script)
    assert response.status_code == 200
    assert (kept(page).snapshot, kept(page).value) == (OLD, "a walk")


def test_also_when_the_kind_is_another_by_now(page):
    scale = OLD | {"kind": "scale", "steps": 5, "low": "Low", "high": "High"}
    page.saved("moment", "4", asked=signed(prompt_from(scale)))
    assert (kept(page).snapshot, kept(page).value) == (scale, 4)


def test_an_unchanged_question_is_taken_from_the_course(page):
    page.saved("moment", "a", asked=signed(asked_now()))
    assert kept(page).snapshot == asked_now().snapshot()


@pytest.mark.parametrize(
    "forged",
    [
        "e30:nonsense",
        signed(prompt_from(OLD))[:-1] + "_",
        signed(prompt_from(OLD | {"id": "another"})),
    ],
)
def test_a_forged_question_is_refused_and_nothing_saved(page, forged):
    response = page.save("moment", "a", asked=forged)
    assert response.status_code == 422
    assert page.nothing_saved()
