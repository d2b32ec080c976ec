"""What may not stand in the Markdown of a lesson, found while it is being rendered."""

import re
from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import slugify
from markdown.inlinepatterns import HTML_RE, InlineProcessor
from markdown.treeprocessors import Treeprocessor

from lessons.faults import Code, Faults

HEADING = re.compile(r"h[1-6]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
NOTE = re.compile(r"\[\^[^\]\n]*\]")
SEPARATE_SITE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# Ids of the page around the lesson, and of its blocks, prompts and notes.
TAKEN = re.compile(r"(?:b\d+|q-.*|fn.*|id_.*|main|top|lesson|exercise|menu|help|exit)")


def heading_id(text: str, separator: str) -> str:
    """The id of a heading, apart from the ids that the page gives to other things."""
    slug = slugify(text, separator)
    return f"on-{slug}" if TAKEN.fullmatch(slug) else slug


class NumberedFootnotes(FootnoteExtension):
    """Footnotes whose ids are their numbers, so that any label gives a valid id."""

    def _number(self, label: str) -> str:
        return str(list(self.footnotes).index(label) + 1)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 - names of the library
        """The id of a note."""
        return super().makeFootnoteId(self._number(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """The id of a place that names a note."""
        return super().makeFootnoteRefId(self._number(id), found)


class StrictMarkdown(Extension):
    """Notes a fault for raw HTML, remote pictures, odd links, lost footnotes and wrong headings."""

    def __init__(
        self, text: str, faults: Faults, first_line: int, *, brief: bool, pictures: bool
    ) -> None:
        super().__init__()
        self.source = Source(text, faults, first_line, single_line=brief)
        self.brief, self.pictures = brief, pictures

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - a name of the library
        """Escapes raw HTML instead of keeping it, and looks at the tree before it is written."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.register(RawHtml(HTML_RE, self.source), "html", 90)
        # Behind the heading ids (5), before escapes are put back (0).
        md.treeprocessors.register(Inspector(md, self), "strict", 3)


class Source:
    """The Markdown as it was written, to find the line of what was found in it."""

    def __init__(self, text: str, faults: Faults, first_line: int, *, single_line: bool) -> None:
        self.text, self.faults, self.first_line = text, faults, first_line
        self.single_line = single_line
        self.noted: set[tuple[int, str]] = set()

    def fault(self, snippet: str, message: str, hint: str) -> None:
        """Notes the fault on each line that holds ``snippet``, once a line and ``hint``."""
        for line in self.lines_of(snippet):
            if (line, hint) not in self.noted:
                self.faults.add(line, message, hint, Code.BODY)
            self.noted.add((line, hint))

    def lines_of(self, snippet: str) -> list[int]:
        """The lines on which ``snippet`` begins outside code spans; at least one."""
        start = snippet.partition("\n")[0]
        if self.single_line or not start:
            return [self.first_line]
        lines = [
            number
            for number, line in enumerate(self.text.split("\n"), start=self.first_line)
            if start in line and line.partition(start)[0].count("`") % 2 == 0
        ]
        return lines or [self.first_line]


class RawHtml(InlineProcessor):
    """Notes HTML where Python-Markdown would let it through; it is shown as text."""

    def __init__(self, pattern: str, source: Source) -> None:
        super().__init__(pattern)
        self.source = source

    def handleMatch(  # type: ignore[override]  # noqa: N802 - a name of the library
        self, m: re.Match[str], data: str
    ) -> tuple[None, None, None]:
        """Notes the tag or comment and leaves it to be escaped."""
        html = m.group(1)
        shown = html if len(html) <= 40 else f"{html[:39]}…"
        hint = "Use Markdown instead; to show the sign itself, write &lt;."
        self.source.fault(
            html, f"Raw HTML cannot be used: {shown.splitlines()[0]} stands here.", hint
        )
        return None, None, None


class Inspector(Treeprocessor):
    """Looks at every element, and numbers the blocks."""

    def __init__(self, md: Markdown, strict: StrictMarkdown) -> None:
        super().__init__(md)
        self.source, self.brief, self.pictures = strict.source, strict.brief, strict.pictures

    def run(self, root: Element) -> None:
        """Notes faults; gives ``b1``, ``b2`` … to the blocks, ``rel`` to links to other sites."""
        for element in root.iter():
            self.look_at(element)
        for text in _texts(root):
            for note in NOTE.findall(text):
                self.source.fault(note, f"The footnote {note} has no text.", f'Add "{note}: …".')
        if not self.brief:
            self.find_unused_notes()
            number_blocks(root)

    def look_at(self, element: Element) -> None:
        """Notes what is wrong with one element."""
        if HEADING.fullmatch(element.tag):
            self.heading(element)
        elif element.tag == "img":
            self.picture(element.get("src", ""))
        elif element.tag == "a":
            self.link(element)

    def heading(self, element: Element) -> None:
        words = "".join(element.itertext()).partition("\x02")[0].strip()
        if self.brief:
            self.source.fault(words, "A heading cannot stand here.", "Write a plain paragraph.")
        elif element.tag == "h1":
            hint = 'The title is set for you: begin headings with "##".'
            start = f"# {words}" if f"# {words}" in self.source.text else words
            self.source.fault(start, "A heading of the first level stands in the text.", hint)
        elif element.tag in ("h5", "h6"):
            hint = 'Use "##", "###" or "####".'
            self.source.fault(words, "This heading is too deep.", hint)

    def picture(self, address: str) -> None:
        if not self.pictures:
            self.source.fault(address, "A picture cannot stand here.", "Describe it in words.")
        elif SEPARATE_SITE.match(address) or SCHEME.match(address):
            message = f"A picture from another place cannot be shown, such as {address[:60]} here."
            hint = "Put it under static/ and write its address as /static/…"
            self.source.fault(address, message, hint)
        elif not address.startswith("/static/"):
            message = f"The picture {address[:60]} would not be found."
            hint = "Put it under static/ and write its address as /static/…"
            self.source.fault(address, message, hint)

    def link(self, element: Element) -> None:
        address = element.get("href", "").strip()
        scheme = SCHEME.match(address)
        if scheme and scheme[1].lower() not in ("http", "https", "mailto", "tel"):
            message = f'A link cannot begin with "{scheme[1]}:".'
            self.source.fault(address, message, "Write an address that begins with https:// or /.")
        elif SEPARATE_SITE.match(address):
            element.set("rel", "noopener noreferrer")

    def find_unused_notes(self) -> None:
        for extension in self.md.registeredExtensions:
            if isinstance(extension, NumberedFootnotes):
                for label in extension.footnotes:
                    if label not in extension.footnote_order:
                        hint = f"Write [^{label}] where it belongs, or delete it."
                        message = f"Nothing refers to the footnote [^{label}]."
                        self.source.fault(f"[^{label}]:", message, hint)


def _texts(root: Element) -> Iterator[str]:
    """All running text, without code."""
    for element in root.iter():
        if element.tag not in ("code", "pre") and element.text:
            yield element.text
        if element.tail:
            yield element.tail


def number_blocks(root: Element) -> None:
    """Gives each block of the text an id, by which the place of reading is kept."""
    numbers = count(1)
    for block in root:
        plain = not HEADING.fullmatch(block.tag) and block.tag != "hr"
        if plain and block.get("class") != "footnote":
            block.set("id", f"b{next(numbers)}")
