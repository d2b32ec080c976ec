"""What a private page shows of where it belongs to: the name its person gave it, and its rest."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from trustbook.accounts.sessions import current
from trustbook.accounts.therapists import has_role

Words = dict[str, str]
CLIENTS = SafeString('<li><a href="/care/">Clients</a></li>\n')
"""In the menu of the account; nobody but a therapist finds a trace of it."""


def words(request: HttpRequest) -> Words:
    """For templates/base.html: ``called`` ends the title, ``brand`` stands in the top bar.

    ``idle`` is the number of seconds after which a session ends that is not used, empty where
    that is the usual month. ``to_clients`` is a therapist's way to the pages about clients.
    """
    name = request.user.workbook_name if request.user.is_authenticated else ""
    to_clients = CLIENTS if has_role(request.user) else ""
    row = current(request)
    idle = "" if row is None or row.lasts else str(row.rest * 60)
    named = {"called": name or "Workbook", "brand": name or "trustbook"}
    return named | {"idle": idle, "to_clients": to_clients}


def context(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """The same for every page that is rendered with its request, looked up only where it is shown.

    A public page shows none of it, and must not learn who asks.
    """
    return {
        "called": lambda: words(request)["called"],
        "brand": lambda: words(request)["brand"],
        "idle": lambda: words(request)["idle"],
        "to_clients": lambda: words(request)["to_clients"],
    }
