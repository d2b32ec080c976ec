"""Finds a word in any file, however it was written down."""

import base64
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
"""How zlib and gzip begin."""


def spellings(word: str) -> dict[str, bytes]:
    """The bytes by which ``word`` is known in each spelling."""
    plain = word.encode()
    found = {
        "plain": plain,
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "UTF-16": word.encode("utf-16-le"),
        "UTF-16, the other way round": word.encode("utf-16-be"),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "in an address": quote(word).encode(),
        "in a form": quote_plus(word).encode(),
        "backwards": plain[::-1],
    }
    for shift in range(3):
        # What stands before the word moves it within the groups of three bytes.
        coded = base64.b64encode(b"\0" * shift + plain)
        found[f"base64, {shift}"] = coded[(shift * 8 + 5) // 6 : -4]
    return found


def found_in(folder: Path, *words: str) -> list[str]:
    """Each file below ``folder`` that holds one of ``words``, with the spelling it was found in."""
    wanted = spellings_of(*words)
    return [
        f"{path.relative_to(folder)}: {how}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for how in ways(path.read_bytes(), wanted)
    ]


def spellings_of(*words: str) -> dict[str, bytes]:
    """The spellings of one word; those of several are told apart by the word."""
    if len(words) == 1:
        return spellings(words[0])
    return {f"{how} {word}": text for word in words for how, text in spellings(word).items()}


def ways(whole: bytes, wanted: dict[str, bytes]) -> Iterator[str]:
    """Each of the ``wanted`` spellings that stands in ``whole``, also squeezed."""
    for how, spelling in wanted.items():
        if spelling in whole:
            yield how
    plain = {how: text for how, text in wanted.items() if how.startswith("plain")}
    for start in DEFLATED.finditer(whole):
        unfolding = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        try:
            text = unfolding.decompress(whole[start.start() :], 1_000_000)
        except zlib.error:
            continue
        for how, word in plain.items():
            if word in text:
                yield how.replace("plain", "deflated", 1)
