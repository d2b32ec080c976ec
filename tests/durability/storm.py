"""People write while servers and databases are killed; then every told success is looked for."""

import random
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Condition, Event

from exercises.models import AnswerRevision
from tests.durability.browser import Browser, NotSaved, signed_in_person
from tests.durability.installation import Installation
from trustbook.accounts.models import User

PEOPLE, TABS = 2, 2
PATIENCE = 60.0
"""Seconds in which something must happen."""
LONGEST_CALM = 0.3
"""Seconds of writing, at most, between the saves that are waited for and a kill."""


class Storm:
    """Two people with two tabs each, all four writing into one prompt of their owner's page."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.told: list[tuple[User, str]] = []
        """What its writer was told is saved."""
        self.statuses: Counter[str] = Counter()
        self.news = Condition()
        self.up, self.over = Event(), Event()
        people = [signed_in_person() for _ in range(PEOPLE)]
        self.tabs = [(person, cookies) for person, cookies in people for _ in range(TABS)]

    def rage(self, kills: int, saves: int, strike: Callable[[int], None]) -> None:
        """``kills`` times ``strike(number)``, which leaves all up again, and calm at the end.

        Before each strike ``saves`` texts must have been saved since the last one.
        """
        self.up.set()
        with ThreadPoolExecutor(len(self.tabs)) as hands:
            writing = [hands.submit(self._write, *tab) for tab in self.tabs]
            try:
                for number in range(kills):
                    self._wait_for(1)  # all processes are there
                    self.installation.hold_back()
                    self._wait_for(saves)
                    self.over.wait(random.uniform(0, LONGEST_CALM))
                    self.up.clear()
                    strike(number)
                    self.up.set()
                self._wait_for(saves)
            finally:
                self.over.set()
                self.up.set()
                for one in writing:
                    one.result(PATIENCE)  # or what went wrong there

    def lost(self) -> list[str]:
        """The texts whose writers were told that they are saved, and which are in no history."""
        kept = {person.pk: set(history(person)) for person, _ in self.told}
        return [text for person, text in self.told if text not in kept[person.pk]]

    def _wait_for(self, saves: int) -> None:
        with self.news:
            enough = len(self.told) + saves
            assert self.news.wait_for(lambda: len(self.told) >= enough, PATIENCE), self.statuses

    def _write(self, person: User, cookies: dict[str, str]) -> None:
        """One tab: text after text, each sent again until its fate is known."""
        browser = Browser(self.installation, cookies)
        while not self.over.is_set():
            text, token = f"text {uuid.uuid4()}", str(uuid.uuid4())
            while not self._tried(browser, person, text, token) and not self.over.is_set():
                self.up.wait(PATIENCE)
        browser.close()

    def _tried(self, browser: Browser, person: User, text: str, token: str) -> bool:
        try:
            if not browser.hidden:
                browser.open()
            status = browser.save(text, token)
        except NotSaved:
            self.statuses["failed"] += 1
            return False
        with self.news:
            self.told.append((person, text))
            self.statuses[str(status)] += 1
            self.news.notify_all()
        return True


def history(person: User) -> list[str]:
    """What all that a person ever saved says, decrypted."""
    revisions = AnswerRevision.objects.filter(row__author=person).select_related("row")
    return [str(revision.row.open(revision, person).value) for revision in revisions]
