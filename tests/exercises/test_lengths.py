"""What the length of a ciphertext tells: nothing of a choice, of a text its half kilobyte."""

import itertools
import os
from typing import Any

import pytest

from exercises.access import lesson_with
from exercises.models import AnswerRevision, PulseRevision, WeekNoteRevision
from tests.exercises.pulse.checkin import CheckIn
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
