"""What the outbox knows of somebody, so that this leaf need not import the accounts."""

import uuid
from datetime import tzinfo
from typing import Protocol


class Person(Protocol):
    """A user, as the outbox sees one."""

    @property
    def pk(self) -> uuid.UUID:
        """Who it is."""

    @property
    def email(self) -> str:
        """Where their mail goes."""

    @property
    def zone(self) -> tzinfo:
        """Their time zone."""
