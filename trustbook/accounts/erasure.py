"""Ending an account, in steps that each commit, so that a crash leaves nothing half readable.

The order (DESIGN.md, "Answers"): mark and sign out, note in the ledger, destroy the key, delete the
rows. Whatever step was reached, ``finish`` completes the rest.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import Session, User
from trustbook.lib import ledger, sqlite_log
from trustbook.lib.personal_data import ask_all

ORPHAN_AGE = timedelta(hours=24)
"""A key that nobody names is swept after this long: a sign-up under way is never disturbed."""


def erase(user: User) -> None:
    """Ends the account at once: nobody can sign in, nothing can be read, no row is left.

    What other apps must do first (leaving a couple) is done while the person is still whole.
    """
    ask_all("before_erasing", user)
    mark(user)
    complete(user)


def mark(user: User) -> None:
    """Step one: from the next request on the person is signed out everywhere, for good."""
    with transaction.atomic():
        # By its id: pressed twice, the row may be gone meanwhile.
        User.objects.filter(pk=user.pk).update(erasing=True, is_active=False)
        user.erasing, user.is_active = True, False
        Session.objects.filter(user_id=user.pk).delete()


def complete(user: User) -> None:
    """The steps after the mark."""
    note(user)
    destroy_key(user)
    delete_rows(user)


def note(user: User) -> None:
    """Step two: the ledger names the key, so that no backup brings it back."""
    ledger.append(settings.LEDGER, [("key", user.data_key_id)])


def destroy_key(user: User) -> None:
    """Step three: what was written can no longer be read, by anybody."""
    vault.destroy_key(user.data_key_id)
    sqlite_log.forget("keys")


def delete_rows(user: User) -> None:
    """Step four: the rows of the person and all that belongs to them."""
    with transaction.atomic():
        ask_all("erase", user)
        user.delete()
    sqlite_log.forget("default")


def finish() -> Iterator[uuid.UUID]:
    """Completes every erasure that was begun; yields the ids of the people concerned."""
    for user in User.objects.filter(erasing=True):
        person = user.pk
        mark(user)
        complete(user)
        yield person


def sweep_orphans() -> int:
    """Deletes the keys that no row names, a day old at least; returns how many.

    Such a key is what a crash leaves between the commit of a key and that of its owner.
    """
    old = DataKey.objects.filter(made_at__lt=timezone.now() - ORPHAN_AGE)
    # In this order: a key that was made since is named by nobody yet, and not old.
    keys = list(old.values_list("pk", flat=True))
    orphans = set(keys) - set(chain.from_iterable(ask_all("named_keys")))
    for key_id in orphans:
        vault.destroy_key(key_id)
    return len(orphans)


@dataclass(frozen=True)
class Replayed:
    """What a restored backup had brought back, and the ledger took away again."""

    people: int
    entries: int


def replay(named: Iterable[ledger.Entry]) -> Replayed:
    """Erases anew what the ledger names, then whatever else a crash had left unfinished."""
    wanted: dict[str, set[uuid.UUID]] = {}
    for what, row in named:
        wanted.setdefault(what, set()).add(row)
    keys = wanted.pop("key", set())
    people = [user for user in User.objects.iterator() if user.data_key_id in keys]
    for user in people:
        erase(user)
    DataKey.objects.filter(pk__in=_there(keys)).delete()
    vault.forget_all()
    counts = [count for what, ids in wanted.items() for count in ask_all("forget", what, ids)]
    begun = sum(1 for _ in finish())
    hidden = sum(ask_all("finish"))
    return Replayed(len(people) + begun, sum(count or 0 for count in counts) + hidden)


def _there(keys: set[uuid.UUID]) -> list[uuid.UUID]:
    """Those of ``keys`` that exist: few, and the ledger may name very many."""
    return [key for key in DataKey.objects.values_list("pk", flat=True).iterator() if key in keys]
