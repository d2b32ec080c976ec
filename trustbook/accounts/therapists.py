"""What a therapist's pages want: the role, a second step, and that it was shown today.

The role is the operator's to give. It opens nothing without a passkey or an authenticator app,
shown within twelve hours: a password alone, or a recovery code, is not enough.
"""

import time
from collections.abc import Callable
from datetime import timedelta
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

from trustbook.accounts.reauthentication import NOT_DONE_YET, READING, page_of

PROOF_LASTS = timedelta(hours=12)
STRONG = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
View = TypeVar("View", bound=Callable[..., Any])


def for_therapists(patterns: list[URLPattern]) -> list[URLPattern]:
    """The same addresses, each of which wants a therapist who has shown the second step."""
    for pattern in patterns:
        pattern.callback = _guarded(pattern.callback)
    return patterns


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_role(request.user):
            raise Http404
        if not strong_steps(request.user):
            return redirect("care:secure")
        if not proved_lately(request):
            return _to_the_proof(request)
        return view(request, *args, **kwargs)

    return guarded


def has_role(person: Any) -> bool:
    """Whether somebody is a therapist here, whatever they have shown."""
    return bool(getattr(person, "is_therapist", False))


def strong_steps(person: Any) -> list[str]:
    """Which second steps of the two that count a person has set up."""
    rows = Authenticator.objects.filter(user=person, type__in=STRONG)
    return list(rows.values_list("type", flat=True).distinct().order_by("type"))


def proved_lately(request: Any) -> bool:
    """Whether this session has shown one of them within twelve hours."""
    now = time.time()
    return any(
        record.get("method") == "mfa"
        and record.get("type") in STRONG
        and now - record.get("at", 0) < PROOF_LASTS.total_seconds()
        for record in get_authentication_records(request, request.user)
    )


def _to_the_proof(request: HttpRequest) -> HttpResponse:
    """Keeps nothing of what was sent, as everywhere where a fresh proof is wanted."""
    passkey = Authenticator.Type.WEBAUTHN in strong_steps(request.user)
    way = "mfa_reauthenticate_webauthn" if passkey else "mfa_reauthenticate"
    if request.method not in READING:
        messages.info(request, NOT_DONE_YET)
    return redirect(f"{reverse(way)}?{urlencode({REDIRECT_FIELD_NAME: page_of(request)})}")
