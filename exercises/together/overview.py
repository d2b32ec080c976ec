"""To be written."""

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def together(request: SignedInRequest) -> HttpResponse:
    raise Http404


def lesson(request: SignedInRequest, lesson: str) -> HttpResponse:
    raise Http404


def weeks(request: SignedInRequest) -> HttpResponse:
    raise Http404
