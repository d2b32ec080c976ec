"""The page of one topic, as one of two people holds it."""

import re
from typing import Any

from django.test import Client

from exercises.models import Ready
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import User

MOMENT = "answer.every-kind.moment"
THEIRS = "answer.every-kind.theirs"


class Reveal:
    """One person's page: sends what a browser would send."""

    def __init__(self, browser: Client, person: User, topic: str = MOMENT) -> None:
        self.browser, self.person, self.topic = browser, person, topic
        self.path = f"/together/reveal/{topic}/"
        self.book = Workbook(browser, person)

    def get(self, status: int = 200) -> str:
        """The page."""
        response = self.browser.get(self.path)
        assert response.status_code == status
        return str(response.content.decode())

    def seen(self, page: str) -> str:
        """The revisions that a page would send; of two, the newest."""
        return str(re.findall(r'name="seen" value="([^"]*)"', page)[-1])

    def ready(self, seen: str | None = None) -> Any:
        """Presses “I am ready” on the page as it is now, or as it was when it had ``seen``."""
        return self.browser.post(
            self.path, {"seen": self.seen(self.get()) if seen is None else seen}
        )

    def close(self, *, was_open: bool = False) -> Any:
        """Takes back, or closes for both."""
        return self.browser.post(f"{self.path}close/", {"open": "1"} if was_open else {})

    def says(self, *words: str) -> list[bool]:
        """Which of these stand in the page."""
        page = self.get()
        return [word in page for word in words]


def states() -> list[tuple[str, bool]]:
    """Each row of being ready: the topic, and whether it is open."""
    return sorted((row.topic, row.opened_on is not None) for row in Ready.objects.all())


def masked(page: str) -> str:
    """A page without the token that is new each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", page)
