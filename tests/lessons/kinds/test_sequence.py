import pytest

from lessons.kinds import Refused
from tests.lessons.kinds.examples import faults_of, make, read
from tests.lessons.kinds.page import Page, name_of


def test_each_step_is_kept():
    assert read(make("sequence"), "mine.then=I+call") == {"when": "", "then": "I call"}


def test_a_refused_step_is_named():
    with pytest.raises(Refused, match="“then I will…”: This is 20,001 characters long"):
        read(make("sequence"), f"mine.then={'x' * 20_001}")


def test_all_steps_are_open_without_script():
    page = Page(make("sequence").form({"when": "a", "then": ""}))
    assert [name_of(area, page) for area in page.fields()] == ["When…", "then I will…"]
    assert [e.get("class") for e in page.root.all if "data-step" in e.attributes] == ["step"] * 2
    assert not [e for e in page.root.all if "hidden" in e.attributes]


def test_steps_that_changed_do_not_fit():
    value = {"when": "a", "then": "b"}
    assert make("sequence").fits(value)
    assert not make("sequence", steps={"when": "When…"}).fits(value)
    assert not make("sequence").fits({"when": "a", "then": None})


def test_it_reads_step_by_step_without_blank_ones():
    prompt = make("sequence")
    assert prompt.show({"when": " ", "then": "<a>\nb"}) == (
        '<dl class="answer-parts"><dt>then I will…</dt><dd>&lt;a&gt;<br>b</dd></dl>'
    )
    assert prompt.as_text({"when": "a", "then": "b\n"}) == "When…\na\n\nthen I will…\nb"


def test_a_sequence_has_steps():
    assert faults_of("sequence", steps={}) == ["steps"]
