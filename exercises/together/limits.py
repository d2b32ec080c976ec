"""How often something may be tried. Counted where the tries of signing in are."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = {
    # Many people may stand behind one network address, two of them in one home.
    "join": "5/h/user,20/h/ip",
    "invite_by_mail": "5/d/user",
}


def spend(request: HttpRequest, what: str) -> ratelimit.RateLimitUsage | None:
    """Counts one try, which ``rollback`` of what comes back takes back; None if none was left."""
    return ratelimit.consume(request, app="exercises.together", action=what, config=RATES)
