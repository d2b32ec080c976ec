"""``promises``: what I promised and what was promised to me.

Value: a list of ``{"id", "what", "by", "until", "state"}``. ``id`` is 32 hexadecimal digits,
made for a new promise and permanent; ``by`` and ``state`` are keys of ``BY`` and ``STATES``.
"""

import re
from html import escape
from typing import Literal
from uuid import uuid4

from django.utils.safestring import SafeString

from lessons.kinds.base import Given, Value
from lessons.kinds.fields import MOST_IN_A_CELL, MOST_ROWS, Fields, Refused
from lessons.kinds.options import has_texts
from lessons.kinds.pattern import SELECTED, hole
from lessons.kinds.reading import lines
from lessons.kinds.rows import RowsPrompt

BY = {"me": "I promised", "them": "was promised to me"}
STATES = {
    "open": "still open",
    "kept": "kept",
    "changed": "changed in time",
    "not-kept": "not kept",
}
COLUMNS = ("id", "what", "by", "until", "state")
MOST_IN_UNTIL = 200
"""Characters that say until when: “Friday”, “each evening”."""
PROMISE_ID = re.compile("[0-9a-f]{32}")

Promise = dict[str, str]


class Promises(RowsPrompt):
    """A list of promises; who gave each and how it stands."""

    kind: Literal["promises"]

    @property
    def most_rows(self) -> int:
        """As many as can be kept."""
        return MOST_ROWS

    def empty(self) -> list[Promise]:
        """No promise."""
        return []

    def read(self, fields: Fields) -> list[Promise]:
        """The promises in which anything is written, each with an id."""
        promises = fields.rows(COLUMNS, written=("what", "until"))
        for number, promise in enumerate(promises, start=1):
            promise["id"] = promise["id"] or uuid4().hex
            _check(promise, number)
        if len({promise["id"] for promise in promises}) < len(promises):
            raise Refused(
                "One promise was sent twice. Reload the page, then enter the new one again."
            )
        return promises

    def cells(self, row: Promise) -> dict[str, str]:
        """The texts, and what is selected."""
        return row | {f"by={row['by']}": SELECTED, f"state={row['state']}": SELECTED}

    def texts(self, row: Promise) -> Promise:
        """What the promise says, without what is only marked in the form."""
        return row

    def show(self, value: list[Promise]) -> SafeString:
        """A list, each promise with a line of facts."""
        items = "".join(
            f'<li class="promise"><p class="what">{lines(promise["what"])}</p>'
            f'<p class="meta">{escape(_facts(promise))}</p></li>'
            for promise in value
        )
        return SafeString(f'<ol class="promises answer">{items}</ol>' if items else "")

    def as_text(self, value: list[Promise]) -> str:
        """Each promise with its facts in brackets, one a line."""
        return "\n".join(f"{promise['what']} ({_facts(promise)})".strip() for promise in value)

    def fits(self, value: Value) -> bool:
        """Whether these are promises, each with an id of its own."""
        return (
            isinstance(value, list)
            and all(has_texts(promise, COLUMNS) and not _fault(promise) for promise in value)
            and len({promise["id"] for promise in value}) == len(value)
        )

    @property
    def gives(self) -> bool:
        """It is a list of promises."""
        return True

    def given(self, value: list[Promise]) -> list[Given]:
        """Those that say what was promised."""
        return [
            Given(promise["id"], promise["what"].strip(), promise["until"].strip(), promise["by"])
            for promise in value
            if promise["what"].strip()
        ]

    def row_holes(self) -> dict[str, object]:
        """The holes for texts and for what is selected."""
        return super().row_holes() | {
            "id": hole("id"),
            "what": hole("what"),
            "until": hole("until"),
            "by": _choices("by", BY),
            "states": _choices("state", STATES),
            "most": MOST_IN_A_CELL,
            "most_until": MOST_IN_UNTIL,
        }


def _choices(column: str, labels: dict[str, str]) -> list[dict[str, str]]:
    """The options of a select; a new row begins with the first."""
    return [
        {"id": key, "label": label, "selected": hole(f"{column}={key}")}
        for key, label in labels.items()
    ]


def _facts(promise: Promise) -> str:
    facts = (BY[promise["by"]], promise["until"].strip(), STATES[promise["state"]])
    return " · ".join(fact for fact in facts if fact)


def _fault(promise: Promise) -> str:
    """What can't be kept and what to do about it; empty if all is well."""
    if not PROMISE_ID.fullmatch(promise["id"]):
        return "its hidden mark is damaged. Reload the page, then enter it again."
    if promise["by"] not in BY:
        return f"choose “{BY['me']}” or “{BY['them']}”."
    if promise["state"] not in STATES:
        return f"choose how it stands: {', '.join(STATES.values())}."
    if len(promise["until"]) > MOST_IN_UNTIL:
        return f"say in at most {MOST_IN_UNTIL} characters until when."
    return ""


def _check(promise: Promise, number: int) -> None:
    if fault := _fault(promise):
        raise Refused(f"Promise {number}: {fault}")
