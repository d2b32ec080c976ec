"""Your data: what one may do with all of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustbook.accounts.requests import SignedInRequest


@require_safe
def your_data(request: SignedInRequest) -> HttpResponse:
    """Take it along, bring it in, end it."""
    return render(request, "privacy/your_data.html")
