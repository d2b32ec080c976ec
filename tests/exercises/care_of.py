"""What a therapist and their client have, made without their pages."""

from datetime import date
from typing import Any

from django.test import Client

from exercises.models import Assignment, CareLink, Share
from tests.exercises.workbook import Workbook

CANARY = "a heron stood in the rain"
SAID = "read it slowly, and only once"


def shared(link: CareLink, browser: Client, prompt: str = "moment", text: Any = CANARY) -> Share:
    """An answer that the therapist is shown; ``browser`` is the client's."""
    book = Workbook(browser, link.client)
    book.saved(prompt, text)
    answer = book.answer(prompt)
    pin = Share.fields_of(answer, answer.head)
    return Share.objects.create(
        owner=link.client, care=link, audience="therapist", since="2026-05-03", **pin
    )


def assigned(
    link: CareLink, lesson: str = "every-kind", note: str = SAID, **days: date
) -> Assignment:
    """A lesson that was given to the client."""
    row = Assignment(link=link, lesson_id=lesson, assigned_on=date(2026, 5, 3), **days)
    row.seal_note(link, note)
    row.save()
    return row
