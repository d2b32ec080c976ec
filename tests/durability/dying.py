"""``python -m tests.durability.dying STEP[#TIMES] COMMAND …``: a process that kills itself.

STEP is ``module:name`` of a function, or of a method, after which there is SIGKILL: ``#3`` for the
third call. COMMAND is one of manage.py, or what a browser does: ``sign_up ADDRESS``, ``forgot
ADDRESS`` (asks for a new password), ``delete ROW``, ``leave ADDRESS`` (the one with whom they
share a workbook), ``end_care ADDRESS`` (of a client).
"""

import os
import signal
import sys
from functools import partial, wraps
from pkgutil import resolve_name
from typing import Any

import django
from django.core.management import call_command

PASSWORD = "long enough for everybody"


def die_after(step: str, times: int) -> None:
    """Patches ``step``: its call number ``times`` is the last thing that this process does."""
    holder, name = step.rsplit("." if "." in step.partition(":")[2] else ":", 1)
    owner: Any = resolve_name(holder)
    original, calls = getattr(owner, name), []

    @wraps(original)
    def last(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        calls.append(name)
        if len(calls) == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, last)


def sign_up(email: str) -> int:
    """The status of the answer to a browser that sends the form of ``/accounts/signup/``."""
    from django.test import Client

    form = {"email": email, "password1": PASSWORD, "consent": "on", "time_zone": "Europe/Dublin"}
    return int(Client().post("/accounts/signup/", form, headers={"host": "localhost"}).status_code)


def forgot(email: str) -> int:
    """The status of the answer to a browser that sends the form of a forgotten password."""
    from django.test import Client

    path = "/accounts/password/reset/"
    return int(Client().post(path, {"email": email}, headers={"host": "localhost"}).status_code)


def delete(row: str) -> int:
    """The status of the answer to a browser whose owner presses "Delete it"."""
    from django.test import Client

    from exercises.models import Answer

    answer = Answer.objects.get(pk=row)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(answer.author)
    form = {"seen": str(answer.head_id)}
    return int(browser.post(f"/workbook/answers/{row}/delete/", form).status_code)


def leave(email: str) -> int:
    """The status of the answer to a browser whose owner leaves."""
    from django.test import Client

    from trustbook.accounts.models import User

    browser = Client(headers={"host": "localhost"})
    browser.force_login(User.objects.get(email=email))
    return int(browser.post("/together/leave/").status_code)


def end_care(email: str) -> None:
    """What is done when a client, or their therapist, ends their work; the client's address."""
    from exercises import access, carelinks
    from trustbook.accounts.models import User

    carelinks.end(access.own_care(User.objects.get(email=email)))


AS_A_BROWSER = {
    "sign_up": sign_up,
    "forgot": forgot,
    "delete": delete,
    "leave": leave,
    "end_care": end_care,
}


def main(step: str, command: str, *arguments: str) -> None:
    """Returns only if the step was never reached."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trustbook.settings")
    django.setup()
    name, _, times = step.partition("#")
    die_after(name, int(times or 1))
    print(AS_A_BROWSER.get(command, partial(call_command, command))(*arguments))


if __name__ == "__main__":
    main(*sys.argv[1:])
