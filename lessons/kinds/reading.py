"""How answers look when they are read: small pieces of escaped HTML, blank parts left out."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def lines(text: str) -> str:
    """``text``, escaped, with its line breaks."""
    return escape(text.strip()).replace("\n", "<br>")


def item_list(texts: Iterable[str], tag: str, css_class: str) -> SafeString:
    """The texts that say something as a list; ``tag`` is ``ol`` or ``ul``."""
    items = "".join(f"<li>{lines(text)}</li>" for text in texts if text.strip())
    return SafeString(f'<{tag} class="{css_class}">{items}</{tag}>' if items else "")


def definitions(pairs: Iterable[tuple[str, str]]) -> SafeString:
    """Labels with what was written under them."""
    parts = "".join(
        f"<dt>{escape(label)}</dt><dd>{lines(text)}</dd>" for label, text in pairs if text.strip()
    )
    return SafeString(f'<dl class="answer-parts">{parts}</dl>' if parts else "")


def paragraphs_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The same in plain text: label, line break, what was written, blank line."""
    return "\n\n".join(f"{label}\n{text.strip()}" for label, text in pairs if text.strip())
