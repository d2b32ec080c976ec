"""A browser's eye on a prompt's HTML: what it would post, and what a screen reader would say."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import QueryDict

VOID = {"br", "img", "input"}
FIELDS = {"input", "textarea", "select", "button"}


@dataclass
class Element:
    """An element with its attributes, its text and what stands around it."""

    tag: str
    attributes: dict[str, str | None]
    around: "Element | None" = None
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, empty if it is missing or has no value."""
        return self.attributes.get(name) or ""

    def within(self, tag: str) -> "Element | None":
        """The nearest element called ``tag`` around this one."""
        found = self.around
        while found and found.tag != tag:
            found = found.around
        return found

    @property
    def all(self) -> list["Element"]:
        """Everything inside, in document order."""
        return [found for child in self.inside for found in (child, *child.all)]

    @property
    def words(self) -> str:
        """All text inside, as one line."""
        return " ".join(" ".join([self.text, *(e.text for e in self.all)]).split())


class Page(HTMLParser):
    """Parsed HTML. Fails on a stray or missing end tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = self.open = Element("page", {})
        self.feed(html)
        self.close()
        assert self.open is self.root, f"<{self.open.tag}> is not closed"

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        element = Element(tag, dict(attrs), self.open)
        self.open.inside.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag):
        assert self.open.tag == tag, f"</{tag}> in <{self.open.tag}>"
        self.open = self.open.around or self.root

    def handle_data(self, data):
        self.open.text += data

    def all(self, *tags: str) -> list[Element]:
        """The elements called ``tags`` outside of templates."""
        return [e for e in self.root.all if e.tag in tags and not e.within("template")]

    def fields(self) -> list[Element]:
        """What can be focused."""
        return [e for e in self.all(*FIELDS) if e.get("type") != "hidden"]


def posted(html: str) -> QueryDict:
    """What a browser without JavaScript posts for the inputs in ``html``."""
    post = QueryDict(mutable=True)
    for element in Page(html).all("input", "textarea", "select"):
        for value in _values(element):
            post.appendlist(element.get("name"), value)
    return post


def _values(element: Element) -> list[str]:
    if element.tag == "textarea":
        # A browser leaves out one line break at the start, and posts them as CR LF.
        return [element.text.removeprefix("\n").replace("\n", "\r\n")]
    if element.tag == "select":
        options = [e for e in element.inside if e.tag == "option"]
        selected = [e for e in options if "selected" in e.attributes] or options[:1]
        return [e.get("value") for e in selected[-1:]]
    if element.get("type") in ("radio", "checkbox") and "checked" not in element.attributes:
        return []
    return [element.get("value")]


def name_of(element: Element, page: Page) -> str:
    """The accessible name: aria-labelledby, aria-label, label, or a button's own words."""
    if ids := element.get("aria-labelledby"):
        return " ".join(e.words for e in page.root.all if e.get("id") in ids.split())
    if label := element.get("aria-label"):
        return label
    if element.tag == "button":
        return element.words
    labels = [e for e in page.all("label") if e.get("for") and e.get("for") == element.get("id")]
    around = element.within("label")
    return " ".join(label.words for label in [*labels, *([around] if around else [])]).strip()
