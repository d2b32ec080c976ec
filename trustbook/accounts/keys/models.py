"""A data key: without it, whatever it encrypted is noise."""

import uuid

from django.db import models


class DataKey(models.Model):
    """One wrapped key of a person (later also of a couple or a care link).

    Nothing here says whose it is: the owner's row in the main database names the key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"data key {self.pk}"

    @property
    def place(self) -> bytes:
        """The associated data of the wrapping: a wrapped key opens in its own row only."""
        return b"data key " + self.pk.bytes
