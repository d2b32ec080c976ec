"""What pydantic calls its findings, and how an author is told of each."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

GUIDE = "The guide for authors, content/README.md, shows how it is written."
Said = tuple[str, str]
"""What is wrong, and what to write instead."""
Saying = Callable[[str, str, object, dict[str, Any]], Said]
"""Takes the subject of the sentence, the key, what the file says there, and pydantic's context."""


def nearest(name: str, known: list[str]) -> str:
    """A question after what was probably meant, or nothing."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"? ' if close else ""


def described(value: object) -> str:
    """``value`` as its author sees it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f'the text "{value[:40]}{"…" if len(value) > 40 else ""}"'
        case list():
            return "a list"
    return "a block of keys"


def _text(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    if value is None:
        hint = "Write the text behind the colon, or delete the line if it may be left out."
    elif isinstance(value, (bool, int, float)):
        plain = str(value).lower() if isinstance(value, bool) else value
        start = "" if key.isdigit() else f"{key}: "  # an item of a list has no name
        hint = f'Put it in quotes: {start}"{plain}".'
    else:
        hint = "Write one text; in quotes if it begins with [ or { or holds a colon and a space."
    return f"{subject} must be a text, not {described(value)}.", hint


def _whole(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    message = f"{subject} must be a whole number, not {described(value)}."
    digits = value if isinstance(value, str) and value.isdecimal() else 7
    return message, f"Write digits without quotes: {key}: {digits}."


def _truth(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    meant = "false" if str(value).lower() in ("no", "off", "n", "0") else "true"
    message = f"{subject} must be true or false, not {described(value)}."
    return message, f"Write {key}: {meant}."


def _list(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    message = f"{subject} must be a list, not {described(value)}."
    return message, f'Write "{key}:" and below it each item after "- ".'


def _block(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    message = f"{subject} must be a block of keys, not {described(value)}."
    hint = f'Write "{key}:" and below it, indented, lines such as "name: Text".'
    return message, hint if key and not key.isdigit() else 'Write lines such as "name: Text".'


def _pattern(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    text = str(value)
    if str(ctx.get("pattern", "")).startswith("^[0-9]{2}-"):
        wanted = "a number of two digits, a hyphen and a name, such as 01-building"
        return f"{subject} cannot be {described(value)}.", f"Write {wanted}."
    tame = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "a-name"
    message = (
        f"{subject} may hold small letters, digits and single hyphens, not {described(value)}."
    )
    return message, f"Write {tame}."


def _too_short(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    return f"{subject} is empty.", "Write the text behind the colon."


def _too_long(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    length = f"{len(str(value)):,} characters long"
    return f"{subject} is {length}.", f"Shorten it to {ctx['max_length']:,}."


def _bound(words: str, limit: str) -> Saying:
    def said(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
        message = f"{subject} must be {words} {ctx[limit]}, not {described(value)}."
        return message, f"Write a number that is {words} {ctx[limit]}."

    return said


def _few(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    least, actual = ctx["min_length"], ctx["actual_length"]
    return f"{subject} has {actual} entries; it needs at least {least}.", "Add what is missing."


def _many(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    most, actual = ctx["max_length"], ctx.get("actual_length") or "too many"
    return f"{subject} has {actual} entries; at most {most} can be used.", "Take some out."


def _literal(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    expected = str(ctx["expected"]).replace("'", "")
    return f"{subject} cannot be {described(value)}.", f"Write {expected}."


def _own(subject: str, key: str, value: object, ctx: dict[str, Any]) -> Said:
    """What a kind itself says: what is wrong; what to write instead."""
    message, _, hint = str(ctx["error"]).partition("; ")
    return f"{subject}: {message}.", f"{hint[:1].upper()}{hint[1:]}." if hint else GUIDE


SAYINGS: dict[str, Saying] = {
    "string_type": _text,
    "int_type": _whole,
    "int_parsing": _whole,
    "int_from_float": _whole,
    "bool_type": _truth,
    "bool_parsing": _truth,
    "list_type": _list,
    "tuple_type": _list,
    "dict_type": _block,
    "mapping_type": _block,
    "model_type": _block,
    "model_attributes_type": _block,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "greater_than_equal": _bound("at least", "ge"),
    "less_than_equal": _bound("at most", "le"),
    "greater_than": _bound("more than", "gt"),
    "less_than": _bound("less than", "lt"),
    "too_short": _few,
    "too_long": _many,
    "literal_error": _literal,
    "value_error": _own,
}
