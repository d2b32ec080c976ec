"""A page of the workbook, as a browser holds it."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from exercises.models import Answer, Pulse
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark

FORM = "application/x-www-form-urlencoded"
SCRIPT = {"Accept": "application/json"}
"""What a fetch says; without it, a browser without scripts asks."""

Typed = str | list[str] | dict[str, Any]


class Workbook:
    """One person's page of one lesson: sends what a browser would send."""

    def __init__(self, browser: Client, person: User, lesson: str = "every-kind") -> None:
        self.browser, self.person, self.lesson = browser, person, lesson
        self.owner = owner_mark(person)

    def save(self, prompt: str, typed: Typed, *, script: bool = True, **changes: Any) -> Any:
        """Sends one prompt; ``changes`` are those of ``fields``."""
        fields = {"owner": self.owner} | self.fields(prompt, typed, **changes)
        return self.post(f"/workbook/save/{self.lesson}/{prompt}/", fields, script=script)

    def saved(self, prompt: str, typed: Typed, **changes: Any) -> str:
        """The revision that a save, which must succeed, has made."""
        response = self.save(prompt, typed, **changes)
        assert response.status_code == 200, response.content
        return str(response.json()["revision"])

    def send(self, *prompts: Mapping[str, Any], **more: str) -> Any:
        """Sends the whole page with the fields of these prompts, as without scripts."""
        fields: dict[str, Any] = {"owner": self.owner}
        for prompt in prompts:
            fields |= prompt
        return self.post(f"/workbook/save/{self.lesson}/", fields | more, script=False)

    def fields(
        self, prompt: str, typed: Typed, *, base: str = "", token: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """The fields of one prompt; a dict of parts is sent as ``prompt.part``."""
        parts = (
            {f"{prompt}.{part}": text for part, text in typed.items()}
            if isinstance(typed, dict)
            else {prompt: typed}
        )
        hidden = {f"{prompt}:base": base, f"{prompt}:token": token or str(uuid.uuid4())}
        return parts | hidden | {f"{prompt}:{name}": value for name, value in more.items()}

    def post(self, path: str, fields: Mapping[str, Any], *, script: bool = True) -> Any:
        """Posts a form."""
        return post_form(self.browser, path, urlencode(fields, doseq=True), script=script)

    def answer(self, prompt: str) -> Answer:
        """The stored answer to a prompt."""
        return Answer.objects.of(self.person).get(lesson_id=self.lesson, prompt_id=prompt)

    def value(self, prompt: str) -> Any:
        """What the newest revision of an answer says."""
        answer = self.answer(prompt)
        return answer.open(answer.head, self.person).value

    def history(self, prompt: str) -> list[Any]:
        """What all revisions of an answer say, in the order of saving."""
        answer = self.answer(prompt)
        revisions = answer.revisions.order_by("saved_at", "pk")
        return [answer.open(revision, self.person).value for revision in revisions]

    def nothing_saved(self) -> bool:
        """Whether the person has written nothing at all."""
        return not Answer.objects.exists() and not Pulse.objects.exists()


def post_form(browser: Client, path: str, body: str | bytes, *, script: bool = True) -> Any:
    """Posts ``body`` as a form, as a script or as a plain browser."""
    return browser.post(path, body, content_type=FORM, headers=SCRIPT if script else {})
