"""Leaving at once: the hop between any page of ours and a site that nobody wonders about."""

from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from trustbook.accounts.sessions import SessionStore

OURS = ("same-origin", "none")
"""What ``Sec-Fetch-Site`` says of a link of ours, and of an address that somebody typed."""


@login_not_required
@csrf_exempt
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the session and goes away. A plain link leads here, so that it needs no script.

    Another site may lead here too, but signs nobody out by it.
    """
    response = HttpResponseRedirect(settings.EXIT_URL)
    if request.method == "GET" and asked_by_the_person(request):
        end(request)
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Cookie", "Sec-Fetch-Site"])
    response["Referrer-Policy"] = "no-referrer"
    # Chromium forgets the pages it kept for Back when the cookie goes, and may freeze for seconds
    # over this header (crbug.com/40233601); Safari also forgets the picture that it shows for a
    # swipe back.
    if "Chrom" not in request.headers.get("User-Agent", ""):
        response["Clear-Site-Data"] = '"cache"'
    return response


def asked_by_the_person(request: HttpRequest) -> bool:
    """Whether a page of ours or the person's own hand led here, and no preview of the page.

    A browser too old to say so is believed unless it names another site: a door left open behind
    somebody who leaves does more harm than a sign-out.
    """
    about = request.headers
    if "prefetch" in about.get("Sec-Purpose", about.get("Purpose", "")):
        return False
    if site := about.get("Sec-Fetch-Site"):
        return site in OURS and about.get("Sec-Fetch-Mode", "navigate") == "navigate"
    referrer = urlsplit(about.get("Referer", "")).netloc
    return referrer in ("", request.get_host())


def end(request: HttpRequest) -> None:
    """Ends the session. Its cookie goes even where the database cannot be asked just now."""
    with suppress(DatabaseError):
        request.session.delete()
    # An empty session that was looked at makes the middleware take back the cookie.
    request.session = SessionStore()
    request.session.accessed = True
