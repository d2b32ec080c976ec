"""The door to the pages about clients: what a therapist still needs, in plain words."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from trustbook.accounts.therapists import Standing, for_the_role, standing, way_to_prove


@for_the_role
@require_safe
def secure(request: HttpRequest) -> HttpResponse:
    """Leads to setting up or to showing the second step; or says that the door is open."""
    stands, after = standing(request), _after(request)
    if stands is Standing.NOT_PROVED:
        return redirect(way_to_prove(request, after or request.path))
    context = {
        "standing": stands.name,
        "after": after or reverse("care:clients"),
        "prove": way_to_prove(request, after or request.path),
    }
    return render(request, "care/secure.html", context)


def _after(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours; empty for none."""
    after = request.GET.get(REDIRECT_FIELD_NAME, "")
    return after if url_has_allowed_host_and_scheme(after, None) else ""
