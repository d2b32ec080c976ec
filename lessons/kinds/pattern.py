"""HTML with holes: rendered once when a course is loaded, filled by joining text per request.

Rendering prompts through templates or form widgets at request time was measured at a fifth of
the whole page; a template that is rendered once leaves only a join.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

HOLE = re.compile("\x02([^\x03]*)\x03")

CHECKED = SafeString(" checked")
"""What fills the hole in a ticked radio button or checkbox."""
SELECTED = SafeString(" selected")
"""What fills the hole in the chosen option of a select."""


def hole(name: str) -> SafeString:
    """The mark that a template leaves where ``fill`` puts the value called ``name``."""
    return SafeString(f"\x02{name}\x03")


class Pattern:
    """HTML cut at its holes: text, hole's name, text, … and a text at the end."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.first = parts[0]
        self.rest = tuple(zip(parts[1::2], parts[2::2], strict=True))

    @classmethod
    def of(cls, template: str, context: Mapping[str, object]) -> "Pattern":
        """The pattern that ``template`` gives; its holes stand in ``context``."""
        return cls(HOLE.split(render_to_string(template, dict(context))))

    def fill(self, values: Mapping[str, str]) -> SafeString:
        """The HTML with each hole filled, escaped unless marked safe; a missing value is empty."""
        filled = [self.first]
        for name, text in self.rest:
            if value := values.get(name):
                filled.append(value if isinstance(value, SafeString) else escape(value))
            filled.append(text)
        return SafeString("".join(filled))

    def with_fixed(self, name: str, value: str) -> "Pattern":
        """This pattern with the hole called ``name`` filled for good."""
        parts = [self.first]
        for found, text in self.rest:
            if found == name:
                parts[-1] += escape(value) + text
            else:
                parts += [found, text]
        return Pattern(parts)
