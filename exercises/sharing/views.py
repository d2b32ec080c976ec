"""Showing an answer or a week to somebody, and taking it back."""

import uuid

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def who(request: SignedInRequest) -> HttpResponse:
    raise Http404


def weeks(request: SignedInRequest) -> HttpResponse:
    raise Http404


def withdraw_weeks(request: SignedInRequest) -> HttpResponse:
    raise Http404


def share(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    raise Http404


def withdraw(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    raise Http404
