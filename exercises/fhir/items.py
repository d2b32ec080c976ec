"""A prompt as an item of a Questionnaire, and a value as items of a QuestionnaireResponse.

Plain dicts, as JSON has them. ``README.md`` has the mapping as a table. A text that is blank is no
answer: FHIR knows no empty one.
"""

import re
import uuid
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

from lessons.kinds import BasePrompt, Predict, Pulse, Text, Value
from lessons.kinds.choice import Choice
from lessons.kinds.choices import Choices
from lessons.kinds.letter import CHECKED_FIELD, TICK, Letter
from lessons.kinds.listing import Listing
from lessons.kinds.promises import BY, STATES, Promises
from lessons.kinds.pulse import HIGH, LOW, STEPS
from lessons.kinds.recall import Recall
from lessons.kinds.scale import Scale
from lessons.kinds.sequence import Sequence, StepsPrompt
from lessons.kinds.table import Table

Item = dict[str, Any]
NAMESPACE = uuid.UUID("5f1d3c1e-6f0b-4c56-9a44-6f8f4d0b7a53")
"""Of all ids that are made here out of permanent ids."""
STRUCTURE = "http://hl7.org/fhir/StructureDefinition"
CONTROL = "http://hl7.org/fhir/questionnaire-item-control"
LINES = {"\x0b": "\n", "\x0c": "\n"}
"""What programs for letters use for the end of a line and of a page."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
PROMISE = {"what": "What", "until": "Until when"}


def urn(*parts: str) -> str:
    """A URI made of permanent ids. It does not say which site this is."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, '/'.join(parts))}"


def said(text: str) -> str:
    """``text`` without the control characters that FHIR does not allow."""
    return UNPRINTABLE.sub(lambda found: LINES.get(found[0], "\N{REPLACEMENT CHARACTER}"), text)


def question(prompt: BasePrompt, lesson: str, link: str = "") -> Item:
    """The item that asks ``prompt``; its ``linkId`` is ``link``, or the prompt's own id."""
    link = link or prompt.id
    item = {"linkId": link, "text": said(prompt.ask), **_asked(prompt, lesson, link)}
    if prompt.help and item["type"] == "display":
        item["text"] += f"\n{said(prompt.help)}"  # which can hold no item
    elif prompt.help:
        item["item"] = [_display(f"{link}.help", prompt.help, "help"), *item.get("item", ())]
    return item


def answer(prompt: BasePrompt, lesson: str, value: Value, link: str = "") -> list[Item]:
    """The items that answer it with ``value``, which must fit; none where nothing was said."""
    link = link or prompt.id
    asked = {"linkId": link, "text": said(prompt.ask)}
    return [asked | filled for filled in _filled(prompt, lesson, link, value)]


def _display(link: str, text: str, control: str) -> Item:
    coding = {"coding": [{"system": CONTROL, "code": control}]}
    extension = {"url": f"{STRUCTURE}/questionnaire-itemControl", "valueCodeableConcept": coding}
    return {"linkId": link, "text": said(text), "type": "display", "extension": [extension]}


def _text(link: str, label: str) -> Item:
    return {"linkId": link, "text": said(label), "type": "text"}


def _number(link: str, steps: int, low: str, high: str) -> Item:
    """A whole number from 1 on, and what its ends mean."""
    ends = [_display(f"{link}.low", low, "lower"), _display(f"{link}.high", high, "upper")]
    limits = [
        {"url": f"{STRUCTURE}/minValue", "valueInteger": 1},
        {"url": f"{STRUCTURE}/maxValue", "valueInteger": steps},
    ]
    return {"type": "integer", "extension": limits, "item": ends}


def _options(lesson: str, link: str, labels: Mapping[str, str]) -> Item:
    codings = [_coding(lesson, link, labels, option) for option in labels]
    return {"type": "choice", "answerOption": [{"valueCoding": coding} for coding in codings]}


def _coding(lesson: str, link: str, labels: Mapping[str, str], option: str) -> Item:
    """Options of two prompts may have the same id: each prompt is a code system of its own."""
    return {"system": urn("options", lesson, link), "code": option, "display": said(labels[option])}


def _texts(link: str, texts: Mapping[str, str]) -> list[Item]:
    """The parts in which anything is written."""
    return [
        {"linkId": f"{link}.{part}", "answer": [{"valueString": said(text)}]}
        for part, text in texts.items()
        if text.strip()
    ]


def _ticked(
    lesson: str, link: str, labels: Mapping[str, str], options: Iterable[str]
) -> list[Item]:
    """The answer that holds these options, or no answer."""
    codings = [{"valueCoding": _coding(lesson, link, labels, option)} for option in options]
    return [{"answer": codings}] if codings else []


def _group(items: list[Item]) -> list[Item]:
    return [{"item": items}] if items else []


@singledispatch
def _asked(prompt: BasePrompt, lesson: str, link: str) -> Item:
    """The type of an item, and what follows from it."""
    raise NotImplementedError(f"{prompt.kind} has no place in FHIR yet")


@singledispatch
def _filled(prompt: BasePrompt, lesson: str, link: str, value: Value) -> list[Item]:
    """What stands beside the ``linkId`` of each item that answers."""
    raise NotImplementedError(f"{prompt.kind} has no place in FHIR yet")


@_asked.register
def _(prompt: Text, lesson: str, link: str) -> Item:
    return {"type": "text"}


@_filled.register
def _(prompt: Text, lesson: str, link: str, value: str) -> list[Item]:
    return [{"answer": [{"valueString": said(value)}]}] if value.strip() else []


@_asked.register
def _(prompt: Choice, lesson: str, link: str) -> Item:
    return _options(lesson, link, prompt.options)


@_filled.register
def _(prompt: Choice, lesson: str, link: str, value: str | None) -> list[Item]:
    return _ticked(lesson, link, prompt.options, [value] if value else [])


@_asked.register
def _(prompt: Choices, lesson: str, link: str) -> Item:
    item = _options(lesson, link, prompt.options) | {"repeats": True}
    if prompt.most:
        most = {"url": f"{STRUCTURE}/questionnaire-maxOccurs", "valueInteger": prompt.most}
        item["extension"] = [most]
    return item


@_filled.register
def _(prompt: Choices, lesson: str, link: str, value: list[str]) -> list[Item]:
    return _ticked(lesson, link, prompt.options, value)


@_asked.register
def _(prompt: Scale, lesson: str, link: str) -> Item:
    return _number(link, prompt.steps, prompt.low, prompt.high)


@_filled.register
def _(prompt: Scale, lesson: str, link: str, value: int | None) -> list[Item]:
    return [{"answer": [{"valueInteger": value}]}] if value is not None else []


@_asked.register
def _(prompt: Listing, lesson: str, link: str) -> Item:
    return {"type": "text", "repeats": True}


@_filled.register
def _(prompt: Listing, lesson: str, link: str, value: list[str]) -> list[Item]:
    lines = [{"valueString": said(line)} for line in value if line.strip()]
    return [{"answer": lines}] if lines else []


@_asked.register
def _(prompt: Table, lesson: str, link: str) -> Item:
    columns = [_text(f"{link}.{column}", label) for column, label in prompt.columns.items()]
    return {"type": "group", "repeats": True, "item": columns}


@_filled.register
def _(prompt: Table, lesson: str, link: str, value: list[dict[str, str]]) -> list[Item]:
    return [group for row in value for group in _group(_texts(link, row))]


def _steps(prompt: StepsPrompt, link: str) -> list[Item]:
    return [_text(f"{link}.{step}", label) for step, label in prompt.steps.items()]


@_asked.register
def _(prompt: Sequence, lesson: str, link: str) -> Item:
    return {"type": "group", "item": _steps(prompt, link)}


@_filled.register
def _(prompt: Sequence, lesson: str, link: str, value: dict[str, str]) -> list[Item]:
    return _group(_texts(link, value))


@_asked.register
def _(prompt: Letter, lesson: str, link: str) -> Item:
    checked = f"{link}.{CHECKED_FIELD}"
    ticks = {"linkId": checked, "text": TICK, "repeats": True}
    ticks |= _options(lesson, checked, prompt.checklist)
    return {"type": "group", "item": [*_steps(prompt, link), ticks]}


@_filled.register
def _(prompt: Letter, lesson: str, link: str, value: dict[str, Any]) -> list[Item]:
    checked = f"{link}.{CHECKED_FIELD}"
    ticks = _ticked(lesson, checked, prompt.checklist, value["checked"])
    return _group(_texts(link, value["steps"]) + [{"linkId": checked, **one} for one in ticks])


@_asked.register
def _(prompt: Recall, lesson: str, link: str) -> Item:
    return {"type": "display"}


@_filled.register
def _(prompt: Recall, lesson: str, link: str, value: None) -> list[Item]:
    return []


@_asked.register
def _(prompt: Pulse, lesson: str, link: str) -> Item:
    numbers = [
        {"linkId": f"{link}.{part}", "text": said(label)}
        | _number(f"{link}.{part}", STEPS, LOW, HIGH)
        for part, label in prompt.statements.items()
    ]
    return {"type": "group", "item": numbers}


@_filled.register
def _(prompt: Pulse, lesson: str, link: str, value: dict[str, int | None]) -> list[Item]:
    return _group(
        [
            {"linkId": f"{link}.{part}", "answer": [{"valueInteger": number}]}
            for part, number in value.items()
            if number is not None
        ]
    )


@_asked.register
def _(prompt: Predict, lesson: str, link: str) -> Item:
    parts = [_text(f"{link}.mine", prompt.ask), _text(f"{link}.guess", prompt.guess)]
    return {"type": "group", "item": parts}


@_filled.register
def _(prompt: Predict, lesson: str, link: str, value: dict[str, str]) -> list[Item]:
    return _group(_texts(link, value))


@_asked.register
def _(prompt: Promises, lesson: str, link: str) -> Item:
    mark = {"linkId": f"{link}.id", "text": "Its permanent mark", "type": "string"}
    hidden = {"url": f"{STRUCTURE}/questionnaire-hidden", "valueBoolean": True}
    by = {"linkId": f"{link}.by", "text": "Whose promise", **_options(lesson, f"{link}.by", BY)}
    state = {"linkId": f"{link}.state", "text": "How it stands"}
    state |= _options(lesson, f"{link}.state", STATES)
    texts = [_text(f"{link}.{part}", label) for part, label in PROMISE.items()]
    items = [mark | {"extension": [hidden]}, *texts, by, state]
    return {"type": "group", "repeats": True, "item": items}


@_filled.register
def _(prompt: Promises, lesson: str, link: str, value: list[dict[str, str]]) -> list[Item]:
    return [{"item": _promise(lesson, link, promise)} for promise in value]


def _promise(lesson: str, link: str, promise: dict[str, str]) -> list[Item]:
    texts = _texts(link, {part: promise[part] for part in ("id", *PROMISE)})
    chosen = [
        {"linkId": f"{link}.{part}", **one}
        for part, labels in (("by", BY), ("state", STATES))
        for one in _ticked(lesson, f"{link}.{part}", labels, [promise[part]])
    ]
    return texts + chosen
