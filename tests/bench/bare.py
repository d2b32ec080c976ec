"""A constant page, and what says that the server has started."""

import os
from functools import lru_cache
from pathlib import Path

from django.http import HttpResponse
from django.urls import path


@lru_cache(maxsize=4)
def constant(name: str) -> bytes:
    """A page that the bench has fetched and put into its folder."""
    assert name in ("private", "public")
    return (Path(os.environ["BENCH_PAGES"]) / name).read_bytes()


def public(request):
    """A constant page."""
    return HttpResponse(constant("public"))


urlpatterns = [
    path("floor/public/", public),
    path("readyz", lambda request: HttpResponse("ready")),
]
