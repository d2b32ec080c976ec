"""What a private page shows of where it belongs to: the name its person gave it, and its rest."""

from collections.abc import Callable

from django.http import HttpRequest

from trustbook.accounts.sessions import current

Words = dict[str, str]


def words(request: HttpRequest) -> Words:
    """For templates/base.html: ``called`` ends the title, ``brand`` stands in the top bar.

    ``idle`` is the number of seconds after which a session ends that is not used, empty where
    that is the usual month.
    """
    name = request.user.workbook_name if request.user.is_authenticated else ""
    row = current(request)
    idle = "" if row is None or row.lasts else str(row.rest * 60)
    return {"called": name or "Workbook", "brand": name or "trustbook", "idle": idle}


def context(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """The same for every page that is rendered with its request, looked up only where it is shown.

    A public page shows none of it, and must not learn who asks.
    """
    return {
        "called": lambda: words(request)["called"],
        "brand": lambda: words(request)["brand"],
        "idle": lambda: words(request)["idle"],
    }
