"""``recall``: an earlier answer shown again, to read. It has no value of its own."""

from functools import cached_property
from typing import ClassVar, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lessons.kinds.base import BasePrompt, Id, Value
from lessons.kinds.fields import Fields
from lessons.kinds.pattern import Pattern, hole


class Recall(BasePrompt):
    """The answer to ``prompt`` of ``lesson``; whoever has the answers calls ``shows``."""

    kind: Literal["recall"]
    lesson: Id
    """The lesson's id."""
    prompt: Id
    """The prompt's id in that lesson."""

    answered: ClassVar[bool] = False

    def shows(
        self, answer: SafeString | None, wording: str, lesson_title: str, href: str
    ) -> SafeString:
        """The earlier answer, or a calm line with the way to it when there is none.

        ``answer`` is what that answer's own prompt shows, ``wording`` what was asked then,
        ``href`` the page on which it can be changed, empty when there is none any more.
        """
        source = format_html('<a href="{}">{}</a>', href, lesson_title) if href else lesson_title
        values = {"wording": wording, "source": source}
        if not answer:
            return self._none_yet.fill(values)
        return self.pattern.fill(values | {"answer": answer})

    def empty(self) -> None:
        """Nothing is kept."""

    def read(self, fields: Fields) -> None:
        """Nothing is posted."""

    def form(self, value: None) -> SafeString:
        """No inputs."""
        return SafeString("")

    def show(self, value: None) -> SafeString:
        """Nothing to read; ``shows`` needs the earlier answer."""
        return SafeString("")

    def as_text(self, value: None) -> str:
        """Nothing to read."""
        return ""

    def fits(self, value: Value) -> bool:
        """Only nothing fits."""
        return value is None

    def holes(self) -> dict[str, object]:
        """The holes for the earlier answer and the way to it."""
        names = ("answer", "wording", "source")
        return super().holes() | {name: hole(name) for name in names}

    @cached_property
    def _none_yet(self) -> Pattern:
        return Pattern.of("kinds/recall_none.html", self.holes())
