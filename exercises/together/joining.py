"""To be written."""

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def welcome(request: SignedInRequest) -> HttpResponse:
    raise Http404


def safety(request: SignedInRequest) -> HttpResponse:
    raise Http404


def join(request: SignedInRequest) -> HttpResponse:
    raise Http404
