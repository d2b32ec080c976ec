"""The secrets of the second step, encrypted: an authenticator app's, and the recovery codes'.

They are under the data key of their person, as answers are. So a dump opens no account, a row moved
to another person opens nothing, ``rotate_keys`` has nothing more to do, and where the key is
destroyed they are gone with it. What the database keeps of a passkey is a public key: no secret.

allauth's hooks ``encrypt`` and ``decrypt`` are handed a text and nothing else: not the person, and
often no request either, or that of a visitor who is about to sign in. The row alone always knows
whose it is. It is allauth's model, so its signals are how a text learns of its row.
"""

import base64
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_init, pre_save

from trustbook.lib import encryption

SECRETS = ("secret", "seed")
"""The parts of ``Authenticator.data`` that go through the hooks."""


@dataclass(frozen=True)
class Unsealed:
    """A new secret that does not know its row yet. It is no text: JSON refuses to store it."""

    text: str = field(repr=False)


class Sealed(str):
    """A sealed secret, in base64, that knows the row it was read from."""

    row: Authenticator


class MFAAdapter(DefaultMFAAdapter):
    """allauth's behaviour with the hooks filled in."""

    def encrypt(self, text: str) -> Any:
        """``text`` as ``Unsealed``: sealed when the row is saved, and it is known whose it is."""
        return Unsealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises ``Unreadable`` for one that was moved or whose key was destroyed."""
        if not isinstance(encrypted_text, Sealed):
            raise encryption.Unreadable("This secret came from no row.")
        row = encrypted_text.row
        try:
            sealed = base64.b64decode(encrypted_text, validate=True)
        except ValueError:
            raise encryption.Unreadable("This secret is not base64.") from None
        return encryption.unseal(row.user.data_key(), sealed, place(row)).decode()


def place(row: Authenticator) -> bytes:
    """The associated data: whose, and for which kind of second step."""
    return b"second step " + row.type.encode() + b" " + row.user_id.bytes


def seal_new(instance: Authenticator, **_: Any) -> None:
    """Seals what is new in a row that is about to be saved."""
    for name in SECRETS:
        if isinstance(new := instance.data.get(name), Unsealed):
            key = instance.user.data_key()
            sealed = encryption.seal(key, new.text.encode(), place(instance))
            instance.data[name] = base64.b64encode(sealed).decode()
    name_row(instance)


def name_row(instance: Authenticator, **_: Any) -> None:
    """Tells what is sealed in a row that was just read which row that is."""
    for name in SECRETS:
        if isinstance(text := instance.data.get(name), str):
            instance.data[name] = sealed = Sealed(text)
            sealed.row = instance


def connect() -> None:
    """Called once, when the app is ready."""
    pre_save.connect(seal_new, Authenticator, dispatch_uid="trustbook.seal_second_step")
    post_init.connect(name_row, Authenticator, dispatch_uid="trustbook.name_second_step")
