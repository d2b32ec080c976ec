"""Pages to which a mail leads: their address is a token, and one press there does what they say."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


def by_one_press(template: str) -> Callable[[Callable[[str], None]], Callable[..., HttpResponse]]:
    """Makes a view of what is to be done about a token, by one POST without a cookie (RFC 8058).

    Looking changes nothing: programs that read mail open every link in it. What a token is about,
    or whether it is one, can't be told from the page; ``template`` is given ``done``.
    """

    def decorate(do: Callable[[str], None]) -> Callable[..., HttpResponse]:
        @login_not_required
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(do)
        def view(request: HttpRequest, token: str) -> HttpResponse:
            done = request.method == "POST"
            if done:
                do(token)
            # Without the request: what a private page shows of its person is not looked up.
            response = HttpResponse(render_to_string(template, {"done": done}))
            response["Referrer-Policy"] = "no-referrer"
            add_never_cache_headers(response)
            return response

        return view

    return decorate
