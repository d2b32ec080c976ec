"""An invitation at the moment at which it is made."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from exercises.invitations import marks
from exercises.invitations.marks import Handed


@dataclass(frozen=True)
class Kind:
    """To what somebody is invited."""

    page: str
    """The name of the public page to which the link leads."""
    letter: str
    """The template of the mail."""


@dataclass(frozen=True)
class Made:
    """An invitation that was just made; nothing else will ever show how it is accepted."""

    kind: Kind
    secret: Handed
    code: Handed

    @classmethod
    def anew(cls, kind: Kind) -> "Made":
        """One that nobody can guess."""
        return cls(kind, marks.new_secret(), marks.new_code())

    @classmethod
    def of(cls, kind: Kind, about: bytes) -> "Made":
        """Always the same one for ``about``, which is itself a secret."""
        return cls(kind, *marks.derived(about))

    @property
    def link(self) -> str:
        """Leads to a public page. What follows the # reaches no server and no log."""
        return f"{settings.SITE_ORIGIN}{reverse(self.kind.page)}#{self.secret.text}"

    @property
    def read_aloud(self) -> str:
        """The code in groups."""
        return marks.grouped(self.code.text)

    @property
    def fields(self) -> dict[str, bytes]:
        """What is stored of it."""
        return {"secret_mark": self.secret.mark, "code_mark": self.code.mark}
