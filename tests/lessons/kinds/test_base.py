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


def test_joint_and_reveal_are_accepted():
    prompt = make("text", joint=True, reveal="together")
    assert prompt.joint
    assert prompt.reveal == "together"
    assert faults_of("text", reveal="later") == ["reveal"]
