"""When a session ends by itself, and how its person lets it go on."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from trustbook.accounts import sessions
from trustbook.accounts.forms import RestForm
from trustbook.accounts.kept import keeps_typed
from trustbook.accounts.models import Session
from trustbook.accounts.requests import SignedInRequest

View = TypeVar("View", bound=Callable[..., Any])


def quiet(view: View) -> View:
    """Marks a view that a page asks by itself: being asked is no use of the session."""
    view.quiet = True  # type: ignore[attr-defined]
    return view


@quiet
@keeps_typed
@require_safe
def idle(request: SignedInRequest) -> HttpResponse:
    """How many seconds are left, and a token to ask for more."""
    return JsonResponse({"left": seconds_left(request), "csrf": get_token(request)})


@keeps_typed
@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """The press that lets the session go on; having been asked is all it takes."""
    return JsonResponse({"left": seconds_left(request)})


@require_POST
def rest(request: SignedInRequest) -> HttpResponse:
    """After how long a person is signed out, from now on and in all browsers of their own."""
    form = RestForm(request.POST, instance=request.user)
    if not form.is_valid():
        rows, row = Session.objects.of(request.user), sessions.current(request)
        context = {"sessions": rows, "current": row, "form": form}
        return render(request, "accounts/sessions.html", context, status=422)
    request.user.save(update_fields=["rest"])
    sessions.rest(request, request.user)
    messages.success(request, "Saved.")
    return redirect("accounts:sessions")


@require_POST
def shared(request: SignedInRequest) -> HttpResponse:
    """Whether this browser is on a shared device."""
    request.session[sessions.SHARED] = "shared" in request.POST
    sessions.begin(request, request.user)
    messages.success(request, "Saved.")
    return redirect("accounts:sessions")


def seconds_left(request: SignedInRequest) -> int:
    """Until this session ends if nothing more is done."""
    row = sessions.current(request)
    return max(0, int((row.expires_at - timezone.now()).total_seconds())) if row else 0
