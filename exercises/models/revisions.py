"""What answers and pulses (later joint answers too) have in common: a chain of sealed revisions."""

import json
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from lessons.kinds import BasePrompt, Value, prompt_from
from trustbook.accounts.models import User
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

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"revision {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts. Raises ``Immutable`` for a revision that is stored already."""
        if not self._state.adding:
            raise Immutable(f"{self} is stored and stays as it is")
        super().save(*args, **kwargs)


class LiveManager(models.Manager[Any]):
    """The default manager of a ``Kept``: what was deleted is not there, whoever asks."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """All but what was deleted."""
        return super().get_queryset().filter(deleted_at=None)


class HiddenManager(models.Manager[Any]):
    """What was deleted and is not purged yet; for undoing and purging only."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Nothing but what was deleted."""
        return super().get_queryset().filter(deleted_at__isnull=False)


class Kept(models.Model):
    """A row that keeps every revision of what its author wrote in one place.

    A concrete class has ``head``, the newest, and revisions whose ``row`` names that class; its
    ``objects`` are a ``LiveManager``, its ``hidden`` a ``HiddenManager``. Where a row must be one
    of its kind, that holds for live ones only: who has deleted an answer may answer anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    deleted_at = models.DateTimeField(null=True)
    """Deleted by its author: hidden since then, purged when it can no longer be undone."""

    hidden: ClassVar["HiddenManager"]
    author_id: uuid.UUID
    head: Any
    head_id: uuid.UUID
    revisions: Any
    place: ClassVar[bytes]
    """What tells this table's ciphertexts from those of another."""
    where: ClassVar[tuple[str, ...]]
    """The fields that tell one row of a person from another."""

    class Meta:
        abstract = True

    def seal(self, revision: Revision, author: User, prompt: BasePrompt, value: Value) -> None:
        """Encrypts wording and value into ``revision``, as one text whose length says little."""
        plain = encryption.pack(
            [to_json(prompt.snapshot()), to_json(value)], rooms=[0, prompt.room()]
        )
        revision.sealed = encryption.seal(author.data_key(), plain, self._associated(revision))

    def open(self, revision: Revision, author: User) -> Opened:
        """Decrypts. Raises ``Unreadable`` for bytes that were changed or moved to another row."""
        plain = encryption.unseal(
            author.data_key(), bytes(revision.sealed), self._associated(revision)
        )
        snapshot, value = encryption.unpack(plain, 2)
        return Opened(json.loads(snapshot), json.loads(value))

    def _associated(self, revision: Revision) -> bytes:
        """Binds a ciphertext to its table, owner, row and revision."""
        return self.place + self.author_id.bytes + self.pk.bytes + revision.pk.bytes


def to_json(value: Value) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
