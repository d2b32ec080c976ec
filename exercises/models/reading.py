"""How far a person is in a lesson. Private, like everything here."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from trustbook.accounts.models import User


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Questions about many lessons."""

    def of(self, reader: User) -> "ReadingQuerySet":
        """What one person has opened, the last first."""
        return self.filter(reader=reader).order_by("-touched_at", "pk")

    def progress_of(self, reader: User) -> "list[Reading]":
        """The same in no order, for the page of a lesson (in SQL as ``AnswerQuerySet.beside``)."""
        return list(self.raw("SELECT * FROM exercises_reading WHERE reader_id = %s", [reader.pk]))


class Reading(models.Model):
    """A lesson that was opened; finished when its reader pressed so."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lesson_id = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField(default=0)
    """The block of text that stood at the top of the page, 0 for the beginning."""
    opened_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "lesson_id"], name="one_reading_per_lesson")
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"
