"""What a therapist's pages want: the role, a second step, and that it was shown today.

The role is the operator's to give. It opens nothing without a passkey or an authenticator app,
shown within twelve hours: a password alone, or a recovery code, is not enough.
"""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse

from trustbook.accounts import sessions
from trustbook.accounts.kept import keeps, kept, says_something
from trustbook.accounts.reauthentication import NOT_DONE_YET, READING, page_of

PROOF_LASTS = timedelta(hours=12)
LATELY = timedelta(minutes=5)
"""For so long somebody is told that what they have just shown is not what is wanted."""
CLOCKS_DIFFER = timedelta(minutes=1)
"""By so much the clocks of two machines may differ; a proof from later on counts for nothing."""
STRONG = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
PROVE_FIRST = (
    "This is not saved yet: once in twelve hours these pages want your passkey, or a code that "
    "your app shows now. Show it in a new tab, then send this again here."
)
SET_UP_FIRST = (
    "This is not saved yet: your account has no passkey and no authenticator app any more. Set one "
    "up and show it in a new tab, then send this again here."
)
View = TypeVar("View", bound=Callable[..., Any])


class Standing(Enum):
    """How far somebody with the role has come towards the pages about clients."""

    NOTHING_SET_UP = "nothing set up"
    NOT_PROVED = "not proved"
    PROVED_OTHERWISE = "proved otherwise"
    """Only just, by a password or a recovery code."""
    PROVED = "proved"


def for_therapists(patterns: list[URLPattern]) -> list[URLPattern]:
    """The same addresses, each of which wants a therapist who has shown the second step."""
    for pattern in patterns:
        pattern.callback = _guarded(pattern.callback)
    return patterns


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stands = standing(request)
        if stands is not Standing.PROVED:
            return _not_yet(request, stands, back=keeps(view, request))
        sessions.hold(request, request.user)
        return view(request, *args, **kwargs)

    guarded.for_therapists = True  # type: ignore[attr-defined]
    return for_the_role(guarded)


def for_the_role(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that there is not, for everybody without the role, whatever they ask of it."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_role(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return looked_at


def has_role(person: Any) -> bool:
    """Whether somebody is a therapist here, whatever they have shown."""
    return bool(getattr(person, "is_therapist", False))


def strong_steps(person: Any) -> Mapping[int, str]:
    """The second steps of the two kinds that count, which a person has set up now: by their ids."""
    rows = Authenticator.objects.filter(user=person, type__in=STRONG)
    return dict(rows.order_by("pk").values_list("pk", "type"))


def standing(request: HttpRequest) -> Standing:
    """What this session has shown. One that was shown and is no longer set up counts for nothing.

    ``get_authentication_records`` leaves out what somebody else has shown in the same browser.
    """
    steps = strong_steps(request.user)
    if not steps:
        return Standing.NOTHING_SET_UP
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    if any(_counts(record, steps) and _within(record, PROOF_LASTS) for record in records):
        return Standing.PROVED
    if any(record.get("reauthenticated") and _within(record, LATELY) for record in records[-1:]):
        return Standing.PROVED_OTHERWISE
    return Standing.NOT_PROVED


def _counts(record: Mapping[str, Any], steps: Mapping[int, str]) -> bool:
    kind = steps.get(record.get("id", 0))
    return record.get("method") == "mfa" and kind is not None and record.get("type") == kind


def _within(record: Mapping[str, Any], lasts: timedelta) -> bool:
    age = time.time() - float(record.get("at", 0))
    return -CLOCKS_DIFFER.total_seconds() < age < lasts.total_seconds()


def way_to_prove(request: HttpRequest, after: str) -> str:
    """The address at which the second step is shown, and which leads to ``after`` then."""
    passkey = Authenticator.Type.WEBAUTHN in strong_steps(request.user).values()
    way = "mfa_reauthenticate_webauthn" if passkey else "mfa_reauthenticate"
    return f"{reverse(way)}?{urlencode({REDIRECT_FIELD_NAME: after})}"


def _not_yet(request: HttpRequest, stands: Standing, *, back: bool) -> HttpResponse:
    """Changes nothing. What was typed or ticked comes back, in a form to send it again."""
    sending = request.method not in READING
    if sending and (back or says_something(request)):
        missing = stands is Standing.NOTHING_SET_UP
        return kept(request, 403, "proof", SET_UP_FIRST if missing else PROVE_FIRST)
    if sending:
        messages.info(request, NOT_DONE_YET)
    after = page_of(request)
    if stands is Standing.NOT_PROVED:
        return redirect(way_to_prove(request, after))
    return redirect(f"{reverse('care:secure')}?{urlencode({REDIRECT_FIELD_NAME: after})}")
