"""Pydantic's findings in an author's words, each on the line of the key it is about."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lessons.faults import Code, Faults
from lessons.sayings import GUIDE, SAYINGS, Said, nearest
from lessons.schema import kinds
from lessons.strict_yaml import Document, Place

PROMPTS = ("exercise", "prompts")


def explain(
    error: ValidationError, model: type[BaseModel], document: Document, faults: Faults
) -> None:
    """Notes each finding of ``error`` about ``document``, which was read as ``model``."""
    seen = set()
    for finding in error.errors(include_url=False):
        if _only_because_of_items(finding):
            continue
        place = place_of(finding)
        line = document.line(place)
        message, hint = say(finding, place, Around(model, document.data))
        if (line, message) not in seen:
            faults.add(line, message, hint, Code.KEY)
        seen.add((line, message))


def _only_because_of_items(finding: ErrorDetails) -> bool:
    """Whether a list is called too short because the items in it have faults of their own."""
    items = finding["input"]
    return (
        finding["type"] == "too_short"
        and isinstance(items, list)
        and len(items) >= finding["ctx"]["min_length"]
    )


def place_of(finding: ErrorDetails) -> Place:
    """Where the finding stands in the file: its ``loc`` without pydantic's own additions."""
    loc = tuple(step for step in finding["loc"] if step != "[key]")
    if loc[:2] == PROMPTS and len(loc) > 3:  # the kind, which pydantic puts behind the number
        loc = loc[:3] + loc[4:]
    if finding["type"] == "union_tag_invalid":
        loc = (*loc, "kind")
    return loc


class Around:
    """What the file says, and could say, around a place."""

    def __init__(self, model: type[BaseModel], data: object) -> None:
        self.model, self.data = model, data

    def known_keys(self, place: Place) -> list[str]:
        """The keys that may stand beside ``place``."""
        model = self.model_around(place)
        return list(model.model_fields) if model else []

    def about(self, place: Place) -> str:
        """What the key at ``place`` is for; empty if nothing is written down about it."""
        model = self.model_around(place)
        field = model.model_fields.get(str(place[-1])) if model else None
        return f" {field.description}" if field and field.description else ""

    def model_around(self, place: Place) -> type[BaseModel] | None:
        """What describes the block that holds ``place``; None if it is no model's."""
        model: type[BaseModel] | None = self.model
        for depth, step in enumerate(place[:-1]):
            if place[:depth] == PROMPTS:
                model = kinds().get(str(self._prompt(place).get("kind")))
            elif isinstance(step, str):
                field = model.model_fields.get(step) if model else None
                model = _model_in(field.annotation) if field else None
        return model

    def subject(self, place: Place) -> str:
        """The key at ``place``, in quotes, with the prompt it belongs to."""
        name = next((f'"{step}"' for step in reversed(place) if isinstance(step, str)), "")
        if place[:2] != PROMPTS or len(place) < 3:
            return name or "The front matter"
        id_ = self._prompt(place).get("id")
        named = isinstance(id_, str) and id_ != ""
        prompt = f'Prompt "{id_}"' if named else f"Prompt {int(place[2]) + 1}"
        return f"{prompt}: {name}" if len(place) > 3 else prompt

    def _prompt(self, place: Place) -> Mapping[str, object]:
        found: Any = self.data
        try:
            for step in place[:3]:
                found = found[step]
        except (KeyError, IndexError, TypeError):
            return {}
        return found if isinstance(found, dict) else {}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model that ``annotation`` names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def say(finding: ErrorDetails, place: Place, around: Around) -> Said:
    """The finding in words."""
    subject, kind = around.subject(place), finding["type"]
    key = str(place[-1]) if place else ""
    if kind == "extra_forbidden":
        return _unknown_key(subject, key, around.known_keys(place))
    if kind == "missing":
        return f"{subject} is missing.", f'Add a line "{key}: …".{around.about(place)}'
    if kind == "union_tag_not_found":
        hint = f'Add "kind: text", or another of: {", ".join(kinds())}.'
        return f'{subject}: "kind" is missing.', hint
    if kind == "union_tag_invalid":
        return _unknown_kind(around.subject(place[:-1]), str(finding["ctx"]["tag"]))
    if kind in SAYINGS:
        return SAYINGS[kind](subject, key, finding["input"], finding.get("ctx", {}))
    return f"{subject}: {finding['msg']}.", GUIDE


def _unknown_key(subject: str, key: str, known: list[str]) -> Said:
    start, colon, _ = subject.rpartition(": ")
    message = f'{start}{colon}unknown key "{key}".' if colon else f'Unknown key "{key}".'
    return message, f"{nearest(key, known)}Known here: {', '.join(known)}."


def _unknown_kind(subject: str, tag: str) -> Said:
    known = list(kinds())
    return f'{subject}: unknown kind "{tag}".', f"{nearest(tag, known)}Known: {', '.join(known)}."
