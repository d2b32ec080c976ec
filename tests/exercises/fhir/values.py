"""Any value of any kind of prompt, for hypothesis."""

from typing import Any

from hypothesis import strategies as st

from lessons.kinds import BasePrompt, prompt_from
from lessons.kinds.promises import BY, STATES

LABELS = {"one": "The first", "two": "The second", "three-3": "The third"}
_ASKED: tuple[dict[str, Any], ...] = (
    {"kind": "text"},
    {"kind": "choice", "options": LABELS},
    {"kind": "choices", "options": LABELS, "most": 2},
    {"kind": "scale", "steps": 11, "low": "None", "high": "All"},
    {"kind": "list", "rows": 10},
    {"kind": "table", "columns": LABELS, "rows": 10, "promise": "one"},
    {"kind": "sequence", "steps": LABELS},
    {"kind": "letter", "steps": LABELS, "checklist": LABELS},
    {"kind": "recall", "lesson": "every-kind", "prompt": "moment"},
    {"kind": "pulse"},
    {"kind": "predict", "guess": "And they?"},
    {"kind": "promises"},
)
_SAME = {"id": "q-1", "ask": "What is it?", "help": "A line."}
PROMPTS: dict[str, BasePrompt] = {one["kind"]: prompt_from(_SAME | one) for one in _ASKED}

_signs = st.characters(codec="utf-8", exclude_characters="\0\r")
texts = st.text(_signs, max_size=20) | st.sampled_from(["", " ", "\n", "a\x0bb\x07", "=1"])
options = st.lists(st.sampled_from(list(LABELS)), unique=True, max_size=2).map(sorted)
parts = st.fixed_dictionaries(dict.fromkeys(LABELS, texts))
promises = st.fixed_dictionaries(
    {
        "id": st.uuids().map(lambda made: made.hex),
        "what": texts,
        "by": st.sampled_from(list(BY)),
        "until": texts,
        "state": st.sampled_from(list(STATES)),
    }
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "choice": st.none() | st.sampled_from(list(LABELS)),
    "choices": options,
    "scale": st.none() | st.integers(1, 11),
    "list": st.lists(texts, max_size=4),
    "table": st.lists(parts, max_size=4),
    "sequence": parts,
    "letter": st.fixed_dictionaries({"steps": parts, "checked": options}),
    "recall": st.none(),
    "pulse": st.fixed_dictionaries(
        {part: st.none() | st.integers(1, 7) for part in PROMPTS["pulse"].empty()}
    ),
    "predict": st.fixed_dictionaries({"mine": texts, "guess": texts}),
    "promises": st.lists(promises, max_size=4, unique_by=lambda promise: promise["id"]),
}


def as_fhir_keeps(value: Any) -> Any:
    """``value`` with what blank means in FHIR: nothing; and without control characters."""
    if isinstance(value, str):
        return _kept(value) if value.strip() else ""
    if isinstance(value, dict):
        return {part: as_fhir_keeps(said) for part, said in value.items()}
    if isinstance(value, list):
        kept = [as_fhir_keeps(said) for said in value]
        return [said for said in kept if any(said.values() if isinstance(said, dict) else said)]
    return value


def _kept(text: str) -> str:
    text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    return "".join("\ufffd" if sign < " " and sign not in "\t\n\r" else sign for sign in text)
