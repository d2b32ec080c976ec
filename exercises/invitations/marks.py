"""What opens an invitation: handed on in clear, once; kept as a keyed mark only."""

import base64
import binascii
import hmac
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

SECRET = re.compile(r"(?:^|#)([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")
"""128 bits, as ``secrets.token_urlsafe`` writes them: alone, or where a link has them."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of Crockford's base 32: no I, L, O and U (https://www.crockford.com/base32.html)."""
CODE = re.compile(f"[{ALPHABET}]{{10}}")
MEANT = str.maketrans("OIL", "011", "-\N{NON-BREAKING HYPHEN}\N{EN DASH}")
"""What is read for what is not in the alphabet; hyphens and blanks say nothing."""


@dataclass(frozen=True)
class Handed:
    """What somebody was handed: a link's ``secret``, or a ``code``."""

    kind: str
    text: str

    @property
    def where(self) -> dict[str, list[bytes]]:
        """Which invitation it opens, also under an earlier secret of the installation."""
        return {f"{self.kind}_mark__in": marks(self.kind, self.text)}

    @property
    def mark(self) -> bytes:
        """What is stored of it."""
        return marks(self.kind, self.text)[0]


def new_secret() -> Handed:
    """For a link."""
    return Handed("secret", secrets.token_urlsafe(16))


def new_code() -> Handed:
    """For typing: ten characters, 50 bits."""
    return Handed("code", "".join(secrets.choice(ALPHABET) for _ in range(10)))


def derived(about: bytes) -> tuple[Handed, Handed]:
    """A secret and a code that are always the same for ``about``, which nobody can guess.

    Whoever sends the same form twice is handed the same invitation twice, and neither the form nor
    what it made need be kept for that.
    """
    key = settings.SECRET_KEY.encode()
    secret = hmac.digest(key, b"secret of " + about, "sha256")[:16]
    number = int.from_bytes(hmac.digest(key, b"code of " + about, "sha256"))
    code = "".join(ALPHABET[number >> 5 * place & 31] for place in range(10))
    return Handed("secret", base64.urlsafe_b64encode(secret).decode().rstrip("=")), Handed(
        "code", code
    )


def grouped(code: str) -> str:
    """A code as it is read aloud."""
    return f"{code[:5]}-{code[5:]}"


def read(typed: str) -> Handed | None:
    """The secret in a link, or the code, that was typed; None where there is neither."""
    if found := SECRET.search(typed.strip()):
        return Handed("secret", found.group(1))
    code = "".join(typed.split()).upper().translate(MEANT)
    return Handed("code", code) if CODE.fullmatch(code) else None


def marks(kind: str, text: str) -> list[bytes]:
    """The marks of ``text`` under each secret of the installation, the present one first."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    about = f"{kind} of an invitation {text}".encode()
    return [hmac.digest(key.encode(), about, "sha256") for key in keys]


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt="exercises.invitations.never_write")


def never_token(address: str) -> str:
    """What keeps an address from being written to: it can't be read from it."""
    mark = marks("address", address.lower())[0]
    return _signer().sign(base64.urlsafe_b64encode(mark).decode().rstrip("="))


def mark_in(token: str) -> bytes | None:
    """The mark of the address that ``token`` is about; None for one that was not made here."""
    try:
        return base64.urlsafe_b64decode(_signer().unsign(token) + "=")
    except (signing.BadSignature, binascii.Error, ValueError):
        return None
