"""The ledger of promises, as one of the two is shown it."""

import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from exercises.models import Couple, Promise
from exercises.models.promise import State, Wording
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.lib.encryption import Unreadable

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Said:
    """What one of the two says became of a promise, and on which day."""

    by_me: bool
    state: State
    on: date


@dataclass(frozen=True)
class Promised:
    """A promise, and the latest view of each side: neither is more right than the other."""

    id: uuid.UUID
    wording: Wording
    by_me: bool
    """Whether the person promised it; else their partner did."""
    written_by_me: bool
    written_on: date
    said: tuple[Said, ...]
    """All that was said of it, the first first."""

    @property
    def mine(self) -> State:
        """What the person says now."""
        return self._latest(by_me=True)

    @property
    def theirs(self) -> State:
        """What their partner says now."""
        return self._latest(by_me=False)

    @property
    def made_by(self) -> str:
        """``you`` or ``your partner``."""
        return "you" if self.by_me else "your partner"

    @property
    def on(self) -> date | None:
        """The day by which it is due, else the last one on which anything was said of it."""
        return self.wording.due or max((said.on for said in self.said), default=None)

    @property
    def order(self) -> tuple[bool, date, str, str]:
        """By the date due, those without one last; then by what it says."""
        due = self.wording.due
        return (due is None, due or date.min, self.wording.what.casefold(), str(self.id))

    def _latest(self, *, by_me: bool) -> State:
        return next((one.state for one in reversed(self.said) if one.by_me == by_me), State.OPEN)


def promises_of(couple: Couple, person: User) -> list[Promised]:
    """All that the two have promised each other, as ``person`` is shown it. Two queries."""
    with _still_two():
        return _in_order(_promised(couple, person, row) for row in _rows(couple))


def readable_promises(couple: Couple, person: User) -> list[Promised]:
    """The same without what was damaged, for copies that must not fail because of it.

    Raises ``KeyGone`` where nothing can be opened any more.
    """
    found = []
    for row in _rows(couple):
        try:
            found.append(_promised(couple, person, row))
        except Unreadable:
            logger.error("A promise could not be opened, so nobody has a copy of it.")
    return _in_order(found)


def promise_of(couple: Couple, person: User, promise_id: uuid.UUID) -> Promised:
    """One of them."""
    with _still_two():
        return _promised(couple, person, promise_row(couple, promise_id))


@contextmanager
def _still_two() -> Iterator[None]:
    """Where they part at this very moment, there is no couple any more, nor anything of it."""
    try:
        yield
    except KeyGone:
        raise Http404 from None


def promise_row(couple: Couple, promise_id: uuid.UUID) -> Promise:
    """One of them as it is stored."""
    row = Promise.objects.filter(couple=couple, pk=promise_id).first()
    if row is None:
        raise Http404
    return row


def copied_promises(couple: Couple, person: User) -> dict[uuid.UUID, uuid.UUID]:
    """The ids of what a person wrote down, by the tokens with which it was sent."""
    rows = Promise.objects.filter(couple=couple, writer=person)
    return dict(rows.values_list("token", "pk"))


def _rows(couple: Couple) -> QuerySet[Promise]:
    return Promise.objects.filter(couple=couple).prefetch_related("views")


def _in_order(promises: Iterable[Promised]) -> list[Promised]:
    return sorted(promises, key=lambda promised: promised.order)


def _promised(couple: Couple, person: User, row: Promise) -> Promised:
    views = sorted(row.views.all(), key=lambda view: (view.said_at, view.pk))
    return Promised(
        id=row.pk,
        wording=row.open(couple),
        by_me=row.maker_id == person.pk,
        written_by_me=row.writer_id == person.pk,
        written_on=row.written_on,
        said=tuple(
            Said(view.person_id == person.pk, view.open(couple), view.said_on) for view in views
        ),
    )
