"""Two people who share a workbook, and how they come together."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from trustbook.accounts.keys import vault
from trustbook.accounts.models import User

INVITATION_LASTS = timedelta(hours=72)


class CoupleQuerySet(models.QuerySet["Couple"]):
    """Questions about couples."""

    def of(self, *people: User) -> "CoupleQuerySet":
        """The couple in which a person is now, one or none; of several people, those of each."""
        active = Membership.objects.filter(person__in=people, ended_at=None)
        return self.filter(pk__in=active.values("couple"))


class Couple(models.Model):
    """What two people write together is under its key. Gone, with all that, once one has left.

    Whatever changes what the two are shown locks this row first, so that of two things that
    happen at once one comes after the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data_key_id = models.UUIDField(unique=True, editable=False)
    since = models.DateField()

    objects = CoupleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"couple {self.pk}"

    def data_key(self) -> bytes:
        """The key of what they write together. Raises ``vault.KeyGone`` once it is destroyed."""
        return vault.data_key(self.data_key_id)


class Membership(models.Model):
    """One person in a couple; of two people, each has one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    known_as = models.EmailField(max_length=254)
    """The address that the other was shown on joining; later changes are not told."""
    ended_at = models.DateTimeField(null=True)
    """Set by leaving; the row goes with the couple, a moment later."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="one_active_couple_each",
            ),
            models.UniqueConstraint(fields=["couple", "person"], name="once_in_a_couple"),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Parted(models.Model):
    """``person`` was in a couple with ``other`` and has not said since that they may meet again.

    Two rows a former couple, one for each to take back. No date: it says nothing of when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="parted_once"),
        ]

    def __str__(self) -> str:
        return f"parted {self.pk}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def to_couple(self) -> "InvitationQuerySet":
        """Those to share a workbook."""
        return self.filter(file=None)

    def to_clients(self) -> "InvitationQuerySet":
        """Those to become a client."""
        return self.exclude(file=None)

    def open(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(made_at__gt=timezone.now() - INVITATION_LASTS)

    def too_old(self) -> "InvitationQuerySet":
        """The others."""
        return self.filter(made_at__lte=timezone.now() - INVITATION_LASTS)


class Invitation(models.Model):
    """An invitation to share a workbook, or to become the client for whom a therapist has a file.

    The row goes once it is used, withdrawn or too old.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    secret_mark = models.BinaryField(unique=True, max_length=32)
    """HMAC of the secret in the link."""
    code_mark = models.BinaryField(unique=True, max_length=32)
    """HMAC of the code to type."""
    made_at = models.DateTimeField(default=timezone.now)
    file = models.OneToOneField("ClientFile", models.CASCADE, null=True, related_name="invitation")
    """Whose invitation it is, of a therapist's clients."""
    again = models.BooleanField(default=False)
    """Also for somebody with whom the inviter shared a workbook before."""

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def until(self) -> datetime:
        """When it can no longer be accepted."""
        return self.made_at + INVITATION_LASTS


class NeverWrite(models.Model):
    """An address to which no invitation is sent any more; its owner asked for that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address_mark = models.BinaryField(unique=True, max_length=32)
    """HMAC of the address in lower case."""

    def __str__(self) -> str:
        return f"never write {self.pk}"
