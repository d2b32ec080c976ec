"""Who is asking: the session, its user, and whether the page wants one.

A view marked ``login_not_required`` reaches no session unless it asks for the user itself: Django's
own ``LoginRequiredMiddleware`` reads the user first, which costs queries and ``Vary: Cookie``.
"""

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth import middleware as django_auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions import middleware as django_sessions
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from trustbook.accounts import kept
from trustbook.accounts.devices import device_label
from trustbook.accounts.models import User


class SessionMiddleware(django_sessions.SessionMiddleware):
    """Django's, with the device's label at hand when a session is made."""

    def process_request(self, request: HttpRequest) -> None:
        """Attaches the session, unread."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = self.SessionStore(key)
        request.session.device = device_label(request.headers.get("User-Agent", ""))  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Nothing, where nobody looked at the session: Django's would still take a garbled cookie
        away, and a public page would depend on the visitor."""
        if not (request.session.accessed or request.session.modified):
            return response
        return super().process_response(request, response)


class AuthenticationMiddleware(django_auth.AuthenticationMiddleware):
    """``request.user``, read when first asked for."""

    def process_request(self, request: HttpRequest) -> None:
        """Attaches the user, unread."""
        request.user = SimpleLazyObject(lambda: current_user(request))  # type: ignore[assignment]


def current_user(request: HttpRequest) -> User | AnonymousUser:
    """The signed-in person, from the row that came with the session, or nobody."""
    cached: User | AnonymousUser | None = getattr(request, "_cached_user", None)
    if cached is None:
        cached = _user_of_session(request) or auth.get_user(request)
        request._cached_user = cached  # type: ignore[attr-defined]
    assert cached is not None  # noqa: S101 - for the type checker
    return cached


def _user_of_session(request: HttpRequest) -> User | None:
    """The user if the session is theirs and the password has not changed since.

    Everything else (a rotated ``SECRET_KEY``, a session without a user) is left to Django.
    """
    user_id = request.session.get(SESSION_KEY)
    row = getattr(request.session, "row", None)
    user: User | None = row.user if row is not None else None
    if user is None or str(user.pk) != user_id or not user.is_active:
        return None
    mark = request.session.get(HASH_SESSION_KEY, "")
    return user if constant_time_compare(mark, user.get_session_auth_hash()) else None


class LoginRequiredMiddleware(django_auth.LoginRequiredMiddleware):
    """Every page wants a signed-in person unless it is marked public."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Looks at the view's mark before it looks at the session."""
        if not getattr(view_func, "login_required", True):
            return None
        request.session.quiet = getattr(view_func, "quiet", False)  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            if kept.keeps(view_func, request):
                return kept.signed_out(request)
            return self.handle_no_permission(request, view_func)
        timezone.activate(request.user.zone)
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keeps what is private out of every cache, and the time zone out of the next request."""
        timezone.deactivate()
        if request.session.accessed and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
