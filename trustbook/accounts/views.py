"""The pages of an account that django-allauth does not bring."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustbook.accounts.forms import RestForm, SettingsForm
from trustbook.accounts.models import Session
from trustbook.accounts.requests import SignedInRequest
from trustbook.accounts.sessions import current


@require_safe
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in."""
    rows = Session.objects.of(request.user)
    context = {
        "sessions": rows,
        "current": current(request),
        "form": RestForm(instance=request.user),
    }
    return render(request, "accounts/sessions.html", context)


@require_POST
def end_session(request: SignedInRequest, session: uuid.UUID) -> HttpResponse:
    """Ends one session; the device finds out at its next request."""
    row = get_object_or_404(Session.objects.of(request.user), pk=session)
    if row == current(request):
        return redirect("account_logout")
    row.delete()
    messages.success(request, f"{row.device or 'That device'} is signed out.")
    return redirect("accounts:sessions")


@require_POST
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    """Ends every session but this one."""
    Session.objects.of(request.user).other_than(current(request)).delete()
    messages.success(request, "All other devices are signed out.")
    return redirect("accounts:sessions")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Name and time zone."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=form.Meta.fields)
        messages.success(request, "Saved.")
        return redirect("accounts:settings")
    return render(
        request, "accounts/settings.html", {"form": form}, status=422 if form.errors else 200
    )
