"""Texts cut into what a reader takes for one sign: a letter with its accents, a flag, a family.

A small reading of Unicode's rules (UAX 29), enough to tell what a font must draw as one.
"""

import unicodedata
from collections.abc import Iterator

JOINER = "\N{ZERO WIDTH JOINER}"
SKIN = range(0x1F3FB, 0x1F400)
FLAG = range(0x1F1E6, 0x1F200)


def clusters(text: str) -> Iterator[str]:
    """The signs of ``text``, which joined give it back."""
    sign = ""
    for mark in text:
        if sign and _goes_on(sign, mark):
            sign += mark
        else:
            if sign:
                yield sign
            sign = mark
    if sign:
        yield sign


def _goes_on(sign: str, mark: str) -> bool:
    """Whether ``mark`` belongs to the sign before it."""
    if mark == JOINER or sign[-1] == JOINER or ord(mark) in SKIN:
        return True
    if ord(mark) in FLAG:
        return len(sign) == 1 and ord(sign) in FLAG
    return unicodedata.category(mark) in ("Mn", "Me", "Mc")
