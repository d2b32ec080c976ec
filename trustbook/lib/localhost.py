"""Passkeys belong to a name, never to an address in numbers: send browsers to ``localhost``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


class LocalhostMiddleware:
    """Redirects pages asked for at 127.0.0.1 to the same page at localhost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The redirect for a page, the ordinary answer for everything else."""
        name, colon, port = request.META.get("HTTP_HOST", "").partition(":")
        if (
            name == "127.0.0.1"
            and request.method == "GET"
            and "text/html" in request.headers.get("Accept", "")
        ):
            return HttpResponseRedirect(f"http://localhost{colon}{port}{request.get_full_path()}")
        return self.get_response(request)
