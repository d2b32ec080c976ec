"""Whoever shared a workbook and does not any more has the pages of one who never did."""

from functools import cache

import pytest

from tests.access.lives import (
    ENDINGS,
    OURS,
    WRITINGS,
    be_ready,
    go_on,
    pages_after,
    think_again,
)
from tests.twins.seen import difference


@cache
def never() -> dict[str, str]:
    """What I receive who never shared a workbook."""
    return pages_after(None)


@cache
def still() -> dict[str, str]:
    """What I receive who share one, and nothing more happens."""
    return pages_after(go_on)


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_left_of_it(courses, ending):
    assert differences(pages_after(ENDINGS[ending]), never()) == {}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_no_two_endings_differ_in_what_one_keeps(courses, write):
    after = [pages_after(ending, write) for ending in ENDINGS.values()]
    assert [differences(one, after[0]) for one in after[1:]] == [{}, {}]
    assert OURS in "".join(after[0].values())


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_nothing_is_left_but_what_one_keeps(courses, write):
    after = pages_after(ENDINGS["I was left"], write, kept=False)
    assert differences(after, never()) == {}


def test_as_long_as_it_lasts_there_is_a_difference(courses):
    """The positive control."""
    found = differences(still(), never())
    assert {"GET /together/", "GET /sharing/", "GET /workbook/", "mails"} <= found.keys()


@pytest.mark.parametrize("quietly", [be_ready, think_again])
def test_what_my_partner_keeps_or_took_back_leaves_no_trace(courses, quietly):
    assert differences(pages_after(quietly), still()) == {}


def differences(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """By address, the lines that are not the same."""
    return {
        path: difference(other.get(path, ""), one.get(path, ""))
        for path in one | other
        if one.get(path) != other.get(path)
    }
