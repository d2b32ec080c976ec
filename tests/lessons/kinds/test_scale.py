import pytest

from tests.lessons.kinds.examples import faults_of, make, read, stored_bytes
from tests.lessons.kinds.page import Page, name_of


@pytest.mark.parametrize(("query", "value"), [("mine=1", 1), ("mine=7", 7), ("mine=", None)])
def test_a_number_is_kept(query, value):
    assert read(make("scale"), query) == value


@pytest.mark.parametrize("steps", [2, 7, 11])
def test_its_radio_buttons(steps):
    page = Page(make("scale", steps=steps).form(steps))
    values = [str(n) for n in range(1, steps + 1)]
    assert [radio.get("value") for radio in page.fields()] == [*values, ""]
    assert [r.get("value") for r in page.fields() if "checked" in r.attributes] == [str(steps)]


def test_the_ends_are_heard_with_the_first_and_last_number():
    page = Page(make("scale").form(None))
    names = [name_of(radio, page) for radio in page.fields()]
    assert names == ["1 : Not at all", "2", "3", "4", "5", "6", "7 : Completely", "No answer"]


def test_what_fits():
    prompt = make("scale")
    assert all(prompt.fits(value) for value in (None, 1, 7))
    assert not any(prompt.fits(value) for value in (0, 8, True, 1.0, "1", [1]))


def test_it_reads_with_its_ends():
    assert make("scale").as_text(5) == "5 of 7"
    assert make("scale").show(5) == (
        '<p class="scale-answer"><b>5</b> of 7 '
        '<span class="meta">(1: Not at all, 7: Completely)</span></p>'
    )


def test_no_value_is_longer_than_its_room():
    prompt = make("scale", steps=11)
    assert prompt.room() == max(stored_bytes(value) for value in [None, *range(1, 12)])


@pytest.mark.parametrize("steps", [1, 0, 12, "7", True, 7.0, None])
def test_two_to_eleven_steps(steps):
    assert faults_of("scale", steps=steps) == ["steps"]


def test_both_ends_need_words():
    assert faults_of("scale", low=None, high="") == ["low", "high"]
