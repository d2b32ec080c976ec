"""The page of one day's private note, as a therapist's browser holds it."""

import uuid
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from exercises.models import SessionNote
from tests.exercises.workbook import Typed, Workbook
from trustbook.accounts.models import User


class NoteBook(Workbook):
    """Sends what a browser would send."""

    def __init__(
        self, browser: Client, person: User, file: uuid.UUID, day: date | None = None
    ) -> None:
        super().__init__(browser, person)
        self.file, self.day = file, day or timezone.localdate()

    def at(self, what: str = "") -> str:
        """The address of the note, or of what can be done with it."""
        return f"/care/clients/{self.file}/notes/{self.day}/" + (f"{what}/" if what else "")

    def save(self, prompt: str, typed: Typed, *, script: bool = True, **changes: Any) -> Any:
        """Sends the note."""
        fields = {"owner": self.owner} | self.fields(prompt, typed, **changes)
        return self.post(self.at("save"), fields, script=script)

    def row(self) -> SessionNote:
        """The stored note."""
        return SessionNote.objects.select_related("head").get(file=self.file, day=self.day)

    def texts(self) -> list[str]:
        """What all its versions say, in the order of saving."""
        row = self.row()
        order = ("saved_at", "pk")
        return [row.open(one, self.person).value for one in row.revisions.order_by(*order)]
