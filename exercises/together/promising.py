"""To be written."""

import uuid

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def promises(request: SignedInRequest) -> HttpResponse:
    raise Http404


def promise(request: SignedInRequest, promise: uuid.UUID) -> HttpResponse:
    raise Http404


def remove(request: SignedInRequest, promise: uuid.UUID) -> HttpResponse:
    raise Http404
