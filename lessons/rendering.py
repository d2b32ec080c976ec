"""Markdown to sanitised HTML; done once for each text when the content is loaded.

Python-Markdown makes the HTML, ``lessons.strict_markdown`` refuses what may not stand in it, and
nh3 lets only known tags and attributes through, whatever the first two overlooked.
"""

from dataclasses import dataclass
from html import unescape
from typing import Any

import nh3
from django.utils.safestring import SafeString
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from lessons.faults import Faults
from lessons.kinds.base import CONTROL
from lessons.strict_markdown import NumberedFootnotes, StrictMarkdown, heading_id

INLINE_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "br", "code"}
TAGS = INLINE_TAGS | {
    *("h2", "h3", "h4", "blockquote", "pre", "hr", "div", "sup", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
}
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}
SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class Rendered:
    """A text as safe HTML, with its headings of the second level: id and text."""

    html: SafeString
    headings: tuple[tuple[str, str], ...]


def render_body(
    text: str, faults: Faults, first_line: int = 1, *, pictures: bool = True
) -> Rendered:
    """The text of a lesson: blocks with ids ``b1``, ``b2`` …, headings with ids of their own.

    Without ``pictures``, none may stand in it.
    """
    footnotes = NumberedFootnotes(SEPARATOR="-", BACKLINK_TITLE="Back to note {} in the text")
    toc = TocExtension(marker="", slugify=heading_id)
    tables = TableExtension(use_align_attribute=True)
    extensions = (footnotes, tables, toc)
    markdown = _markdown(text, faults, first_line, *extensions, pictures=pictures)
    html = markdown.convert(text)
    tokens = _flat(getattr(markdown, "toc_tokens", []))
    headings = ((token["id"], _plain(token["name"])) for token in tokens if token["level"] == 2)
    tags = TAGS if pictures else TAGS - {"img"}
    return Rendered(_clean(html, tags), tuple(headings))


def render_intro(text: str, faults: Faults, line: int = 1) -> SafeString:
    """A short text without headings, tables, notes and pictures; its faults stand on ``line``."""
    markdown = _markdown(text, faults, line, brief=True)
    return _clean(markdown.convert(text), INLINE_TAGS)


def _markdown(
    text: str,
    faults: Faults,
    line: int,
    *extensions: Extension,
    brief: bool = False,
    pictures: bool = False,
) -> Markdown:
    strict = StrictMarkdown(text, faults, line, brief=brief, pictures=pictures)
    common = [SmartyExtension(), SaneListExtension()]
    return Markdown(extensions=[*common, *extensions, strict], output_format="html")


def _clean(html: str, tags: set[str]) -> SafeString:
    attributes = {tag: names for tag, names in ATTRIBUTES.items() if tag == "*" or tag in tags}
    classes = {tag: names for tag, names in CLASSES.items() if tag in tags}
    cleaned = nh3.clean(
        html,
        tags=tags,
        attributes=attributes,
        allowed_classes=classes,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    # Written as entities these pass every check of the source; in a page they would be its holes
    # (lessons/kinds/pattern.py), to be filled with what is the reader's own.
    return SafeString(CONTROL.sub("", cleaned))


def _plain(html: str) -> str:
    """The text of a heading, which was escaped."""
    return CONTROL.sub("", unescape(html))


def _flat(tokens: list[Any]) -> list[Any]:
    """The headings in document order, without their nesting."""
    return [found for token in tokens for found in (token, *_flat(token["children"]))]
