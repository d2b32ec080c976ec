"""Refusals before any view is reached."""

from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.template.loader import render_to_string

TOO_LARGE = (
    "More was sent than one page can keep (4 MB). Nothing of it is saved; "
    "go back, shorten it and save again."
)
CHUNK = 64 * 1024
MOST_DRAINED = 128 * 1024 * 1024
"""Bytes of a body too large that are read and forgotten; then the connection is cut."""
BAD = "This request could not be read. Nothing is saved; go back and try again."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 for a body that is too large, 400 for what can't be read; the page keeps the text."""
    too_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))
    status, message = (413, TOO_LARGE) if too_large else (400, BAD)
    if too_large:
        drain(request)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": "refused", "message": message}, status=status)
    return HttpResponse(render_to_string("400.html", {"message": message}), status=status)


def drain(request: HttpRequest) -> None:
    """Reads what is still coming: a browser that can't finish sending never shows the answer."""
    with suppress(UnreadablePostError):
        for _ in range(MOST_DRAINED // CHUNK):
            if not request.read(CHUNK):
                return
