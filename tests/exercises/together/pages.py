"""The page on which two people write together, as one of them holds it."""

import uuid
from typing import Any

from django.test import Client

from exercises import access
from exercises.models import JointAnswer
from exercises.together.writing import is_of
from tests.exercises.workbook import Typed, Workbook
from trustbook.accounts.models import User


class Ours(Workbook):
    """One person's page of one place; sends what a browser would send."""

    def __init__(self, browser: Client, person: User, lesson: str = "for-two") -> None:
        super().__init__(browser, person, lesson)

    def at(self, prompt: str = "line", what: str = "") -> str:
        """The address of the page, or of what can be done there."""
        return f"/together/ours/{self.lesson}/{prompt}/" + (f"{what}/" if what else "")

    def get(self, prompt: str = "line", what: str = "") -> Any:
        """What the browser shows."""
        return self.browser.get(self.at(prompt, what))

    def save(self, prompt: str, typed: Typed, *, script: bool = True, **changes: Any) -> Any:
        """Sends what was typed; ``changes`` are those of ``fields``."""
        fields = {"owner": self.owner} | self.fields(prompt, typed, **changes)
        return self.post(self.at(prompt, "save"), fields, script=script)

    def press(self, what: str, prompt: str = "line", **fields: Any) -> Any:
        """Sends a form of one button; without ``fields`` to say otherwise, the one of the page."""
        form = {"owner": self.owner, "token": uuid.uuid4()} | fields
        return self.post(self.at(prompt, what), form, script=False)

    def asked(self, what: str, prompt: str = "line") -> dict[str, Any]:
        """The hidden fields of the page that asks before something is done."""
        context = self.get(prompt, what).context
        if what == "delete":
            return {"seen": context["row"].head_id}
        before = context["before"]
        base = before.revision.pk if before else ""
        return {"text": context["going"].revision.pk, "base": base}

    @property
    def row(self) -> JointAnswer:
        """What is stored of the prompt ``line``."""
        found = access.joint_answer(access.own_couple(self.person), self.lesson, "line")
        assert found
        return found

    def said(self) -> list[tuple[str, str, bool]]:
        """Each version in the order of saving: what it says, whose it is, and if kept aside."""
        row, couple = self.row, access.own_couple(self.person)
        return [
            (
                row.open(one, couple).value,
                "mine" if is_of(self.person, one) else "theirs",
                one.aside,
            )
            for one in access.revisions_of(row)
        ]

    def newest(self) -> str:
        """What the newest version says."""
        row = self.row
        return str(row.open(row.head, access.own_couple(self.person)).value)
