"""Every kind of prompt, and every value, as FHIR and back."""

import json
import uuid
from datetime import date
from typing import get_args

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.fhir.bundles import WEEKS, Piece, bundle
from exercises.fhir.items import answer, question
from exercises.models import Opened
from lessons.kinds import AnyKind, prompt_from
from tests.exercises.fhir.reading import value_in
from tests.exercises.fhir.values import PROMPTS, VALUES, as_fhir_keeps

KINDS = sorted(PROMPTS)


def test_no_kind_is_forgotten():
    there = [kind.model_fields["kind"].annotation for kind in get_args(AnyKind)]
    assert sorted(get_args(named)[0] for named in there) == KINDS
    assert sorted(VALUES) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_what_goes_out_comes_back(kind, data):
    goes_out_and_comes_back(kind, data)


@pytest.mark.prove
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=600, deadline=None)
@given(data=st.data())
def test_what_goes_out_comes_back_whatever_it_is(kind, data):
    goes_out_and_comes_back(kind, data)


def goes_out_and_comes_back(kind, data):
    value = data.draw(VALUES[kind])
    prompt = PROMPTS[kind]
    assert prompt.fits(value)
    form, told = exported(prompt, value)
    assert value_in(form["item"][0], told.get("item", []), kind) == as_fhir_keeps(value)


@pytest.mark.parametrize("kind", KINDS)
def test_the_wording_is_in_it(kind):
    prompt = PROMPTS[kind]
    form = json.dumps(question(prompt, "a-lesson"))
    said = [prompt.ask, prompt.help, *words(prompt.snapshot())]
    assert [text for text in said if json.dumps(text)[1:-1] not in form] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_questions_have_one_id(kind):
    found = [item["linkId"] for item in walk([question(PROMPTS[kind], "a-lesson")])]
    assert len(found) == len(set(found))
    assert found[0] == "q-1"


def test_options_of_two_prompts_are_told_apart():
    def system(lesson, place):
        prompt = PROMPTS["choice"].model_copy(update={"id": place})
        return question(prompt, lesson)["answerOption"][0]["valueCoding"]["system"]

    systems = {system("a", "x"), system("a", "y"), system("b", "x")}
    assert len(systems) == 3
    assert {one[:9] for one in systems} == {"urn:uuid:"}
    assert system("a", "x") == "urn:uuid:d5fb666a-ff26-5b29-ad41-7a180a4d4d0f"


def test_a_display_holds_no_item():
    """FHIR's rule que-1."""
    assert question(PROMPTS["recall"], "a-lesson") == {
        "linkId": "q-1",
        "text": "What is it?\nA line.",
        "type": "display",
    }


def test_what_fhir_does_not_allow_does_not_leave(monkeypatch):
    monkeypatch.setattr("exercises.fhir.bundles.answer", lambda *_: [{"answer": [{"value": 1}]}])
    with pytest.raises(ValueError, match="value"):
        exported(PROMPTS["text"], "a")


def test_each_value_of_one_kind_reads_in_full():
    prompt = PROMPTS["scale"]
    assert answer(prompt, "a-lesson", 4) == [
        {"linkId": "q-1", "text": "What is it?", "answer": [{"valueInteger": 4}]}
    ]


def test_weeks_with_other_statements_are_another_questionnaire():
    """A wording that changed must not be taken for the one of today."""
    pulse = PROMPTS["pulse"]
    reworded = pulse.snapshot() | {"statements": {part: part for part in pulse.empty()}}
    value = pulse.empty() | {"openness": 3}
    pieces = [
        Piece(uuid.uuid4(), Opened(pulse.snapshot(), value), date(2026, 5, 11)),
        Piece(uuid.uuid4(), Opened(reworded, value), date(2026, 5, 4)),
        Piece(uuid.uuid4(), Opened(pulse.snapshot() | {"id": "other"}, value), date(2026, 4, 27)),
    ]
    made = resources(bundle(WEEKS, pieces, {}))
    forms = [one for one in made if one["resourceType"] == "Questionnaire"]
    told = [one for one in made if one["resourceType"] == "QuestionnaireResponse"]
    assert [len(forms), len(told)] == [2, 3]
    named = {f"{form['url']}|{form['version']}" for form in forms}
    assert {one["questionnaire"] for one in told} == named
    weeks = [one["item"][0]["answer"][0]["valueDate"] for one in told]
    assert sorted(weeks) == ["2026-04-27", "2026-05-04", "2026-05-11"]


def exported(prompt, value):
    """Both resources, as somebody else's program finds them in the file."""
    held = bundle("a-lesson", [Piece(uuid.uuid4(), Opened(prompt.snapshot(), value))], {})
    assert Bundle.model_validate_json(held).type == "collection"
    form, told = resources(held)
    assert told["questionnaire"] == f"{form['url']}|{form['version']}"
    return form, told


def resources(held):
    return [entry["resource"] for entry in json.loads(held)["entry"]]


def walk(items):
    for item in items:
        yield item
        yield from walk(item.get("item", ()))


def words(snapshot):
    """The labels in a snapshot."""
    for part in snapshot.values():
        if isinstance(part, dict):
            yield from part.values()


def test_a_snapshot_is_what_was_asked_then():
    old = PROMPTS["text"].snapshot() | {"ask": "What was asked then?"}
    form, told = exported(prompt_from(old), "a")
    assert form["item"][0]["text"] == told["item"][0]["text"] == "What was asked then?"
