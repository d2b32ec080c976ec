"""Leaving, by one press."""

import pytest

from exercises import access, couples
from exercises.models import Couple
from tests.conftest import signed_in
from tests.exercises.together.invited import masked
from trustbook.accounts.models import User

PAGE = "/together/leave/"


def test_the_page_says_whom_one_leaves_and_changes_nothing(couple, writing, writer, partner):
    User.objects.filter(pk=partner.pk).update(email="moved@example.org", display_name="Hester")
    response = writing.get(PAGE)
    page = response.content.decode()
    assert response.status_code == 200
    assert f"You share it with <b>{partner.email}</b>." in page
    assert "moved@" not in page
    assert "Hester" not in page
    assert access.couple_of(writer) == couple


def test_one_press_ends_it_for_both(couple, writing, writer, partner, beside):
    response = writing.post(PAGE)
    assert (response.status_code, response["Location"]) == (302, "/together/")
    assert [access.couple_of(one) for one in (writer, partner)] == [None, None]
    assert not Couple.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["left", "was left", "never", "twice"])
def test_without_a_workbook_of_two_it_is_the_same_for_everybody(
    couple, writer, partner, stranger, who, method
):
    if who != "never":
        couples.leave({"left": writer, "was left": partner, "twice": writer}[who])
    browser = signed_in(stranger if who == "never" else writer)
    answers = [getattr(browser, method)(PAGE) for _ in range(2 if who == "twice" else 1)]
    for answer in answers:
        assert (answer.status_code, answer["Location"]) == (302, "/together/")
        assert answer.content == b""
        assert not answer.cookies


def test_afterwards_the_pages_of_both_are_those_of_somebody_who_never_had_one(
    couple, writer, partner, stranger
):
    signed_in(writer).post(PAGE)
    for path in ("/together/invite/", "/together/join/", "/together/safety/"):
        pages = {
            masked(signed_in(person).get(path), person.email)
            for person in (writer, partner, stranger)
        }
        assert len(pages) == 1


def test_other_methods_end_nothing(couple, writing, writer):
    for method in ("put", "patch", "delete", "options"):
        assert getattr(writing, method)(PAGE).status_code == 405
    assert access.couple_of(writer) == couple


def test_the_queries_of_the_page_do_not_grow(couple, writing, django_assert_num_queries):
    with django_assert_num_queries(2):
        writing.get(PAGE)
