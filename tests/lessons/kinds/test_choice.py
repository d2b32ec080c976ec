import pytest

from lessons.kinds import Refused
from tests.lessons.kinds.examples import faults_of, make, read, stored_bytes
from tests.lessons.kinds.page import Page


def test_one_option_is_kept():
    assert read(make("choice"), "mine=out") == "out"


@pytest.mark.parametrize("query", ["", "mine=", "mine=&mine="])
def test_none_is_kept_too(query):
    assert read(make("choice"), query) is None


def test_two_are_refused():
    with pytest.raises(Refused, match="Choose the one that fits best"):
        read(make("choice"), "mine=out&mine=home")


def test_an_unknown_option_is_refused():
    with pytest.raises(Refused, match="Reload the page and choose again"):
        read(make("choice"), "mine=work")


def test_the_last_radio_button_clears_the_answer():
    radios = Page(make("choice").form("out")).fields()
    assert [radio.get("value") for radio in radios] == ["home", "out", ""]
    assert ["checked" in radio.attributes for radio in radios] == [False, True, False]
    assert not any(
        "checked" in radio.attributes for radio in Page(make("choice").form(None)).fields()
    )


def test_an_option_that_vanished_does_not_fit():
    assert not make("choice", options={"home": "At home"}).fits("out")


def test_it_reads_as_its_label():
    assert make("choice").show("out") == "<p>Out &amp; about</p>"
    assert make("choice").as_text("out") == "Out & about"


@pytest.mark.parametrize("options", [{"a": "A"}, {"home": "At home", "a-longer-id": "Out"}])
def test_no_value_is_longer_than_its_room(options):
    prompt = make("choice", options=options)
    assert prompt.room() == max(stored_bytes(value) for value in [None, *options])


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({}, "options"),
        (None, "options"),
        ({f"o{n}": "x" for n in range(21)}, "options"),
        ({"A b": "x"}, "options.A b.[key]"),
        ({"a": ""}, "options.a"),
        ({False: "No"}, "options.0.[key]"),
    ],
)
def test_options_of_a_lesson(options, fault):
    assert faults_of("choice", options=options) == [fault]
