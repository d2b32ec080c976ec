"""Every page that somebody can ask for, found in the map of the site."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

CONTENT = Path(__file__).parent / "content"
NOBODYS = "12345678-1234-4678-9234-567812345678"
"""The id of nothing."""
PLACES = ({"lesson": "one", "prompt": "moment"}, {"lesson": "one", "prompt": "ours"})
VALUES: Mapping[str, tuple[Any, ...]] = {
    "course": ("twins",),
    "slug": ("one", "two"),
    "lesson": ("one", "two", NOBODYS),
    "topic": ("answer.one.wish", "answer.one.theirs", "week.2026-04-27", "weeks"),
    "week": (date(2026, 4, 27),),
    "name": ("terms",),
    "pk": (1,),
}
"""What stands in addresses; all else in them is a random id or a secret."""
NOT_ASKED = {
    # Whoever asks for these is signed out, or about to be.
    *("leave", "account_logout"),
    # These hold a challenge or a secret that is made anew each time.
    *("mfa_activate_totp", "mfa_add_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn"),
    *("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"),
}
WITH_ID = re.compile(r'(?:href|action)="(/[^"#]*[0-9a-f]{8}-[0-9a-f-]{27}[^"#]*)')
"""A link to something that has a random id."""


OURS = (
    *(
        "workbook:",
        "pulse:",
        "sharing:",
        "together:",
        "care:",
        "client:",
        "privacy:",
        "reminders:",
        "lessons:",
    ),
    *("healthz", "readyz"),
)
"""Of the names, those that begin so; the others are django-allauth's, and sessions."""


def addresses(begin: tuple[str, ...] = ("",)) -> list[str]:
    """All whose names ``begin`` so, with what everybody can guess in them."""
    return [
        path
        for name, parts in sorted(named())
        if name.startswith(begin)
        for path in _paths(name, parts)
    ]


def named(
    resolver: URLResolver | None = None, space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of every address, and the names of its parts."""
    for pattern in (resolver or get_resolver()).url_patterns:
        parts = (*above, *{**pattern.pattern.converters, **pattern.pattern.regex.groupindex})
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", parts
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named(pattern, inner, parts)


def _paths(name: str, parts: tuple[str, ...]) -> Iterator[str]:
    if name in NOT_ASKED:
        return
    if set(parts) == {"lesson", "prompt"}:
        yield from (reverse(name, kwargs=place) for place in PLACES)
        return
    for values in product(*(VALUES.get(part, (NOBODYS,)) for part in parts)):
        with suppress(NoReverseMatch):  # some lessons are named by a word, some by a random id
            yield reverse(name, kwargs=dict(zip(parts, values, strict=True)))
