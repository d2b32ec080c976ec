"""The promise ledger of two people: what was promised, and what each of them says became of it."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from exercises.models.couple import Couple
from exercises.models.revisions import Immutable
from trustbook.lib import encryption

ROOM_OF_A_DAY = len("2026-05-03")


class State(models.TextChoices):
    """What somebody may say became of a promise; whoever has said nothing calls it open."""

    OPEN = "open", "still open"
    KEPT = "kept", "kept"
    NOT_KEPT = "not-kept", "not kept"
    CHANGED = "changed", "changed before it was due"
    OTHERWISE = "otherwise", "remembered otherwise"


ROOM_OF_A_STATE = max(len(state) for state in State.values)


@dataclass(frozen=True)
class Wording:
    """What a promise says."""

    what: str
    until: str
    """Until when, in words; may be empty."""
    due: date | None

    @property
    def when(self) -> str:
        """``each evening, by 3 May 2026``; empty where neither is said."""
        by = f"by {self.due.day} {self.due:%B %Y}" if self.due else ""
        return ", ".join(part for part in (self.until, by) if part)


class Sealed(models.Model):
    """Something said once, under the couple's key. It is never changed; a trigger refuses it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.UUIDField()
    """The idempotency key: the same thing sent twice is one."""
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts. Raises ``Immutable`` for what is stored already."""
        if not self._state.adding:
            raise Immutable(f"{self} is stored and stays as it is")
        super().save(*args, **kwargs)


class Promise(Sealed):
    """A promise as somebody wrote it down. It stays as it is: a changed promise is another one."""

    couple = models.ForeignKey(Couple, models.CASCADE, related_name="+")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    """Who promised; the other one was promised it."""
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    """Who wrote it down."""
    written_on = models.DateField()
    """The day of writing it down, as its writer had it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["couple", "token"], name="one_promise_per_token")
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"

    def seal(self, couple: Couple, wording: Wording) -> None:
        """Encrypts what it says; whether there is a date cannot be told from the length."""
        due = wording.due.isoformat() if wording.due else ""
        parts = [part.encode() for part in (wording.what, wording.until, due)]
        plain = encryption.pack(parts, rooms=[0, 0, ROOM_OF_A_DAY])
        self.sealed = encryption.seal(couple.data_key(), plain, self._associated())

    def open(self, couple: Couple) -> Wording:
        """Decrypts. Raises ``Unreadable`` for bytes that were changed or moved to another row."""
        plain = encryption.unseal(couple.data_key(), bytes(self.sealed), self._associated())
        what, until, due = (part.decode() for part in encryption.unpack(plain, 3))
        return Wording(what, until, date.fromisoformat(due) if due else None)

    def _associated(self) -> bytes:
        """Binds it to its table, couple and row, and to who promised and who wrote it down."""
        people = self.maker_id.bytes + self.writer_id.bytes
        return b"promise " + self.couple_id.bytes + self.pk.bytes + people


class PromiseView(Sealed):
    """What one of the two says became of a promise; said again, the later one counts."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="views")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    said_on = models.DateField()
    """The day of saying so, as that person had it: all that anybody is shown of when."""
    said_at = models.DateTimeField(default=timezone.now)
    """Only tells the later from the earlier."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "token"], name="one_view_per_token")
        ]

    def __str__(self) -> str:
        return f"view of a promise {self.pk}"

    def seal(self, couple: Couple, state: State) -> None:
        """Encrypts what is said; every state makes as many bytes."""
        plain = encryption.pack([state.value.encode()], rooms=[ROOM_OF_A_STATE])
        self.sealed = encryption.seal(couple.data_key(), plain, self._associated(couple))

    def open(self, couple: Couple) -> State:
        """Decrypts. Raises ``Unreadable`` for bytes that were changed or moved to another row."""
        plain = encryption.unseal(couple.data_key(), bytes(self.sealed), self._associated(couple))
        [state] = encryption.unpack(plain, 1)
        return State(state.decode())

    def _associated(self, couple: Couple) -> bytes:
        """Binds it to its table, couple, promise and row, and to who says it."""
        row = self.promise_id.bytes + self.pk.bytes
        return b"view of a promise " + couple.pk.bytes + row + self.person_id.bytes
