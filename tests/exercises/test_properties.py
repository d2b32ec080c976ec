"""Whatever several pages do with one answer, in whatever order: nothing acknowledged is lost.

Hypothesis makes the sequences up: saves, the same save again, other texts under an old token, stale
bases, whole pages, versions brought back, pages opened anew.
"""

import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from exercises.models import AnswerRevision
from tests.conftest import signed_in
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import User

pytestmark = pytest.mark.postgres
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=12)
PAGES, NUMBERS = st.integers(0, 2), st.integers(0, 99)


@dataclass
class Tab:
    """What one tab knows: the revision it goes on from, and what it sent last."""

    base: str = ""
    token: str = field(default_factory=lambda: str(uuid.uuid4()))
    sent: str = ""


class OneAnswer(RuleBasedStateMachine):
    """Three tabs of one person on one question."""

    @initialize()
    def begin(self) -> None:
        self.atomic = [transaction.atomic(), transaction.atomic("keys")]
        for block in self.atomic:
            block.__enter__()
        self.trial = override_settings(CONTENT_DIRS=[Path(__file__).parent.parent / "content"])
        self.trial.enable()
        writer = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)
        self.book = Workbook(signed_in(writer), writer)
        self.tabs = [Tab(), Tab(), Tab()]
        self.acknowledged: list[str] = []
        self.sealed: dict[Any, bytes] = {}

    @rule(page=PAGES, text=TEXTS)
    def save(self, page: int, text: str) -> None:
        """A tab sends what was typed, under a new token."""
        self._send(self.tabs[page], text, str(uuid.uuid4()))

    @rule(page=PAGES)
    def send_again(self, page: int) -> None:
        """The reply was lost, so the same is sent once more."""
        tab = self.tabs[page]
        self._send(tab, tab.sent, tab.token)

    @rule(page=PAGES, text=TEXTS)
    def use_a_token_twice(self, page: int, text: str) -> None:
        """A page that was refused comes back with its token and another text."""
        tab = self.tabs[page]
        self._send(tab, text, tab.token)

    @rule(page=PAGES)
    def empty(self, page: int) -> None:
        """The text is taken out."""
        self._send(self.tabs[page], "", str(uuid.uuid4()))

    @rule(page=PAGES, text=TEXTS)
    def save_whole_page(self, page: int, text: str) -> None:
        """Without scripts: the tab goes on from the page that comes back."""
        tab = self.tabs[page]
        fields = self.book.fields("moment", text, base=tab.base)
        response = self.book.send(fields)
        assert response.status_code in (200, 409)
        self.acknowledged.append(text)
        tab.base = self._head()

    @rule(page=PAGES)
    def open_anew(self, page: int) -> None:
        """The page is loaded again."""
        self.tabs[page] = Tab(base=self._head())

    @precondition(lambda self: self.sealed)
    @rule(version=NUMBERS, base=NUMBERS)
    def bring_back(self, version: int, base: int) -> None:
        """From a history page, which may be older than the newest text."""
        revisions = [str(pk) for pk in self.sealed]
        fields = {
            "owner": self.book.owner,
            "token": str(uuid.uuid4()),
            "revision": revisions[version % len(revisions)],
            "base": revisions[base % len(revisions)],
        }
        path = f"/workbook/answers/{self.book.answer('moment').pk}/bring-back/"
        assert self.book.post(path, fields).status_code == 200

    def _send(self, tab: Tab, text: str, token: str) -> None:
        response = self.book.save("moment", text, base=tab.base, token=token)
        assert response.status_code in (200, 409)
        tab.token, tab.sent = token, text
        if text or self.sealed:
            self.acknowledged.append(text)
        reply = response.json()
        tab.base = reply["revision"] if response.status_code == 200 else tab.base

    def _head(self) -> str:
        found = AnswerRevision.objects.filter(row__author=self.book.person)
        return str(self.book.answer("moment").head_id) if found else ""

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every acknowledged text is a revision, and no revision changed or went."""
        stored = AnswerRevision.objects.filter(row__author=self.book.person)
        now = {one.pk: bytes(one.sealed) for one in stored.order_by("saved_at")}
        assert {pk: now.get(pk) for pk in self.sealed} == self.sealed
        self.sealed = now
        if not now:
            assert self.acknowledged == []
            return
        history = self.book.history("moment")
        assert [text for text in self.acknowledged if text not in history] == []
        assert self.book.answer("moment").head_id in now
        assert not self.book.answer("moment").head.aside

    @invariant()
    def the_page_shows_the_newest(self) -> None:
        """What stands in the inputs is the head."""
        if self.sealed:
            shown = self.book.browser.get("/workbook/trial/every-kind/").content.decode()
            assert f'name="moment:base" value="{self._head()}"' in shown

    def teardown(self) -> None:
        """As if it had never been."""
        if hasattr(self, "atomic"):
            self.trial.disable()
            for name, block in zip(("default", "keys"), self.atomic, strict=True):
                transaction.set_rollback(True, name)
                block.__exit__(None, None, None)


@pytest.mark.usefixtures("trial")
def test_whatever_is_done_with_one_answer_nothing_is_lost():
    run_state_machine_as_test(
        OneAnswer,
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
