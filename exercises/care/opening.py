"""Pages that open what a client shares.

Opening is recorded for the client. So nothing is opened where nobody looks: not for the head of a
page, and not for a browser that fetches ahead.
"""

import uuid
from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from exercises import access
from trustbook.accounts.requests import SignedInRequest

View = Callable[..., HttpResponse]


def opens(view: View) -> View:
    """A view that opens what the client of ``file`` shares, for somebody who looks at it now."""

    @wraps(view)
    def guarded(request: SignedInRequest, file: uuid.UUID, **parts: str) -> HttpResponse:
        if request.method == "HEAD" or _ahead(request):
            access.own_link(request.user, file)
            return HttpResponse(status=503 if _ahead(request) else 200)
        return view(request, file, **parts)

    return guarded


def _ahead(request: SignedInRequest) -> bool:
    """Whether a browser asks for what nobody has asked for yet; refused, it asks again then."""
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
