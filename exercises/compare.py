"""Two versions of a text, word by word."""

import re
from difflib import SequenceMatcher
from html import escape

from django.utils.safestring import SafeString, mark_safe

MOST_PIECES = 2_000
"""Comparing takes time with the square of the number of pieces, so long texts have larger ones."""
# A word with the blanks before it: blanks alone would be found alike between words that are not.
WORDS, LINES = re.compile(r"\s*\S+|\s+"), re.compile(r"[^\n]*\n|[^\n]+")


def differences(old: str, new: str) -> SafeString:
    """What was taken out as ``<del>``, what was put in as ``<ins>``, the rest as it is."""
    before, after = _pieces(old, new)
    parts = []
    for change, i, j, k, m in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        taken, put = escape("".join(before[i:j])), escape("".join(after[k:m]))
        if change == "equal":
            parts.append(put)
            continue
        parts.append(f"<del>{taken}</del>" if taken else "")
        parts.append(f"<ins>{put}</ins>" if put else "")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _pieces(old: str, new: str) -> tuple[list[str], list[str]]:
    """Both texts cut into words, into lines if that is too many, else each as one piece."""
    for cut in (WORDS, LINES):
        before, after = cut.findall(old), cut.findall(new)
        if max(len(before), len(after)) <= MOST_PIECES:
            return before, after
    return [old], [new]
