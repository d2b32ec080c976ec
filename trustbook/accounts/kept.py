"""When a save can't be taken now: the answer carries the typed text, in a form to send again.

Nobody loses a text because a session ended or another person signed in meanwhile.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as django_csrf_failure

View = TypeVar("View", bound=Callable[..., Any])

CHOSEN = re.compile(r"[a-z0-9-]{1,40}")
"""A number, the id of what was ticked, or a single word: shown in one line with the others."""
MARK = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A permanent id, as a row of promises or a tick at a client carries it: says nothing to a
person."""
OURS = ("csrfmiddlewaretoken", "owner", "save", "finish", "more")
"""What the form sends beside what was typed."""
SIGNED_OUT = (
    "You are signed out, so this is not saved yet. Sign in in a new tab, then send it again here."
)
STALE_PAGE = (
    "This page was too old to be trusted, so what you typed is not saved yet. "
    "It is all here: send it again."
)


def keeps_typed(view: View) -> View:
    """Marks a view to which people send what they wrote: it never redirects, never drops it."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def keeps_sent(view: View) -> View:
    """The same for a page with its form: who only reads it is led to sign in, as everywhere."""
    view.keeps_sent = True  # type: ignore[attr-defined]
    return view


def keeps(view: Any, request: HttpRequest) -> bool:
    """Whether what this request brings is to come back where it can't be taken."""
    sent = getattr(view, "keeps_sent", False) and request.method not in ("GET", "HEAD")
    return sent or getattr(view, "keeps_typed", False)


def signed_out(request: HttpRequest) -> HttpResponse:
    """401: the session ended while somebody was writing."""
    return kept(request, 401, "signed-out", SIGNED_OUT)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a missing or old CSRF token (``CSRF_FAILURE_VIEW``)."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return django_csrf_failure(request, reason)
    if not keeps(view, request):
        return django_csrf_failure(request, reason, template_name="403_csrf.html")
    if not request.user.is_authenticated:
        return signed_out(request)
    return kept(request, 403, "token", STALE_PAGE)


def kept(
    request: HttpRequest, status: int, error: str, message: str, *, again: bool = True
) -> HttpResponse:
    """The refusal, as JSON to a script (whose page still holds the text), else as a page.

    ``error`` is a word for scripts, ``message`` a sentence for people; ``again`` offers to send
    the same fields to the same address.
    """
    if "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse({"error": error, "message": message}, status=status)
    else:
        fields = typed(request)
        chosen = [field for field in fields if field["chosen"]]
        told = {"message": message, "error": error, "again": again}
        context = told | {"fields": fields, "chosen": chosen}
        response = render(request, "kept.html", context, status=status)
    add_never_cache_headers(response)
    return response


def typed(request: HttpRequest) -> list[dict[str, Any]]:
    """The posted fields but the CSRF token; each is ``text``, ``chosen`` or only sent along."""
    return [
        {"name": name, "value": value, "text": typed and not short, "chosen": typed and short}
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        for typed in [_says_something(name, value)]
        for short in [bool(CHOSEN.fullmatch(value))]
    ]


def says_something(request: HttpRequest) -> bool:
    """Whether anything was typed or chosen: more than a button that was pressed."""
    return any(field["value"] and field["name"] not in OURS for field in typed(request))


def _says_something(name: str, value: str) -> bool:
    return bool(value) and ":" not in name and name not in OURS and not MARK.fullmatch(value)
