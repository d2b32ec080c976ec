"""Pages that are not written yet."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def coming(request: HttpRequest, **_: Any) -> HttpResponse:
    """Nothing yet."""
    raise Http404
