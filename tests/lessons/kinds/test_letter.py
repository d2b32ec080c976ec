import pytest

from lessons.kinds import Refused
from tests.lessons.kinds.examples import ANSWERS, faults_of, make, read
from tests.lessons.kinds.page import Page, name_of


def test_steps_and_ticks_are_kept_apart():
    query = "mine.harm=late&mine.checked=responsibility&mine.checked=harm"
    assert read(make("letter"), query) == {
        "steps": {"harm": "late", "repair": ""},
        "checked": ["harm", "responsibility"],
    }


@pytest.mark.parametrize("query", ["mine.checked=repair", "mine.checked=harm&mine.checked=harm"])
def test_other_ticks_are_refused(query):
    with pytest.raises(Refused, match="choose again"):
        read(make("letter"), query)


def test_the_checklist_is_a_named_group():
    page = Page(make("letter").form(ANSWERS["letter"]))
    [group] = [e for e in page.root.all if e.get("role") == "group"]
    assert name_of(group, page) == "Tick what the letter says by now"
    ticks = [e for e in group.all if e.tag == "input"]
    assert ["checked" in tick.attributes for tick in ticks] == [False, True]


@pytest.mark.parametrize(
    "value",
    [
        {"steps": {"harm": "", "repair": ""}, "checked": ["repair"]},
        {"steps": {"harm": "", "repair": ""}, "checked": ["harm", "harm"]},
        {"steps": {"harm": "", "repair": ""}},
        {"steps": {"harm": ""}, "checked": []},
        {"steps": [], "checked": []},
        [],
    ],
)
def test_what_does_not_fit(value):
    assert not make("letter").fits(value)


def test_it_reads_as_steps_and_ticks():
    prompt = make("letter")
    assert prompt.show(ANSWERS["letter"]) == (
        '<dl class="answer-parts"><dt>What I did</dt><dd>I was &lt;late&gt;</dd></dl>'
        '<p class="meta">The letter says:</p>'
        '<ul class="chosen"><li>I take responsibility</li></ul>'
    )
    assert prompt.as_text(ANSWERS["letter"]) == (
        "What I did\nI was <late>\n\nThe letter says:\n- I take responsibility"
    )


def test_no_step_can_be_called_as_the_checklist_is_sent():
    assert faults_of("letter", steps={"checked": "What I checked"}) == [""]
    assert faults_of("letter", checklist={}) == ["checklist"]
