"""The promise ledger as two browsers hold it."""

import re
import uuid
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from exercises import access
from exercises.models import Promise
from exercises.models.promise import State, Wording
from exercises.together import ledger_of_promises as ledger
from tests.exercises.workbook import post_form
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark

PROMISES = "/together/promises/"
CALL = "Call if later than half past six"


def written(
    person: User, what: str = CALL, until: str = "", due: date | None = None, *, by_me: bool = True
) -> Promise:
    """A promise that a person has written down."""
    wording = Wording(what, until, due)
    return ledger.write_down(person, by_me=by_me, wording=wording, token=uuid.uuid4())


def says(person: User, promise: Promise, state: State) -> None:
    """A person says what became of it."""
    ledger.say(person, promise.pk, state, uuid.uuid4())


def views(person: User) -> list[tuple[str, str, str]]:
    """What a person is shown: each promise, what they say and what their partner says."""
    couple = access.own_couple(person)
    found = access.promises_of(couple, person)
    return [(one.wording.what, one.mine.value, one.theirs.value) for one in found]


def fields(person: User, **changes: Any) -> dict[str, Any]:
    """What the form of a new promise sends."""
    filled = {"by": "me", "what": CALL, "until": "each evening", "due": ""}
    hidden = {"owner": owner_mark(person), "promise:token": uuid.uuid4()}
    return filled | hidden | changes


def write(browser: Client, person: User, **changes: Any) -> Any:
    """Sends it."""
    return post_form(
        browser, f"{PROMISES}write/", urlencode(fields(person, **changes)), script=False
    )


def say(browser: Client, person: User, promise: Any, state: str, **changes: Any) -> Any:
    """Sends the form on a promise's own page."""
    sent = {"state": state, "owner": owner_mark(person), "promise:token": uuid.uuid4()} | changes
    return post_form(browser, f"{PROMISES}{promise}/say/", urlencode(sent), script=False)


def text_of(response: Any) -> str:
    """The words of a page, each stretch of white space one blank."""
    html = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", "<" + main).split())
