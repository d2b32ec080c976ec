"""What two people can do together at a prompt: links into the room for it."""

from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString

from lessons.kinds import BasePrompt
from lessons.kinds.pattern import Pattern, hole


def offers_at(lesson_id: str, prompt: BasePrompt) -> SafeString:
    """The links of one prompt of a lesson; a pulse, which belongs to no lesson, has none here."""
    found = []
    if prompt.opens_together:
        found.append(_open_together(f"answer.{lesson_id}.{prompt.id}"))
    if prompt.joint:
        ours = reverse("together:ours", args=[lesson_id, prompt.id])
        found.append(_link(ours, "Our common answer"))
    if prompt.kind == "promises":
        found.append(_link(reverse("together:promises"), "Our promises"))
    return SafeString("".join(found))


def offer_of_week(monday: str) -> SafeString:
    """The link of one week's pulse."""
    return _open_together(f"week.{monday}")


def _open_together(topic: str) -> SafeString:
    return _link(reverse("together:reveal", args=[topic]), "Open together")


def _link(href: str, words: str) -> SafeString:
    return _pattern().fill({"href": href, "words": words})


@cache
def _pattern() -> Pattern:
    return Pattern.of("sharing/_offer.html", {"href": hole("href"), "words": hole("words")})
