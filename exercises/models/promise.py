"""The promise ledger of two people: what was promised, and what each of them says became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from exercises.models.couple import Couple


class Promise(models.Model):
    """A promise as somebody wrote it down. It stays as it is: a changed promise is another one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, models.CASCADE, related_name="+")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    """Who promised; the other one was promised it."""
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    """Who wrote it down."""
    token = models.UUIDField()
    """The idempotency key: the same promise sent twice is one."""
    sealed = models.BinaryField()
    """What, until when, and the day of writing it down."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["couple", "token"], name="one_promise_per_token")
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"


class PromiseView(models.Model):
    """What one of the two says became of a promise; said again, the later one counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="views")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField()
    sealed = models.BinaryField()
    """Kept, not kept, changed in time, or remembered otherwise; and the day of saying so."""
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "token"], name="one_view_per_token")
        ]

    def __str__(self) -> str:
        return f"view of a promise {self.pk}"
