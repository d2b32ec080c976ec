"""Whoever shared a workbook and does not any more has the pages of one who never did."""

import pytest

from tests.access.lives import ENDINGS, pages_after
from tests.twins.seen import difference


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_left_of_it(courses, ending):
    assert differences(pages_after(ENDINGS[ending]), pages_after(None)) == {}


def test_with_what_was_written_together_no_two_endings_differ(courses):
    after = [pages_after(ending, joints=True) for ending in ENDINGS.values()]
    assert [differences(one, after[0]) for one in after[1:]] == [{}, {}]


def differences(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """By address, the lines that are not the same."""
    return {
        path: difference(other.get(path, ""), one.get(path, ""))
        for path in one | other
        if one.get(path) != other.get(path)
    }
