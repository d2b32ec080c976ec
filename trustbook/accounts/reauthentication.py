"""Fresh proof of who one is, without keeping what was about to be sent."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

NOT_DONE_YET = "Nothing has changed yet. Show that it is you, then do it once more."
PROOFS = ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
READING = ("GET", "HEAD")


class ReauthenticationMiddleware:
    """Sends whoever must prove afresh who they are to do so, and keeps nothing of the request.

    allauth's middleware, which stands before this one and so is asked after it, would put the whole
    request into the session, body and cookies included, to send it again afterwards.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The ordinary answer; a proof that was accepted changes the cookie, as signing in does."""
        response = self.get_response(request)
        match = request.resolver_match
        accepted = match and match.url_name in PROOFS and response.status_code == 302
        if accepted and request.method == "POST" and did_recently_reauthenticate(request):
            request.session.renew()  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """To the proof, and from there to the page on which to press once more."""
        if not isinstance(error, ReauthenticationRequired):
            return None
        ways = [way["url"] for way in get_adapter().get_reauthentication_methods(request.user)]
        proof = (ways or [resolve_url(settings.LOGIN_URL)])[0]
        if request.method not in READING:
            messages.info(request, NOT_DONE_YET)
        return HttpResponseRedirect(f"{proof}?{urlencode({REDIRECT_FIELD_NAME: page_of(request)})}")


def page_of(request: HttpRequest) -> str:
    """The address that was asked for; for a form, the page it stood on, as the browser tells."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    if request.method in READING or not ours:
        return request.get_full_path()
    return urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl() or "/"
