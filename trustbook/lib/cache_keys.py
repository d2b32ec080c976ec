"""Names in the cache that tell nothing: what counts tries is named by addresses and people."""

import hmac

from django.conf import settings


def hidden(key: str, key_prefix: str, version: int) -> str:
    """The name under which the cache's table has ``key`` (``KEY_FUNCTION``).

    An entry stays in the table after its time until others need the room, so neither a network
    address nor a code that was used may stand there.
    """
    name = f"{key_prefix}:{version}:{key}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), b"name in the cache " + name, "sha256").hex()
