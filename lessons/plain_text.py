"""The words of a rendered text, block by block: for search."""

from collections.abc import Iterator
from html.parser import HTMLParser

WITHIN = {"em", "strong", "a", "code", "sup", "img"}
"""Tags that do not end a block of text."""


def blocks(html: str) -> list[str]:
    """The text of each paragraph, heading, item and cell; without numbers of footnotes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(reader.texts())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = [""]
        self.skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "sup" or ("class", "footnote-backref") in attrs:
            self.skipping = tag
        if tag not in WITHIN:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.skipping:
            self.skipping = ""
        if tag not in WITHIN:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.found[-1] += data

    def texts(self) -> Iterator[str]:
        """What is not blank, its blanks drawn together."""
        return (text for found in self.found if (text := " ".join(found.split())))
