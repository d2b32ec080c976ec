"""FHIR read back, as its README says that it was written: from JSON alone, by another hand."""

from collections import defaultdict
from typing import Any

Item = dict[str, Any]


def value_in(asked: Item, items: list[Item], kind: str) -> Any:
    """The value that ``items`` of a QuestionnaireResponse give to one item of its Questionnaire."""
    found = [item for item in items if item["linkId"] == asked["linkId"]]
    return READ[kind](asked, found)


def _answers(items: list[Item]) -> list[Any]:
    """Each thing said: a text, a number, or an option's code."""
    return [_said(answer) for item in items for answer in item.get("answer", ())]


def _said(answer: Item) -> Any:
    [(name, said)] = answer.items()
    assert name in ("valueString", "valueInteger", "valueCoding")
    return said["code"] if name == "valueCoding" else said


def _parts(asked: Item) -> list[str]:
    kinds = [item for item in asked["item"] if item["type"] != "display"]
    return [item["linkId"].removeprefix(asked["linkId"] + ".") for item in kinds]


def _group(asked: Item, row: Item, blank: Any = "") -> dict[str, Any]:
    """What one group says, by part; ``blank`` where it says nothing."""
    told: dict[str, list[Any]] = defaultdict(list)
    for item in row.get("item", ()):
        told[item["linkId"].removeprefix(asked["linkId"] + ".")] += _answers([item])
    return {part: told[part][0] if told[part] else blank for part in _parts(asked)}


def _one(asked: Item, items: list[Item]) -> Any:
    return next(iter(_answers(items)), None)


def _text(asked: Item, items: list[Item]) -> Any:
    return _one(asked, items) or ""


def _many(asked: Item, items: list[Item]) -> Any:
    return _answers(items)


def _rows(asked: Item, items: list[Item]) -> Any:
    return [_group(asked, row) for row in items]


def _texts(asked: Item, items: list[Item]) -> Any:
    [row] = items or [{}]
    return _group(asked, row)


def _numbers(asked: Item, items: list[Item]) -> Any:
    [row] = items or [{}]
    return _group(asked, row, blank=None)


def _letter(asked: Item, items: list[Item]) -> Any:
    steps = _texts(asked, items)
    del steps["checked"]
    ticked = [one for row in items for one in row["item"] if one["linkId"].endswith(".checked")]
    return {"steps": steps, "checked": _answers(ticked)}


def _nothing(asked: Item, items: list[Item]) -> None:
    assert items == []


READ = {
    "text": _text,
    "choice": _one,
    "choices": _many,
    "scale": _one,
    "list": _many,
    "table": _rows,
    "sequence": _texts,
    "letter": _letter,
    "recall": _nothing,
    "pulse": _numbers,
    "predict": _texts,
    "promises": _rows,
}
