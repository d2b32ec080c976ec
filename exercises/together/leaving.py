"""To be written."""

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def leave(request: SignedInRequest) -> HttpResponse:
    raise Http404
