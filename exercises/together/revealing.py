"""To be written."""

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def reveal(request: SignedInRequest, topic: str) -> HttpResponse:
    raise Http404


def close(request: SignedInRequest, topic: str) -> HttpResponse:
    raise Http404
