"""Whoever had a therapist or a client, and does not any more: the same pages, however it ended."""

from functools import cache

import pytest

from tests.access.care_lives import (
    FOR_THE_CLIENT,
    FOR_THE_THERAPIST,
    clients_pages,
    therapists_pages,
)
from tests.access.test_afterwards import differences

pytestmark = pytest.mark.prove


@cache
def mine() -> dict[str, str]:
    """What I receive who ended it myself."""
    return clients_pages(FOR_THE_CLIENT["I ended it"])


@pytest.mark.parametrize("ending", list(FOR_THE_CLIENT)[1:])
def test_no_two_endings_differ_for_the_client(courses, ending):
    assert differences(clients_pages(FOR_THE_CLIENT[ending]), mine()) == {}


def test_nothing_is_left_but_what_one_keeps(courses):
    """Without one's copies, it is as if there had never been a therapist."""
    after = clients_pages(FOR_THE_CLIENT["my therapist ended it"], kept=False)
    assert differences(after, clients_pages(None)) == {}


def test_as_long_as_it_lasts_there_is_a_difference(courses):
    """The positive control."""
    found = differences(clients_pages(lambda link: None), clients_pages(None))
    assert {"GET /therapist/", "GET /sharing/", "GET /workbook/"} <= found.keys()


def test_no_two_endings_differ_for_the_therapist(courses):
    first, *others = [therapists_pages(ending) for ending in FOR_THE_THERAPIST.values()]
    assert [differences(one, first) for one in others] == [{}, {}]
    assert "Tuesday" in first["/care/clients/<file>/"]
    assert differences(therapists_pages(lambda link: None), first) != {}
