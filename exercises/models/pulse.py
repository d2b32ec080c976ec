"""What is written about one week: the five numbers of the trust pulse, and a note."""

from typing import ClassVar, Self, TypeVar

from django.db import models

from exercises.models.revisions import HiddenManager, LiveManager, Own, Revision
from trustbook.accounts.models import User

_Weekly = TypeVar("_Weekly", bound=models.Model)


class WeekQuerySet(models.QuerySet[_Weekly]):
    """Questions about many weeks."""

    def of(self, author: User) -> Self:
        """A person's own weeks with their newest revisions, the first week first."""
        return self.filter(author=author).select_related("head").order_by("week")


class Pulse(Own):
    """One row a person and ISO week, as the week falls in their own time zone."""

    week = models.DateField()
    """The Monday on which the week begins."""
    head = models.OneToOneField("PulseRevision", models.DO_NOTHING, related_name="+")

    objects = LiveManager.from_queryset(WeekQuerySet)()
    hidden: ClassVar[HiddenManager] = HiddenManager()
    place: ClassVar[bytes] = b"pulse "
    where: ClassVar[tuple[str, ...]] = ("week",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "week"],
                condition=models.Q(deleted_at=None),
                name="one_pulse_per_week",
            )
        ]

    def __str__(self) -> str:
        return f"pulse {self.pk}"


class PulseRevision(Revision):
    """One save of a week's pulse."""

    row = models.ForeignKey(Pulse, models.CASCADE, related_name="revisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "token"], name="one_pulse_revision_per_token")
        ]


class WeekNote(Own):
    """What somebody noted about a week; one row a person and week, as of ``Pulse``."""

    week = models.DateField()
    """The Monday on which the week begins."""
    head = models.OneToOneField("WeekNoteRevision", models.DO_NOTHING, related_name="+")

    objects = LiveManager.from_queryset(WeekQuerySet)()
    hidden: ClassVar[HiddenManager] = HiddenManager()
    place: ClassVar[bytes] = b"week note "
    where: ClassVar[tuple[str, ...]] = ("week",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "week"],
                condition=models.Q(deleted_at=None),
                name="one_note_per_week",
            )
        ]

    def __str__(self) -> str:
        return f"week note {self.pk}"


class WeekNoteRevision(Revision):
    """One save of a week's note."""

    row = models.ForeignKey(WeekNote, models.CASCADE, related_name="revisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "token"], name="one_note_revision_per_token")
        ]
