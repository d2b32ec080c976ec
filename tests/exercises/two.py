"""What two people who share a workbook have, made without their pages."""

import uuid
from typing import Any

from django.test import Client

from exercises import access
from exercises.models import Couple, JointAnswer, Share
from exercises.recording import Draft, Recorded, record
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import User

CANARY = "a heron stood in the rain"


def joint(
    couple: Couple, writer: User, text: Any, lesson: str = "every-kind", prompt: str = "moment"
) -> Recorded | None:
    """A joint answer of the couple that says ``text``."""
    asked = access.prompt_of(access.lesson_with(lesson), prompt)
    draft = Draft(text, None, uuid.uuid4())
    where = {"lesson_id": lesson, "prompt_id": prompt}
    return record(JointAnswer, where, couple, asked, draft, writer=writer)


def shared(
    couple: Couple, owner: User, browser: Client, prompt: str = "moment", text: str = CANARY
) -> Share:
    """An answer that the partner is shown."""
    book = Workbook(browser, owner)
    book.saved(prompt, text)
    answer = book.answer(prompt)
    pin = Share.fields_of(answer, answer.head)
    return Share.objects.create(
        owner=owner, couple=couple, audience="partner", since="2026-05-03", **pin
    )
