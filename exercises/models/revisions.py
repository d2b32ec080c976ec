"""What answers, pulses and joint answers have in common: a chain of sealed revisions."""

import json
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import models
from django.utils import timezone

from lessons.kinds import BasePrompt, Value, prompt_from
from trustbook.lib import encryption


class Immutable(Exception):
    """A revision is never changed; a correction is another revision."""


@dataclass(frozen=True)
class Opened:
    """A decrypted revision: the question as it was asked then, and the answer."""

    snapshot: dict[str, Any]
    value: Value

    @property
    def prompt(self) -> BasePrompt:
        """The prompt as it was asked."""
        return prompt_from(self.snapshot)

    def asked_as(self, prompt: BasePrompt) -> bool:
        """Whether ``prompt`` still asks this, so that the answer can be edited where it stands."""
        same = all(self.snapshot.get(key) == said for key, said in prompt.question.items())
        return same and prompt.fits(self.value)


class Revision(models.Model):
    """One acknowledged save, never changed (a trigger refuses it as well)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    base = models.UUIDField(null=True)
    """The revision that the writer's page began from."""
    token = models.UUIDField()
    """The idempotency key: the same save sent twice is one revision."""
    aside = models.BooleanField(default=False)
    """Begun from a revision that was no longer the newest: kept beside it, not over it."""
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(default=timezone.now)

    order: ClassVar[tuple[str, ...]] = ("saved_at", "pk")
    """The first save first."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"revision {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts. Raises ``Immutable`` for a revision that is stored already."""
        if not self._state.adding:
            raise Immutable(f"{self} is stored and stays as it is")
        super().save(*args, **kwargs)

    @property
    def dated(self) -> dict[str, Any]:
        """The field that says when it was saved; nothing where that is not kept."""
        return {"saved_at": self.saved_at} if self.saved_at else {}

    @property
    def rank(self) -> tuple[Any, int]:
        """What sorts the revisions of a row as ``order`` does."""
        return (self.saved_at or not self.aside, self.pk.int)


class LiveManager(models.Manager[Any]):
    """The default manager of an ``Own``: what was deleted is not there, whoever asks."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """All but what was deleted."""
        return super().get_queryset().filter(deleted_at=None)


class HiddenManager(models.Manager[Any]):
    """What was deleted and is not purged yet; for undoing and purging only."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Nothing but what was deleted."""
        return super().get_queryset().filter(deleted_at__isnull=False)


class Keeper(Protocol):
    """Under whose key something is: a person, or a couple."""

    pk: Any

    def data_key(self) -> bytes:
        """32 bytes. Raises ``vault.KeyGone`` once the key is destroyed."""


class Kept(models.Model):
    """A row that keeps every revision of what was written in one place.

    A concrete class has a foreign key to its ``keeper``, ``head``, the newest revision, and
    revisions whose ``row`` names that class.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    head: Any
    head_id: uuid.UUID
    revisions: Any
    keeper: ClassVar[str]
    """The field that names whose key this is under."""
    place: ClassVar[bytes]
    """What tells this table's ciphertexts from those of another."""
    where: ClassVar[tuple[str, ...]]
    """The fields that tell one row of a keeper from another."""

    class Meta:
        abstract = True

    def seal(self, revision: Revision, keeper: Keeper, prompt: BasePrompt, value: Value) -> None:
        """Encrypts wording and value into ``revision``, as one text whose length says little."""
        plain = encryption.pack(
            [to_json(prompt.snapshot()), to_json(value)], rooms=[0, prompt.room()]
        )
        revision.sealed = encryption.seal(keeper.data_key(), plain, self._associated(revision))

    def open(self, revision: Revision, keeper: Keeper) -> Opened:
        """Decrypts. Raises ``Unreadable`` for bytes that were changed or moved to another row."""
        plain = encryption.unseal(
            keeper.data_key(), bytes(revision.sealed), self._associated(revision)
        )
        snapshot, value = encryption.unpack(plain, 2)
        return Opened(json.loads(snapshot), json.loads(value))

    def _associated(self, revision: Revision) -> bytes:
        """Binds a ciphertext to its table, keeper, row and revision."""
        keeper: uuid.UUID = getattr(self, f"{self.keeper}_id")
        return self.place + keeper.bytes + self.pk.bytes + revision.pk.bytes


class Own(Kept):
    """What one person keeps, under their own key.

    Its ``objects`` are a ``LiveManager``, its ``hidden`` a ``HiddenManager``. Where a row must be
    one of its kind, that holds for live ones only: who has deleted an answer may answer anew.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    deleted_at = models.DateTimeField(null=True)
    """Deleted by its author: hidden since then, purged when it can no longer be undone."""

    hidden: ClassVar["HiddenManager"]
    author_id: uuid.UUID
    keeper: ClassVar[str] = "author"

    class Meta:
        abstract = True


def to_json(value: Value) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
