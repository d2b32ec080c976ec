"""What the kinds that offer options, numbers or named parts have in common."""

import json
from collections.abc import Collection, Mapping

from lessons.kinds.base import Value
from lessons.kinds.pattern import hole


def option_holes(
    options: Mapping[str, str], input_id: str = "", prefix: str = ""
) -> list[dict[str, str]]:
    """Each option's id, label and hole for being ticked; the first one gets the HTML id."""
    return [
        {
            "id": option,
            "label": label,
            "checked": hole(prefix + option),
            "input_id": "" if number else input_id,
        }
        for number, (option, label) in enumerate(options.items())
    ]


def scale_holes(
    name: str, steps: int, low: str, high: str, input_id: str = "", prefix: str = ""
) -> dict[str, object]:
    """What ``kinds/_scale.html`` is rendered with: radio buttons from 1 to ``steps``."""
    ends = {1: low, steps: high}
    numbers = [
        {
            "number": number,
            "end": ends.get(number, ""),
            "checked": hole(f"{prefix}{number}"),
            "input_id": input_id if number == 1 else "",
        }
        for number in range(1, steps + 1)
    ]
    return {"name": name, "steps": steps, "low": low, "high": high, "numbers": numbers}


def is_step(value: Value, steps: int) -> bool:
    """Whether ``value`` is a step from 1 to ``steps`` or none (``True`` is no number here)."""
    return value is None or (type(value) is int and 1 <= value <= steps)


def are_options(value: Value, options: Collection[str]) -> bool:
    """Whether ``value`` is a list of options, each at most once."""
    return (
        isinstance(value, list)
        and all(isinstance(option, str) and option in options for option in value)
        and len(value) == len(set(value))
    )


def has_texts(value: Value, parts: Collection[str]) -> bool:
    """Whether ``value`` holds a text for each of ``parts`` and nothing else."""
    return (
        isinstance(value, dict)
        and value.keys() == set(parts)
        and all(isinstance(text, str) for text in value.values())
    )


def json_bytes(value: Value) -> int:
    """The length of ``value`` as compact UTF-8 JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
