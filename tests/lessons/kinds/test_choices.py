from itertools import combinations

import pytest

from lessons.kinds import Refused
from tests.lessons.kinds.examples import ASKED, faults_of, make, read, stored_bytes
from tests.lessons.kinds.page import Page


def test_several_are_kept_in_the_order_offered():
    assert read(make("choices"), "mine=rest&mine=talk") == ["talk", "rest"]


def test_more_than_most_are_refused():
    query = "mine=talk&mine=walk&mine=rest"
    with pytest.raises(Refused, match=r"3 are ticked; at most 2 can be kept\. Untick some\."):
        read(make("choices"), query)
    assert len(read(make("choices", most=None), query)) == 3


@pytest.mark.parametrize("query", ["mine=swim", "mine=talk&mine=talk"])
def test_others_are_refused(query):
    with pytest.raises(Refused, match="Reload the page and choose again"):
        read(make("choices"), query)


def test_the_limit_is_said_before_the_options():
    page = Page(make("choices").form([]))
    assert page.root.words.startswith("Up to 2. A talk")
    assert "data-most" not in make("choices", most=None).form([])


def test_what_fits():
    prompt = make("choices")
    assert prompt.fits(["rest", "talk"])
    for value in (["swim"], ["talk", "talk"], ["talk", "walk", "rest"], "talk", [1], None):
        assert not prompt.fits(value)


def test_it_reads_as_labels():
    assert make("choices").show(["talk", "rest"]) == (
        '<ul class="chosen"><li>A talk</li><li>Rest</li></ul>'
    )
    assert make("choices").as_text(["talk", "rest"]) == "A talk\nRest"


@pytest.mark.parametrize("most", [1, 2, 3, None])
def test_no_value_is_longer_than_its_room(most):
    options = {"a": "A", "a-longer-id": "B", "longer": "C"}
    prompt = make("choices", options=options, most=most)
    values = [v for n in range(prompt.limit + 1) for v in combinations(options, n)]
    assert prompt.room() == max(stored_bytes(value) for value in values)


@pytest.mark.parametrize("most", [0, True, "2", -1])
def test_most_is_a_number(most):
    assert faults_of("choices", most=most) == ["most"]


def test_most_is_no_more_than_are_offered():
    assert faults_of("choices", most=4) == [""]
    assert len(ASKED["choices"]["options"]) == 3
