"""Data keys in use: made, unwrapped for a few minutes in memory, wrapped anew, destroyed."""

import time
import uuid
from collections.abc import Iterable, Iterator

from django.conf import settings

from trustbook.accounts.keys.models import DataKey
from trustbook.lib import encryption

SECONDS_IN_MEMORY = 300.0
"""An unwrapped key is forgotten after this long, however often it was used."""

_unwrapped: dict[uuid.UUID, tuple[float, bytes]] = {}


class KeyGone(encryption.Unreadable):
    """The data key was destroyed; what it encrypted can't be read by anybody."""


def make_key() -> uuid.UUID:
    """A new data key, committed before its id is returned: rows that need it come after."""
    row = DataKey(id=uuid.uuid4())
    row.wrapped = settings.MASTER_KEYS.wrap(encryption.new_key(), row.place)
    row.save(force_insert=True)
    return row.pk


def data_key(key_id: uuid.UUID) -> bytes:
    """The 32 bytes of a data key. Raises ``KeyGone`` after ``destroy_key``."""
    now = time.monotonic()
    until, key = _unwrapped.get(key_id, (0.0, b""))
    if now < until:
        return key
    try:
        row = DataKey.objects.get(pk=key_id)
    except DataKey.DoesNotExist:
        raise KeyGone(f"data key {key_id} was destroyed") from None
    key = settings.MASTER_KEYS.unwrap(bytes(row.wrapped), row.place)
    _forget_old(now)
    _unwrapped[key_id] = (now + SECONDS_IN_MEMORY, key)
    return key


def destroy_key(key_id: uuid.UUID) -> None:
    """Deletes the key, here and from this process's memory; deleting it twice does no harm."""
    DataKey.objects.filter(pk=key_id).delete()
    _unwrapped.pop(key_id, None)


def rewrap_all() -> Iterator[uuid.UUID]:
    """Wraps each key under the newest master key, yielding the ids of those that were not yet.

    Safe while the site runs: a row changes only if it still holds what was unwrapped, and both
    wrappings open for everybody who knows both master keys.
    """
    newest = settings.MASTER_KEYS.newest
    for row in DataKey.objects.order_by("pk").iterator(chunk_size=500):
        old = bytes(row.wrapped)
        if old.startswith(newest):
            continue
        key = settings.MASTER_KEYS.unwrap(old, row.place)
        changed = DataKey.objects.filter(pk=row.pk, wrapped=old).update(
            wrapped=settings.MASTER_KEYS.wrap(key, row.place)
        )
        if changed:
            yield row.pk


def missing(named: Iterable[uuid.UUID]) -> int:
    """How many of the keys that are ``named`` do not exist."""
    return len(set(named) - set(DataKey.objects.values_list("pk", flat=True)))


def foreign() -> int:
    """How many keys no master key here can unwrap."""
    found = 0
    for row in DataKey.objects.iterator(chunk_size=500):
        try:
            settings.MASTER_KEYS.unwrap(bytes(row.wrapped), row.place)
        except encryption.Unreadable:
            found += 1
    return found


def forget_all() -> None:
    """Drops every unwrapped key from this process's memory."""
    _unwrapped.clear()


def _forget_old(now: float) -> None:
    for key_id, (until, _) in list(_unwrapped.items()):
        if until <= now:
            _unwrapped.pop(key_id, None)
