"""Leaving: what it means, and one press."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exercises import access, couples
from trustbook.accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest) -> HttpResponse:
    """Says what happens, then does it at once: no password, no waiting, nobody is asked.

    Whoever shares no workbook is sent to the same page, left or never joined.
    """
    if request.method == "POST":
        couples.leave(request.user)
    elif known_as := access.partner_known_as(request.user):
        return render(request, "together/leave.html", {"with": known_as})
    return redirect("together:together")
