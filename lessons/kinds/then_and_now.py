"""Two weeks of the pulse side by side: the first one, and the one that somebody is in."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lessons.kinds.pulse import ASK, HIGH, LOW, STATEMENTS, Numbers


@dataclass(frozen=True)
class Told:
    """A week as it was told: its name, its numbers and the statements as they were worded."""

    name: str
    numbers: Numbers = field(default_factory=lambda: dict.fromkeys(STATEMENTS))
    statements: dict[str, str] = field(default_factory=lambda: STATEMENTS)
    asked: str = ASK


def then_and_now(then: Told, now: Told | None, address: str = "") -> SafeString:
    """A table with a row for each statement; without ``now`` the first week stands alone.

    It subtracts nothing and adds nothing up. ``address`` is that of all the weeks.
    """
    rows = [
        {
            "statement": statement,
            "wording": wording,
            "reworded": now.statements[statement]
            if now and now.statements[statement] != wording
            else "",
            "then": then.numbers[statement],
            "now": now.numbers[statement] if now else None,
        }
        for statement, wording in then.statements.items()
    ]
    context = {"then": then, "now": now, "rows": rows, "low": LOW, "high": HIGH}
    return render_to_string("kinds/then_and_now.html", context | {"address": address})
