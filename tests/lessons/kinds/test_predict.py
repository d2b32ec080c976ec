import pytest

from lessons.kinds import Refused
from tests.lessons.kinds.examples import faults_of, make, read
from tests.lessons.kinds.page import Page, name_of


def test_answer_and_guess_are_kept():
    assert read(make("predict"), "mine.mine=rest&mine.guess=a+walk") == {
        "mine": "rest",
        "guess": "a walk",
    }


def test_a_refused_guess_is_named():
    with pytest.raises(Refused, match=r"“My guess at yours”: .* Remove"):
        read(make("predict"), "mine.guess=%00")


def test_the_guess_has_a_label_of_its_own():
    page = Page(make("predict").form({"mine": "", "guess": ""}))
    mine, guess = page.fields()
    assert name_of(guess, page) == "My guess at yours"
    # The frame around the form labels this one with what is asked.
    assert mine.get("id") == make("predict").input_id
    assert not make("predict").grouped


def test_it_reads_under_both_labels():
    prompt = make("predict", ask="My answer")
    assert prompt.as_text({"mine": "a", "guess": "b"}) == "My answer\na\n\nMy guess at yours\nb"
    assert prompt.show({"mine": " ", "guess": "<b>"}) == (
        '<dl class="answer-parts"><dt>My guess at yours</dt><dd>&lt;b&gt;</dd></dl>'
    )


def test_what_a_lesson_says():
    assert make("predict", of=None) == make("predict", of="text")
    assert faults_of("predict", of="scale", guess=None) == ["guess", "of"]


def test_a_guess_alone_says_nothing():
    prompt = make("predict")
    said = [prompt.says({"mine": mine, "guess": "b"}) for mine in ("", " \n ", "a")]
    assert said == [False, False, True]


def test_answer_and_guess_can_stand_apart():
    sides = make("predict").sides({"mine": "a\n\n<b>", "guess": " "})
    assert sides == ("<p>a</p>\n\n<p>&lt;b&gt;</p>", "")
