"""A client is shown the page of their own therapist beside a lesson about getting help."""

import re

import pytest

from exercises import carelinks
from exercises.care.practice import keep
from exercises.models import About
from lessons.catalogue import catalogue
from tests.conftest import a_therapist

LESSON, PUBLIC = "/workbook/trust/asking-for-help/", "/lessons/trust/asking-for-help/"
ANOTHER = "/workbook/trust/promises/"
NAME = "Dr Ada Heron"
CHANCE = re.compile(r'(name="(csrfmiddlewaretoken|owner|[^"]*:token)" value=")[^"]*')


@pytest.fixture(autouse=True)
def _on_trial(settings):
    """The course itself: the lesson is one of it."""
    settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]


@pytest.fixture
def practice(therapist):
    keep(therapist, About(name=NAME, booking="https://example.org/book"))


def page(browser, path=LESSON) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return CHANCE.sub(r"\1", response.content.decode())


def test_the_lesson_that_says_so():
    shown = [lesson.id for course in catalogue().courses for lesson in course.lessons]
    assert [
        one for one in shown if (found := catalogue().lesson_by_id(one)) and found.therapist
    ] == ["asking-for-help"]


def test_a_client_sees_the_page_of_their_own_therapist(care, practice, writing):
    shown = page(writing)
    assert shown.count("Your own therapist") == 1
    assert NAME in shown
    assert 'href="https://example.org/book" rel="noreferrer noopener external"' in shown
    assert 'href="/therapist/"' in shown


def test_not_in_another_lesson_and_not_on_the_public_page(care, practice, writing):
    assert NAME not in page(writing, ANOTHER)
    before = writing.get(PUBLIC).content
    assert NAME.encode() not in before
    assert b"Your own therapist" not in before


def test_for_everybody_else_the_page_is_as_it_was(care, practice, writing, strange):
    a_therapist("other@example.org")
    without = page(strange)
    assert "Your own therapist" not in without
    assert "heron" not in without.lower().replace("the heron", "")
    carelinks.end(care)
    assert page(writing) == without


def test_a_therapist_who_wrote_nothing(care, writing):
    assert "Your own therapist" not in page(writing)


def test_a_therapist_who_lost_the_role(care, practice, therapist, writing, strange):
    therapist.is_therapist = False
    therapist.save()
    assert page(writing) == page(strange)


def test_nobody_sees_it_through_a_partner(care, practice, couple, writing, beside):
    assert NAME in page(writing)
    assert NAME not in page(beside)


def test_it_costs_those_without_a_therapist_nothing(
    care, practice, writing, strange, django_assert_num_queries
):
    page(strange)
    page(writing)
    with django_assert_num_queries(4):
        strange.get(LESSON)
    with django_assert_num_queries(8):  # what a client has everywhere, and the page of practice
        writing.get(LESSON)
