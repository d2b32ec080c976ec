"""Lessons of a therapist's own, as they are kept and as they are sent."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from exercises.care import lesson_versions
from exercises.care.lesson_versions import Draft
from exercises.models import Assignment, CareLink, OwnLesson
from tests.exercises.care_of import assigned
from tests.exercises.workbook import post_form
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark

TITLE = "The harbour at night"
WORDS = "Look for the lantern first."
RENDERED = {"html": f'<p id="b1">{WORDS}</p>', "intro": "", "headings": []}
ASKED: dict[str, Any] = {
    "id": "q-0123456789ab",
    "kind": "text",
    "ask": "Which lantern did you see?",
}
STEP: dict[str, Any] = {
    "id": "q-ba9876543210",
    "kind": "choice",
    "ask": "Where?",
    "options": {"home": "At home", "out": "Out"},
}


def source(title: str = TITLE, text: str = WORDS, *prompts: dict[str, Any]) -> dict[str, Any]:
    """A lesson as it is kept."""
    exercise = {"prompts": list(prompts or (ASKED, STEP))}
    about = {"title": title, "summary": "One evening.", "minutes": 5}
    return {**about, "exercise": exercise, "text": text}


def written(therapist: User, title: str = TITLE, **more: Any) -> OwnLesson:
    """A lesson with one version, made without the pages."""
    said = source(title, **more)
    version = lesson_versions.save(
        therapist, uuid.uuid4(), Draft(said, RENDERED, None, uuid.uuid4())
    )
    return version.row


def rewritten(therapist: User, row: OwnLesson, title: str) -> OwnLesson:
    """The same with another version, in which it is called otherwise."""
    draft = Draft(source(title), RENDERED, row.head_id, uuid.uuid4())
    return lesson_versions.save(therapist, row.pk, draft).row


def given(link: CareLink, row: OwnLesson, **more: Any) -> Assignment:
    """It is assigned, as it stands now."""
    assignment = assigned(link, lesson=row.lesson_id, **more)
    assignment.version = row.head
    assignment.save(update_fields=["version"])
    return assignment


def typed(*questions: dict[str, Any], **lesson: Any) -> dict[str, Any]:
    """The fields of the form, filled in soundly but for what is given."""
    asked = questions or ({"ask": "Which lantern did you see?"},)
    fields: dict[str, Any] = {"title": TITLE, "summary": "One evening.", "minutes": "5"}
    fields |= {"text": WORDS, "intro": ""} | lesson | {"questions": str(len(asked))}
    for number, question in enumerate(asked):
        whole = {"kind": "text", **question}
        fields |= {f"q{number}-{name}": value for name, value in whole.items()}
    return fields


class Desk:
    """A therapist's browser on the pages of their lessons."""

    def __init__(self, browser: Client, therapist: User) -> None:
        self.browser, self.therapist = browser, therapist

    def send(self, path: str, fields: dict[str, Any], *, script: bool = False, **more: Any) -> Any:
        """Posts the form, with the owner's mark and a token unless one is given."""
        sent = {"owner": owner_mark(self.therapist), "lesson:token": str(uuid.uuid4()), **fields}
        body = urlencode(sent | {name.replace("_", ":"): text for name, text in more.items()})
        return post_form(self.browser, path, body, script=script)

    def save_new(self, fields: dict[str, Any], **more: Any) -> Any:
        """The first save of a lesson."""
        return self.send("/care/lessons/new/save/", fields, **more)

    def save(self, row: OwnLesson, fields: dict[str, Any], **more: Any) -> Any:
        """A later one, from the newest version unless another ``lesson_base`` is given."""
        more = {"lesson_base": str(row.head_id), **more}
        return self.send(f"/care/lessons/{row.pk}/save/", fields, **more)
