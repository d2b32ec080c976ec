"""To be written."""

from django.http import Http404, HttpResponse

from trustbook.accounts.requests import SignedInRequest


def ours(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    raise Http404


def save(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    raise Http404


def history(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    raise Http404


def copy_mine(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    raise Http404


def copy_ours(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    raise Http404


def delete(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    raise Http404
