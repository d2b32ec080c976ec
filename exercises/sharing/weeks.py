"""Showing the whole line of weeks, as it is now, and taking all of it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exercises import access, labels
from exercises.models import Audience
from exercises.past import Week, past_weeks
from exercises.plot import plots
from exercises.sharing import actions
from exercises.sharing.forms import ShowingWeeks, TakingBack
from exercises.sharing.views import INCOMPLETE, nobody, taken_back
from exercises.sharing.who import show_who
from lessons.kinds.pulse import HIGH, LOW, NAMES
from trustbook.accounts.requests import SignedInRequest

NEWER = (
    "Your weeks have changed since this page was opened, so nothing was shared. "
    "This is how they stand now: look at them, then decide again."
)
EMPTY = "There are no numbers to show yet, so nothing was shared."


@require_http_methods(["GET", "HEAD", "POST"])
def weeks(request: SignedInRequest) -> HttpResponse:
    """All numbers that will be seen; confirmed, exactly these are shown, and no later ones."""
    if not access.audiences(request.user):
        return nobody(request)
    if request.method != "POST":
        return _show(request)
    form = ShowingWeeks(request.POST)
    if not form.is_valid():
        return _show(request, INCOMPLETE, status=422)
    audience = form.cleaned_data["audience"]
    try:
        actions.share_weeks(request.user, form.cleaned_data["digest"], audience)
    except access.NobodyThere:
        return nobody(request)
    except actions.Newer:
        return _show(request, NEWER, status=409)
    except actions.NothingToShow:
        return _show(request, EMPTY, status=422)
    messages.success(
        request, f"{audience.label} can see these weeks now, until you take them back."
    )
    return redirect("sharing:weeks")


@require_POST
def withdraw_weeks(request: SignedInRequest) -> HttpResponse:
    """One press, at once, for every week."""
    form = TakingBack(request.POST)
    if not form.is_valid():
        return show_who(request, INCOMPLETE, status=422)
    actions.withdraw_weeks(request.user, form.cleaned_data["audience"])
    return taken_back(request, form)


def _show(request: SignedInRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    pulses = actions.written(request.user, access.own_pulses(request.user))
    seen = access.seen(request.user)
    told = past_weeks(request.user, pulses, [], seen)
    context = {
        "page": {"weeks": told, "low": LOW, "high": HIGH},
        "plots": plots(told),
        "names": list(NAMES.values()),
        "digest": actions.digest_of(pulses),
        "sights": [_sight(told, seen, audience, pulses) for audience in seen.audiences],
        "refusal": refusal,
    }
    return render(request, "sharing/weeks.html", context, status=status)


def _sight(
    told: list[Week], seen: access.Seen, audience: Any, pulses: list[Any]
) -> dict[str, object]:
    """How many of the weeks an audience sees, and whether exactly as they are now."""
    shown = [one for pulse in pulses for one in seen.of(pulse)]
    shares = [one for one in shown if one.audience == audience and not one.topic]
    heads = {pulse.head_id for pulse in pulses}
    now = sum(share.revision_id in heads for share in shares)
    return {
        "audience": audience,
        "name": labels.name(audience),
        "noted": audience is Audience.THERAPIST,
        "shown": len(shares),
        "all": now == len(told),
    }
