"""What a therapist sends from the pages of assigning and of pathways."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from exercises.models import Assignment, CareLink
from tests.exercises.workbook import FORM
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark

ASSIGN = "/care/assign/"


def send(desk: Client, therapist: User, path: str, **fields: Any) -> Any:
    """Posts a form of the therapist's; a list is sent as several values."""
    sent = {"owner": owner_mark(therapist), "token": str(uuid.uuid4())} | fields
    return desk.post(path, urlencode(sent, doseq=True), content_type=FORM)


def confirm(desk: Client, therapist: User, **fields: Any) -> Any:
    """The first step and, if it leads to a second, that one too."""
    fields = {"token": str(uuid.uuid4())} | fields
    response = send(desk, therapist, ASSIGN, **fields)
    if mark := (response.context or {}).get("mark"):
        return send(desk, therapist, ASSIGN, **fields | {"step": "confirm", "mark": mark})
    return response


def given(link: CareLink) -> list[tuple[str, Any, Any, str]]:
    """What a client was assigned: lesson, first day, due day, note."""
    rows = Assignment.objects.filter(link=link).order_by("position", "lesson_id")
    return [(row.lesson_id, row.starts_on, row.due_on, row.note(link)) for row in rows]
