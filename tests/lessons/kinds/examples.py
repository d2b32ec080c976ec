"""One prompt of each kind, as a lesson would ask it, and an answer to it."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from pydantic import ValidationError

from lessons.kinds import BasePrompt, Fields, prompt_from

PROMISE = {
    "id": "0123456789abcdef0123456789abcdef",
    "what": "Call if later than half past six",
    "by": "me",
    "until": "each evening",
    "state": "kept",
}
ASKED: dict[str, dict[str, Any]] = {
    "text": {},
    "choice": {"options": {"home": "At home", "out": "Out & about"}},
    "choices": {"options": {"talk": "A talk", "walk": "A walk", "rest": "Rest"}, "most": 2},
    "scale": {"steps": 7, "low": "Not at all", "high": "Completely"},
    "list": {},
    "table": {"columns": {"said": "I said", "did": "I did", "next": "Next time"}},
    "sequence": {"steps": {"when": "When…", "then": "then I will…"}},
    "letter": {
        "steps": {"harm": "What I did", "repair": "What I offer"},
        "checklist": {"harm": "I name the harm", "responsibility": "I take responsibility"},
    },
    "recall": {"lesson": "what-trust-does", "prompt": "moment"},
    "pulse": {},
    "predict": {"guess": "My guess at yours", "of": "text"},
    "promises": {},
}
ANSWERS: dict[str, Any] = {
    "text": "It was <six>.\n\nDinner & talk.",
    "choice": "out",
    "choices": ["talk", "rest"],
    "scale": 5,
    "list": ["Sunday <mornings>", "my diary"],
    "table": [{"said": "six", "did": "<seven>", "next": "call\nfirst"}],
    "sequence": {"when": "", "then": "\nI will <wait> & see"},
    "letter": {"steps": {"harm": "I was <late>", "repair": ""}, "checked": ["responsibility"]},
    "recall": None,
    "pulse": {"openness": 7, "reliability": None, "boundaries": 1, "support": 4, "safety": None},
    "predict": {"mine": "Rest & <quiet>", "guess": ""},
    "promises": [PROMISE],
}


def make(kind: str, **changes: Any) -> Any:
    """The prompt that is the example of a kind, its keys changed; a key of None is left out."""
    given = {"id": "mine", "kind": kind, "ask": "What <happened>?"} | ASKED[kind] | changes
    return prompt_from({key: value for key, value in given.items() if value is not None})


def read(prompt: BasePrompt, query: str) -> Any:
    """The answer that ``query``, as a browser would post it, gives."""
    return prompt.read(Fields(QueryDict(query), prompt.id))


def stored_bytes(value: Any) -> int:
    """The length of ``value`` as answers are stored."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def faults_of(kind: str, **changes: Any) -> list[str]:
    """The keys at which a lesson's prompt is refused."""
    with pytest.raises(ValidationError) as caught:
        make(kind, **changes)
    return [".".join(str(step) for step in error["loc"][1:]) for error in caught.value.errors()]
