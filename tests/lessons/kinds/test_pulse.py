from itertools import product

import pytest

from lessons.kinds import Refused
from lessons.kinds.pulse import ASK, LIMITS, NAMES, STATEMENTS
from tests.lessons.kinds.examples import ANSWERS, faults_of, make, read, stored_bytes
from tests.lessons.kinds.page import Page, name_of


def test_its_five_parts():
    assert list(STATEMENTS) == ["openness", "reliability", "boundaries", "support", "safety"]
    assert NAMES.keys() == STATEMENTS.keys()
    assert make("pulse", ask=None).ask == ASK


def test_each_number_is_kept():
    assert read(make("pulse"), "mine.openness=7&mine.safety=1&mine.support=") == {
        "openness": 7,
        "reliability": None,
        "boundaries": None,
        "support": None,
        "safety": 1,
    }


def test_a_refused_number_is_named():
    with pytest.raises(Refused, match=r"“I felt safe .*”: Choose a number from 1 to 7"):
        read(make("pulse"), "mine.safety=8")


def test_each_statement_is_a_named_group_of_radio_buttons():
    page = Page(make("pulse").form(ANSWERS["pulse"]))
    groups = [e for e in page.root.all if e.get("role") == "group"]
    assert [name_of(group, page) for group in groups] == list(STATEMENTS.values())
    assert [len([e for e in group.all if e.tag == "input"]) for group in groups] == [8] * 5
    chosen = [e.get("name") + e.get("value") for e in page.fields() if "checked" in e.attributes]
    assert chosen == ["mine.openness7", "mine.boundaries1", "mine.support4"]


def test_it_says_what_it_is_not():
    assert Page(make("pulse").form(make("pulse").empty())).root.words.endswith(LIMITS)


def test_what_does_not_fit():
    value = ANSWERS["pulse"]
    for changes in ({"safety": 8}, {"safety": "1"}, {"safety": True}, {"total": 9}):
        assert not make("pulse").fits(value | changes)
    assert not make("pulse").fits({"safety": 1})


def test_it_reads_without_a_total():
    statements = STATEMENTS
    assert make("pulse").as_text(ANSWERS["pulse"]) == (
        f"{statements['openness']} 7 of 7\n"
        f"{statements['boundaries']} 1 of 7\n"
        f"{statements['support']} 4 of 7"
    )
    assert make("pulse").show(dict.fromkeys(STATEMENTS) | {"safety": 2}) == (
        f'<dl class="answer-parts"><dt>{statements["safety"]}</dt><dd>2 of 7</dd></dl>'
    )


def test_no_value_is_longer_than_its_room():
    values = product([None, 1, 7], repeat=len(STATEMENTS))
    longest = max(stored_bytes(dict(zip(STATEMENTS, v, strict=True))) for v in values)
    assert make("pulse").room() == longest


def test_an_answer_keeps_the_statements_it_was_given_to():
    older = {**make("pulse").snapshot()["statements"], "safety": "I could speak freely."}
    assert (
        make("pulse", statements=older)
        .as_text(ANSWERS["pulse"] | {"safety": 3})
        .endswith("I could speak freely. 3 of 7")
    )


def test_a_lesson_cannot_add_statements():
    assert faults_of("pulse", statements={"total": "All in all"}) == ["statements"]
