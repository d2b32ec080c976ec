"""How often something may be tried. Counted where the tries of signing in are."""

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest

RATES = {
    # Of invitations of both kinds together, so that two forms do not give twice the tries. Many
    # people may stand behind one network address, two of them in one home.
    "join": "5/h/user,20/h/ip",
    "invite_by_mail": "5/d/user",
    "invite_client_by_mail": "50/d/user",
}
ENOUGH_TRIES = (
    "There were too many tries that opened nothing. Nothing is lost: what you typed is still here. "
    "Wait an hour, then try it again."
)


def spend(request: HttpRequest, what: str) -> RateLimitUsage | None:
    """Counts one try, which ``rollback`` of what comes back takes back; None if none was left."""
    return ratelimit.consume(request, app="exercises.invitations", action=what, config=RATES)


def spend_many(request: HttpRequest, what: str, times: int) -> list[RateLimitUsage] | None:
    """The same for as many at once; None, and none of them counted, if so many were not left."""
    spent: list[RateLimitUsage] = []
    for _ in range(times):
        one = spend(request, what)
        if one is None:
            give_back(spent)
            return None
        spent.append(one)
    return spent


def give_back(spent: list[RateLimitUsage]) -> None:
    """Takes back what was counted for something that was not done after all."""
    for one in spent:
        one.rollback()
