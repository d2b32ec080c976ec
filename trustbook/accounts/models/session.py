"""One browser that is, or is about to be, signed in."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

MONTH = 30 * 24 * 60
SHARED_REST = 10
THERAPIST_REST = 30
SHORTEST_STEP = timedelta(minutes=1)
RESTS = {15: "15 minutes", 60: "an hour", 8 * 60: "8 hours", MONTH: "30 days"}
"""Minutes without use after which a session may be told to end, and how that is called."""

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

    def rest(self, minutes: int, *, never_later: bool = False) -> None:
        """Lets those on devices that are not shared end after ``minutes`` without use.

        One that has rested longer than that already has ended. When exactly it was used last is
        not known: it may end a little too late, or, ``never_later``, a little too soon.
        """
        slack = SHORTEST_STEP if never_later else SEEN_TO
        ends = models.F("last_seen") + timedelta(minutes=minutes) + slack
        self.filter(shared=False).update(rest=minutes, expires_at=ends)


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
    rest = models.PositiveIntegerField(default=MONTH)
    """Minutes without use after which it ends; ``expires_at`` follows from it."""
    shared = models.BooleanField(default=False)
    """On a device that others use too."""

    objects = SessionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"session {self.pk}"

    def touch(self) -> None:
        """Notes that the session was used and lets it live on, at most once in a ``step``.

        ``last_seen`` stays as coarse as it is, also where a short rest wants finer steps.
        """
        now = timezone.now()
        ends = self.ends_after(now)
        if abs(ends - self.expires_at) < self.step:
            return
        self.expires_at = ends
        if now - self.last_seen >= SEEN_TO:
            self.last_seen = now
        self.save(update_fields=["last_seen", "expires_at"])

    def begin(self, rest: int) -> None:
        """Lets it end after ``rest`` minutes without use, from now on."""
        self.rest = rest
        self.expires_at = self.ends_after(timezone.now())
        self.save(update_fields=["shared", "rest", "expires_at"])

    @property
    def lasts(self) -> bool:
        """Whether it ends after the usual month only."""
        return self.rest == MONTH

    @property
    def step(self) -> timedelta:
        """How exactly its use is followed."""
        return SEEN_TO if self.lasts else SHORTEST_STEP

    def ends_after(self, moment: datetime) -> datetime:
        """When it ends if it was used last at ``moment``: a short rest is never cut shorter."""
        ends = moment + timedelta(minutes=self.rest)
        return ends if self.lasts else ends + self.step
