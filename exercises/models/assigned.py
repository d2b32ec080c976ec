"""What a therapist gives a client to read: assignments, pathways, lessons of their own."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from exercises.models.care import CareLink, open_text, seal_text
from exercises.models.revisions import Immutable
from trustbook.accounts.models import User
from trustbook.lib import encryption

OWN = "own:"
"""How the id of a therapist's own lesson begins; then comes its UUID."""
PATHWAY = "pathway"
"""What the ledger calls one that was deleted."""


@dataclass(frozen=True)
class Step:
    """One lesson of a pathway, and how many days after the one before it is due."""

    lesson_id: str
    days: int


class Pathway(models.Model):
    """An ordered list of lessons that a therapist assigns again and again, under their own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"pathway {self.pk}"

    def seal(self, therapist: User, name: str, steps: list[Step]) -> None:
        """Encrypts its name and its lessons."""
        said = {"name": name, "steps": [[step.lesson_id, step.days] for step in steps]}
        self.sealed = seal_text(therapist, json.dumps(said), self._associated())

    def open(self, therapist: User) -> tuple[str, list[Step]]:
        """Its name and its lessons. Raises ``Unreadable`` for bytes that were changed or moved."""
        said = json.loads(open_text(therapist, self.sealed, self._associated()))
        return said["name"], [Step(*step) for step in said["steps"]]

    def _associated(self) -> bytes:
        return b"pathway " + self.therapist_id.bytes + self.pk.bytes


class OwnLesson(models.Model):
    """A lesson that a therapist wrote for their own clients; ``own:<id>`` among lesson ids."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    head = models.OneToOneField("OwnLessonVersion", models.DO_NOTHING, related_name="+")
    withdrawn_on = models.DateField(null=True)
    """Since then it is assigned to nobody anew; who has it, keeps it."""

    def __str__(self) -> str:
        return f"own lesson {self.pk}"

    @property
    def lesson_id(self) -> str:
        """How answers and assignments name it."""
        return f"{OWN}{self.pk}"


class OwnLessonVersion(models.Model):
    """A lesson as it was saved once: its source, and what was rendered of it. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    row = models.ForeignKey(OwnLesson, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    token = models.UUIDField()
    """The idempotency key: the same save sent twice is one version."""
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "number"], name="own_lesson_versions_count"),
            models.UniqueConstraint(fields=["row", "token"], name="one_own_lesson_per_token"),
        ]

    def __str__(self) -> str:
        return f"version {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts. Raises ``Immutable`` for a version that is stored already."""
        if not self._state.adding:
            raise Immutable(f"{self} is stored and stays as it is")
        super().save(*args, **kwargs)

    def seal(self, therapist: User, source: str, rendered: str) -> None:
        """Encrypts the source as it was typed, and what was rendered of it, as JSON."""
        plain = encryption.pack([source.encode(), rendered.encode()], rooms=[0, 0])
        self.sealed = encryption.seal(therapist.data_key(), plain, self._associated(therapist))

    def open(self, therapist: User) -> tuple[str, str]:
        """Source and rendered. Raises ``Unreadable`` for bytes that were changed or moved."""
        plain = encryption.unseal(
            therapist.data_key(), bytes(self.sealed), self._associated(therapist)
        )
        source, rendered = encryption.unpack(plain, 2)
        return source.decode(), rendered.decode()

    def _associated(self, therapist: User) -> bytes:
        return b"own lesson " + therapist.pk.bytes + self.row_id.bytes + self.pk.bytes


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Questions about many assignments."""

    def open(self) -> "AssignmentQuerySet":
        """Those that are neither done nor withdrawn."""
        return self.filter(done_on=None, withdrawn_on=None)


class Assignment(models.Model):
    """One lesson, given to one client. It starts as not begun, whatever was read before.

    Days are the client's. The therapist learns of two presses of the client, begun and done, and
    nothing else of it: that it was put aside, they do not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(CareLink, models.CASCADE, related_name="assignments")
    lesson_id = models.CharField(max_length=60)
    version = models.ForeignKey(OwnLessonVersion, models.SET_NULL, null=True, related_name="+")
    """Of a therapist's own lesson: as it was assigned."""
    sealed_note = models.BinaryField()
    """What the therapist says along with it, under the link's key; perhaps nothing."""
    assigned_on = models.DateField()
    position = models.PositiveIntegerField(default=0)
    """Orders what was assigned at one time."""
    starts_on = models.DateField(null=True)
    """Before that day the client does not see it."""
    due_on = models.DateField(null=True)
    begun_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    aside_at = models.DateTimeField(null=True)
    """Put aside by the client; known to the client only."""
    withdrawn_on = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "lesson_id"],
                condition=Q(done_on=None, withdrawn_on=None),
                name="one_open_assignment_of_a_lesson",
            )
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"

    def seal_note(self, link: CareLink, note: str) -> None:
        """Encrypts the note."""
        self.sealed_note = seal_text(link, note, self._associated())

    def note(self, link: CareLink) -> str:
        """Decrypts it. Raises ``Unreadable`` for bytes that were changed or moved."""
        return open_text(link, self.sealed_note, self._associated())

    def _associated(self) -> bytes:
        return b"note of an assignment " + self.link_id.bytes + self.pk.bytes
