"""Reads the words out of a PDF as typst writes it, the way a screen reader or a search would."""

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
LITERAL = rb"\((?:[^()\\]|\\.|INNER)*\)"
for _ in range(6):
    # Brackets that come in pairs stand in a literal as they are.
    LITERAL = LITERAL.replace(b"INNER", rb"\((?:[^()\\]|\\.|INNER)*\)")
LITERAL = LITERAL.replace(b"|INNER", b"")
SHOWN = re.compile(rb"/(f\d+) [-.\d]+ Tf|(" + LITERAL + rb")|<([0-9A-Fa-f]+)>", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    """The objects of a PDF file without object streams."""

    def __init__(self, whole: bytes) -> None:
        self.whole = whole
        self.objects = {int(found[1]): found[2] for found in OBJECT.finditer(whole)}
        self.pages = [
            body for _, body in sorted(self.objects.items()) if body.startswith(b"<</Type/Page/")
        ]

    def text(self) -> str:
        """All that is shown, page by page, without blanks: where lines break says nothing."""
        return "".join("".join(self._shown(page)) for page in self.pages)

    def tags(self) -> list[str]:
        """The kinds of the elements in the tree of tags."""
        kinds = re.findall(rb"/Type/StructElem/S/(\w+)", self.whole)
        return [kind.decode() for kind in kinds]

    def _shown(self, page: bytes) -> Iterator[str]:
        resources = self._named(page, b"Resources")
        fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", resources))
        maps = {name: self._letters(int(number)) for name, number in fonts.items()}
        letters: dict[int, str] = {}
        for font, literal, digits in SHOWN.findall(self._unpacked(self._named(page, b"Contents"))):
            if font:
                letters = maps[font]
                continue
            raw = bytes.fromhex(digits.decode()) if digits else ESCAPE.sub(_escaped, literal[1:-1])
            glyphs = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
            yield "".join(letters.get(glyph, "") for glyph in glyphs)

    def _letters(self, font: int) -> dict[int, str]:
        """What each glyph of a font stands for."""
        table = self._unpacked(self._named(self.objects[font], b"ToUnicode")).decode()
        found: dict[int, str] = {}
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            for glyph, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
                found[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                start = int.from_bytes(bytes.fromhex(text))
                for at, glyph in enumerate(range(int(first, 16), int(last, 16) + 1)):
                    found[glyph] = chr(start + at)
        return found

    def _named(self, body: bytes, name: bytes) -> bytes:
        found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
        return self.objects[int(found[1])] if found else b""

    def _unpacked(self, body: bytes) -> bytes:
        return zlib.decompress(body.partition(b"stream\n")[2])


def _escaped(mark: re.Match[bytes]) -> bytes:
    code = mark[1]
    return bytes([int(code, 8) & 255]) if code.isdigit() else PLAIN.get(code, code)
