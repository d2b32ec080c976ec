"""The headers by which a browser keeps an answer to what it is, whatever has made the answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

EVERY = {
    # No other site may load a page or a file of ours, nor reach into a window with one.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class HeadersMiddleware:
    """Adds ``EVERY`` where a view has set nothing else.

    Django's own middleware adds some of them, but not to what is answered before it is reached:
    static files, and refusals of the middleware around it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the headers."""
        response = self.get_response(request)
        for name, value in EVERY.items():
            response.headers.setdefault(name, value)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/") and "charset" not in kind:
            response.headers["Content-Type"] = f"{kind}; charset=utf-8"
        return response
