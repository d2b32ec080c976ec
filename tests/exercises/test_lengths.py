"""What the length of a ciphertext tells: nothing of a choice, of a text its half kilobyte."""

import itertools
import os
import uuid
from collections import Counter
from typing import Any

import pytest

from exercises import carelinks
from exercises.access import lesson_with
from exercises.models import (
    About,
    AnswerRevision,
    Assignment,
    ClientFile,
    KeepsakeRevision,
    Pathway,
    Practice,
    PulseRevision,
    Response,
    SessionNote,
    SessionNoteRevision,
    Step,
    WeekNoteRevision,
)
from exercises.pulse.prompts import NOTE
from exercises.recording import Draft, record
from tests.conftest import a_file
from tests.exercises.care_of import assigned, shared
from tests.exercises.pulse.checkin import CheckIn
from tests.exercises.test_care_keepsakes import said
from tests.exercises.workbook import Typed, Workbook

CLOSED: dict[str, list[Typed]] = {
    "place": ["", "home", "outside"],
    "helps": [[], ["talk"], ["walk"], ["talk", "walk"], ["walk", "rest"], ["talk", "rest"]],
    "sure": ["", *(str(step) for step in range(1, 8))],
}


def lengths(model):
    return {len(bytes(sealed)) for sealed in model.objects.values_list("sealed", flat=True)}


@pytest.mark.parametrize("prompt", CLOSED)
def test_every_answer_to_a_closed_question_is_as_long(page, prompt):
    base = page.saved(prompt, CLOSED[prompt][-1])
    for typed in CLOSED[prompt]:
        base = page.saved(prompt, typed, base=base)
    assert AnswerRevision.objects.count() == len(CLOSED[prompt]) + 1
    assert len(lengths(AnswerRevision)) == 1


def test_however_long_the_ids_of_the_options_are(page):
    last = Workbook(page.browser, page.person, "last")
    prompt: Any = lesson_with("last").exercise.prompt("many")
    options = list(prompt.options)
    base = last.saved("many", options[:1])
    for number in range(len(options) + 1):
        base = last.saved("many", options[:number], base=base)
    assert (last.history("many")[-1], len(lengths(AnswerRevision))) == (options, 1)


def test_every_pulse_is_as_long(page):
    parts = ("openness", "reliability", "boundaries", "support", "safety")
    base = page.saved("week", dict.fromkeys(parts, "4"))
    for steps in itertools.product(("", "7"), repeat=5):
        base = page.saved("week", dict(zip(parts, steps, strict=True)), base=base)
    assert (PulseRevision.objects.count(), len(lengths(PulseRevision))) == (33, 1)


def test_a_text_is_as_long_as_its_half_kilobyte(page):
    base = page.saved("moment", "x")
    for number in (1, 100, 200, 800, 3_000, 12_000):
        noise = os.urandom(number // 2).hex()
        base = page.saved("moment", noise, base=base)
    assert {(length - 28) % 512 for length in lengths(AnswerRevision)} == {0}
    assert lengths(AnswerRevision) == {540, 1052, 2076, 7196}


def test_a_note_is_as_long_as_its_half_kilobyte(page):
    book, base = CheckIn(page.browser, page.person), ""
    for typed in ("x", "", "A quiet week, on the whole.", os.urandom(500).hex()):
        base = book.saved("note", typed, base=base)
    assert lengths(WeekNoteRevision) == {512 + 28, 1_024 + 28}


def test_short_texts_and_none_are_as_long(page):
    base = page.saved("moment", "x")
    for typed in ("", "no", "yes, always, and more than that"):
        base = page.saved("moment", typed, base=base)
    assert lengths(AnswerRevision) == {512 + 28}


class TestATherapistsWork:
    """What is said, noted or left blank takes whole half kilobytes, whoever says it, of whom."""

    @pytest.fixture
    def answer(self, trial, care, writing):
        return shared(care, writing).answer

    @pytest.mark.parametrize("who", ["therapist", "client"])
    def test_a_response(self, care, answer, who):
        texts = ["", "x", "Thank you for this. Let us talk about it on Tuesday."]
        for text in [*texts, os.urandom(500).hex()]:
            said(care, answer, text, getattr(care, who))
        assert self.lengths(Response, "sealed") == {512 + 28: len(texts), 1_024 + 28: 1}

    def test_a_note_of_an_assignment_or_none(self, care):
        texts = ["", "x", "Read it slowly, and only once; then put it away."]
        for number, text in enumerate([*texts, os.urandom(500).hex()]):
            assigned(care, f"lesson-{number}", text)
        assert self.lengths(Assignment, "sealed_note") == {512 + 28: len(texts), 1_024 + 28: 1}

    def test_a_label(self, therapist):
        for label in ("", "M", "Tuesday, 10:00", "A name of some length, and whose client it was"):
            a_file(therapist, label)
        assert self.lengths(ClientFile, "sealed_label") == {512 + 28: 4}

    def test_a_pathway_of_none_or_some_lessons(self, therapist):
        for name, steps in (("", []), ("Beginning", [Step("promises", 7), Step("boundaries", 14)])):
            row = Pathway(therapist=therapist)
            row.seal(therapist, name, steps)
            row.save()
        assert self.lengths(Pathway, "sealed") == {512 + 28: 2}

    def test_a_practice_that_is_blank_or_not(self, therapist):
        row = Practice(therapist=therapist)
        for about in (About(), About(name="Dr Egret", credentials="MA", languages="English")):
            row.seal(therapist, about)
            row.save()
            assert self.lengths(Practice, "sealed") == {512 + 28: 1}

    def test_a_note_of_a_session(self, care, therapist):
        base = None
        for text in ("x", "", "Tired.", os.urandom(500).hex()):
            draft = Draft(text, base, uuid.uuid4())
            where = {"file": care.file, "day": "2026-05-03"}
            saved = record(SessionNote, where, therapist, NOTE, draft)
            assert saved
            base = saved.head.pk
        assert lengths(SessionNoteRevision) == {512 + 28, 1_024 + 28}

    def test_what_a_client_keeps(self, care, answer, writer, therapist):
        """A copy of one response is as long as one of a thread; there is none of no response."""
        said(care, answer, "x", therapist)
        assigned(care, note="")
        assigned(care, "last", note="Read it slowly.")
        carelinks.end(care)
        assert KeepsakeRevision.objects.count() == 2
        assert lengths(KeepsakeRevision) == {512 + 28}

    def lengths(self, model, field):
        """How many rows are how long."""
        return Counter(len(bytes(sealed)) for sealed in model.objects.values_list(field, flat=True))
