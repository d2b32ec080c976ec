"""One browser that is, or is about to be, signed in."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from trustbook.accounts.models.user import User

SEEN_TO = timedelta(minutes=5)
"""``last_seen`` is no more exact than this: enough to recognise a device, too coarse to follow."""

LONGEST = timedelta(days=90)
"""However often it is used: after this long one signs in anew."""


class SessionQuerySet(models.QuerySet["Session"]):
    """Questions about many sessions."""

    def live(self) -> "SessionQuerySet":
        """Those that still work."""
        now = timezone.now()
        return self.filter(expires_at__gt=now, made_at__gt=now - LONGEST)

    def of(self, user: "User") -> "SessionQuerySet":
        """The live sessions of one person, the last used first."""
        return self.live().filter(user=user).order_by("-last_seen", "pk")

    def other_than(self, current: "Session | None") -> "SessionQuerySet":
        """All but the one that asks."""
        return self.exclude(pk=current.pk) if current else self


class Session(models.Model):
    """Knows the cookie by its hash only; what it holds opens only with the cookie. No IP."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key_hash = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions"
    )
    device = models.CharField(max_length=60, blank=True)
    data = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    last_seen = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    objects = SessionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"session {self.pk}"

    def touch(self) -> None:
        """Notes that the session was used, at most once in ``SEEN_TO``, and lets it live on."""
        now = timezone.now()
        if now - self.last_seen >= SEEN_TO:
            lifetime = self.expires_at - self.last_seen
            self.last_seen, self.expires_at = now, now + lifetime
            self.save(update_fields=["last_seen", "expires_at"])
