"""Everything that is shared of one lesson, or all weeks, as a Bundle that FHIR's own rules allow.

Nothing says whose it is, when it was written or which site it comes from: no subject, no author, no
date but the Monday of a week. Whoever takes it into a record knows whose record that is.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse

from exercises.fhir.items import Item, answer, question, said, urn
from exercises.lesson_names import Names, name_of
from exercises.models import Opened
from lessons.catalogue import catalogue

WEEKS = "weeks"
"""Stands for a lesson's id where the weekly pulse is meant, which belongs to no lesson."""
WEEKS_ARE_CALLED = "Trust pulse"
PULSE = "pulse"
"""The ``linkId`` of a week's five numbers, in whichever lesson they were asked for."""
WEEK = {"linkId": "week", "text": "The Monday on which the week begins", "type": "date"}
LONGEST_ID = 60


@dataclass(frozen=True)
class Piece:
    """One revision that is shared, and what it answers."""

    revision: uuid.UUID
    opened: Opened
    week: date | None = None


def narrowed(lesson: str) -> dict[str, Any]:
    """Which shares belong to what an address names, as ``read_shared`` takes it."""
    if not lesson.isprintable() or len(lesson) > LONGEST_ID:
        raise Http404
    return {"pulse__isnull": False} if lesson == WEEKS else {"answer__lesson_id": lesson}


def attachment(lesson: str, pieces: list[Piece], own: Names) -> HttpResponse:
    """The Bundle, to be kept as a file. 404 where nothing is shared."""
    if not pieces:
        raise Http404
    named = {"Content-Disposition": 'attachment; filename="exercise.fhir.json"'}
    kind = "application/fhir+json; charset=utf-8"
    return HttpResponse(bundle(lesson, pieces, own), content_type=kind, headers=named)


def bundle(lesson: str, pieces: Iterable[Piece], own: Names) -> bytes:
    """The JSON. Raises ``pydantic.ValidationError`` for what FHIR does not allow."""
    # Imported only here: it takes half a second and 20 MB, and few processes ever need it.
    from fhir.resources.R4B.bundle import Bundle

    made = _weeks(pieces) if lesson == WEEKS else _lesson(lesson, pieces, own)
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in made]
    whole = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return Bundle.model_validate(whole).model_dump_json().encode()


def _lesson(lesson: str, pieces: Iterable[Piece], own: Names) -> list[Item]:
    """A Questionnaire as it was asked, and its response, both in the order of the lesson."""
    found = catalogue().lesson_by_id(lesson)
    places = [prompt.id for prompt in found.exercise.prompts] if found else []
    order = {place: number for number, place in enumerate(places)}
    by_place = sorted(
        pieces, key=lambda one: (order.get(one.opened.prompt.id, len(order)), one.opened.prompt.id)
    )
    asked = [question(one.opened.prompt, lesson) for one in by_place]
    told = [item for one in by_place for item in _answers(one, lesson)]
    form = _questionnaire(lesson, name_of(lesson, own), asked)
    return [form, _response(form, told, [one.revision for one in by_place])]


def _weeks(pieces: Iterable[Piece]) -> list[Item]:
    """A QuestionnaireResponse a week, after a Questionnaire for each wording of the statements."""
    by_week = sorted(pieces, key=lambda one: (_asked(one)["version"], one.week or date.min))
    made = []
    for _, same in groupby(by_week, key=lambda one: _asked(one)["version"]):
        weeks = list(same)
        form = _asked(weeks[0])
        made.append(form)
        for one in weeks:
            day = {"linkId": WEEK["linkId"], "answer": [{"valueDate": str(one.week)}]}
            made.append(_response(form, [day, *_answers(one, WEEKS, PULSE)], [one.revision]))
    return made


def _asked(piece: Piece) -> Item:
    items = [WEEK, question(piece.opened.prompt, WEEKS, PULSE)]
    return _questionnaire(WEEKS, WEEKS_ARE_CALLED, items)


def _answers(piece: Piece, lesson: str, link: str = "") -> list[Item]:
    return answer(piece.opened.prompt, lesson, piece.opened.value, link)


def _questionnaire(lesson: str, title: str, items: list[Item]) -> Item:
    """Its version follows from the wording: what was asked otherwise is another version."""
    wording = json.dumps([title, items], sort_keys=True).encode()
    version = hashlib.sha256(wording).hexdigest()[:16]
    return {
        "resourceType": "Questionnaire",
        "id": _id("questionnaire", lesson, version),
        "url": urn("lesson", lesson),
        "version": version,
        "title": said(title),
        "status": "active",
        "item": items,
    }


def _response(form: Item, items: list[Item], revisions: list[uuid.UUID]) -> Item:
    """Of the same revisions the id is the same again: it tells nothing else."""
    held = {
        "resourceType": "QuestionnaireResponse",
        "id": _id("response", *map(str, revisions)),
        "questionnaire": f"{form['url']}|{form['version']}",
        "status": "completed",
    }
    return held | ({"item": items} if items else {})


def _id(*parts: str) -> str:
    return urn(*parts).removeprefix("urn:uuid:")
