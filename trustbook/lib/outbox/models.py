"""Account mails, notices, and who asked for which notices."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from trustbook.lib.outbox.kinds import LONGEST_NAME

LEASE = timedelta(minutes=10)
"""A sender that took an account mail and died had it this long; then another may try.

Far longer than the mail server is waited for (``EMAIL_TIMEOUT``), so that two never send at once.
"""


class AccountMailQuerySet(models.QuerySet["AccountMail"]):
    """Questions about many mails."""

    def due(self, now: datetime) -> "AccountMailQuerySet":
        """Those to be tried now, the longest waiting first; none to who is being erased."""
        free = Q(person=None) | Q(person__is_active=True)
        return self.filter(free, due_at__lte=now).order_by("due_at", "pk")


class AccountMail(models.Model):
    """One mail that must arrive. Sealed, since it may hold a key; the row goes once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    """Whose account it is about; None for an address that has none."""
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When to try, or to try again."""
    tries = models.PositiveSmallIntegerField(default=0)

    objects = AccountMailQuerySet.as_manager()

    def __str__(self) -> str:
        return f"account mail {self.pk}"

    @property
    def place(self) -> bytes:
        """The associated data of the sealing: a mail opens in its own row only."""
        return b"account mail " + self.pk.bytes

    def claim(self, now: datetime) -> bool:
        """Whether this sender may try it now; of several that ask, one is told so."""
        lease = now + LEASE
        seen = AccountMail.objects.filter(pk=self.pk, due_at=self.due_at)
        if not seen.update(due_at=lease, tries=F("tries") + 1):
            return False
        self.due_at, self.tries = lease, self.tries + 1
        return True


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about many notices."""

    def due(self, now: datetime) -> "NoticeQuerySet":
        """Those to be sent now, person by person; none to who is being erased."""
        due = self.filter(due_at__lte=now, person__is_active=True)
        return due.select_related("person").order_by("person_id", "pk")


class Notice(models.Model):
    """One thing to tell a person, by a mail that says nothing of it. Gone before it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=LONGEST_NAME)
    due_at = models.DateTimeField(db_index=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "due_at"], name="one_notice_of_a_kind_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    def claim(self) -> bool:
        """Whether this sender may send it, now or never; of several that ask, one is told so."""
        deleted, _ = Notice.objects.filter(pk=self.pk).delete()
        return deleted == 1


class Subscription(models.Model):
    """A person asked to be told about one kind of thing. No row: they did not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=LONGEST_NAME)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_subscription_per_kind")
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"
