"""The pages of consent, as a browser walks through them."""

import re
import uuid
from typing import Any

from django.test import Client

from exercises.access import Row
from exercises.models import Answer, Couple, Ready, ReadyPin, Share
from trustbook.accounts.models import User


def path(row: Row) -> str:
    """The page of one row."""
    return f"/sharing/{row.pk}/"


def fields(html: str, button: str) -> tuple[str, dict[str, str]]:
    """Where the form with this button is sent, and with which hidden fields."""
    forms = re.findall(r"<form([^>]*)>(.*?)</form>", html, re.DOTALL)
    [(start, inner)] = [form for form in forms if f"{button}<" in form[1]]
    action = re.search(r'action="([^"]*)"', start)
    assert action
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', inner)
    return action[1], dict(pairs)


def pressed(browser: Client, html: str, button: str) -> Any:
    """What comes back from pressing a button of a page."""
    action, sent = fields(html, button)
    return browser.post(action, sent)


def looked(browser: Client, row: Row) -> Any:
    """The page between the two steps."""
    page = browser.get(path(row)).content.decode()
    newer = "Share the newer text instead"
    return pressed(browser, page, newer if newer in page else "Share it with your partner")


def shared(browser: Client, row: Row) -> Any:
    """What comes back from the second step."""
    return pressed(browser, looked(browser, row).content.decode(), "Share it")


def confirm(browser: Client, row: Row, seen: Any, **changes: str) -> Any:
    """The second step without the first one."""
    sent = {"step": "confirm", "audience": "partner", "revision": str(seen)}
    return browser.post(path(row), sent | changes)


def now_shown(owner: User) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Rows and revisions that the owner shows."""
    shares = Share.objects.filter(owner=owner).order_by("answer__prompt_id", "pulse__week")
    return [(share.row_id, share.revision_id) for share in shares]


def chosen(couple: Couple, person: User, answer: Answer, opened_on: str | None) -> None:
    """``person`` is ready to open this answer; with a day, it is open on their side."""
    ready = Ready.objects.create(
        couple=couple, person=person, topic="answer.every-kind.moment", opened_on=opened_on
    )
    pin = Share.fields_of(answer, answer.head)
    ReadyPin.objects.create(ready=ready, **pin)
