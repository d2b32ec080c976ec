import pytest

from lessons.kinds.base import FORM_NAMES
from tests.lessons.kinds.examples import faults_of, make


@pytest.mark.parametrize("name", sorted(FORM_NAMES))
def test_an_id_that_the_form_uses_is_refused(name):
    assert faults_of("text", id=name) == ["id"]


@pytest.mark.parametrize("name", ["", "Mine", "two--hyphens", "-a", "a.b", "a:b", "ä", "a" * 61])
def test_ids_are_plain(name):
    assert faults_of("text", id=name) == ["id"]


@pytest.mark.parametrize("words", ["", "  ", "\x02value\x03", "bell\x07", 7, "x" * 601])
def test_words_are_words(words):
    assert faults_of("text", ask=words) == ["ask"]


def test_an_unknown_key_is_refused():
    assert faults_of("text", placeholder="…") == ["placeholder"]


def test_what_to_talk_about_is_no_part_of_the_question():
    prompt = make("text", reveal="together", talk=["What is alike?", "What is not?"])
    assert prompt.talk == ("What is alike?", "What is not?")
    plain = make("text", reveal="together")
    assert (prompt.snapshot(), prompt.question) == (plain.snapshot(), plain.question)


def test_what_opens_to_two_people():
    kinds = ["text", "list", "scale", "promises", "predict", "pulse", "recall"]
    plain = [kind for kind in kinds if make(kind).opens_together]
    told = [kind for kind in kinds if make(kind, reveal="together").opens_together]
    assert (plain, told) == (["predict"], ["text", "list", "scale", "promises", "predict"])


def test_joint_and_reveal_are_accepted():
    prompt = make("text", joint=True, reveal="together")
    assert prompt.joint
    assert prompt.reveal == "together"
    assert faults_of("text", reveal="later") == ["reveal"]
