"""To be written."""

import uuid

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def never_write(request: SignedInRequest, token: str) -> HttpResponse:
    raise Http404


def invite(request: SignedInRequest) -> HttpResponse:
    raise Http404


def withdraw(request: SignedInRequest, invitation: uuid.UUID) -> HttpResponse:
    raise Http404
