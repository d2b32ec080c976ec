"""``python -m tests.bench.seed``: makes a person with answers; prints what a client needs."""

import json
import uuid
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from tests.bench.course import ANSWERS, CLIENTS, LESSON, PAGE  # noqa: E402
from tests.conftest import a_therapist, at_the_desk  # noqa: E402
from tests.exercises.care.many import many_clients  # noqa: E402
from trustbook.accounts.models import User  # noqa: E402
from trustbook.accounts.owner_mark import owner_mark  # noqa: E402


def seed() -> dict[str, str]:
    """Cookie header, CSRF token and owner's mark."""
    user = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", "a bench's password")
    browser = Client(headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
    browser.force_login(user)
    browser.get(PAGE)
    posted = ANSWERS | {f"{name}:token": str(uuid.uuid4()) for name in ANSWERS}
    response = browser.post(
        f"/workbook/save/{LESSON}/",
        urlencode(
            posted
            | {
                "owner": owner_mark(user),
                "csrfmiddlewaretoken": browser.cookies[settings.CSRF_COOKIE_NAME].value,
            }
        ),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200, response.content
    lists = {f"{number} clients": list_of(number) for number in CLIENTS}
    return lists | {
        "cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items()),
        "csrf": browser.cookies[settings.CSRF_COOKIE_NAME].value,
        "owner": owner_mark(user),
    }


def list_of(number: int) -> str:
    """The cookie header of a therapist with so many clients."""
    therapist = a_therapist(f"{uuid.uuid4().hex}@example.org")
    with transaction.atomic():
        many_clients(therapist, number)
    desk = at_the_desk(therapist)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in desk.cookies.items())


if __name__ == "__main__":
    print(json.dumps(seed()))
