"""A person with an account."""

import uuid
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from trustbook.accounts.keys import vault
from trustbook.accounts.models.session import MONTH, RESTS, THERAPIST_REST


def validate_time_zone(name: str) -> None:
    """Raises ``ValidationError`` unless ``name`` is in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError("Choose a time zone from the list, for example Europe/Dublin.")


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a data key, committed."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, however it is capitalised."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Signs in with an e-mail address; what they write is encrypted under ``data_key_id``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    """Always in lower case."""
    display_name = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    data_key_id = models.UUIDField(unique=True, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    consented_at = models.DateTimeField(null=True)
    """When the person agreed to the terms and said that they are 18 or older."""
    workbook_name = models.CharField(max_length=30, blank=True)
    """What the private pages are called instead of the workbook, for eyes that pass by."""
    rest = models.PositiveIntegerField(default=MONTH, choices=RESTS)
    """Minutes without use after which a new session ends."""
    is_therapist = models.BooleanField(default=False)
    """A role that the operator gives. It works only with a second step, freshly shown."""
    is_active = models.BooleanField(default=True)
    erasing = models.BooleanField(default=False)
    """Deletion has begun and will be completed, by ``finish_erasures`` if need be."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="email_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the person; a new one gets a data key first, in a commit of its own.

        A crash between the two leaves a key that nobody names, swept by ``finish_erasures``.
        """
        if self._state.adding and self.data_key_id is None:
            self.data_key_id = vault.make_key()
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone, UTC where the system no longer knows it."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def longest_rest(self) -> int:
        """Minutes without use after which a new session ends, on a device of their own."""
        return min(self.rest, THERAPIST_REST) if self.is_therapist else self.rest

    def data_key(self) -> bytes:
        """The key of what this person writes. Raises ``vault.KeyGone`` once it is destroyed."""
        return vault.data_key(self.data_key_id)
