"""A page carries the mark of the person it was made for, so that it saves for nobody else."""

import hmac

from django.conf import settings
from django.utils.crypto import constant_time_compare

from trustbook.accounts.models import User


def owner_mark(user: User) -> str:
    """32 hexadecimal characters, the same for a person on every page; tells nothing of them."""
    return _mark(settings.SECRET_KEY, user)


def made_for(mark: str, user: User) -> bool:
    """Whether a page with this mark was made for ``user``, also under an earlier secret."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(mark, _mark(secret, user)) for secret in secrets)


def _mark(secret: str, user: User) -> str:
    about = b"owner of a page " + user.pk.bytes
    return hmac.digest(secret.encode(), about, "sha256").hex()[:32]
