"""The weekly trust pulse: five numbers about one week."""

from typing import ClassVar

from django.db import models

from exercises.models.revisions import HiddenManager, Kept, LiveManager, Revision
from trustbook.accounts.models import User


class PulseQuerySet(models.QuerySet["Pulse"]):
    """Questions about many weeks."""

    def of(self, author: User) -> "PulseQuerySet":
        """A person's own weeks with their newest revisions, the first week first."""
        return self.filter(author=author).select_related("head").order_by("week")


class Pulse(Kept):
    """One row a person and ISO week, as the week falls in their own time zone."""

    week = models.DateField()
    """The Monday on which the week begins."""
    head = models.OneToOneField("PulseRevision", models.DO_NOTHING, related_name="+")

    objects = LiveManager.from_queryset(PulseQuerySet)()
    hidden: ClassVar[HiddenManager] = HiddenManager()
    place: ClassVar[bytes] = b"pulse "

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
