"""The four presses of a client on what was assigned; two of them the therapist sees.

The link is locked first, then the row: who ends the link at that moment comes before, and nothing
is shown, or after, and it is gone with the rest.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils import timezone

from exercises import access, telling
from exercises.assignments import today_of
from exercises.models import Assignment, CareLink
from trustbook.accounts.models import User


class AnotherDay(Exception):
    """The page said that the therapist would see a day which it is not any more."""

    says_nothing_private = True


@contextmanager
def _locked(person: User, assignment: uuid.UUID) -> Iterator[tuple[CareLink, Assignment, date]]:
    with transaction.atomic():
        link, today = access.locked_care(person), today_of(person)
        yield link, access.own_assignment(person, assignment, today), today


def begin(person: User, assignment: uuid.UUID, told: str) -> Assignment:
    """The therapist sees that it was begun, and on which day: the one the page has ``told``.

    Pressed again, or after done, it changes nothing. Raises ``AnotherDay`` and ``Http404``.
    """
    with _locked(person, assignment) as (link, row, today):
        if row.begun_on is None and row.done_on is None:
            _check(told, today)
            row.begun_on, row.aside_at = today, None
            row.save(update_fields=["begun_on", "aside_at"])
            telling.tell_therapist(link)
        return row


def done(person: User, assignment: uuid.UUID, told: str) -> Assignment:
    """The therapist sees that it is done, and on which day; begun before or not."""
    with _locked(person, assignment) as (link, row, today):
        if row.done_on is None:
            _check(told, today)
            row.done_on, row.aside_at = today, None
            row.save(update_fields=["done_on", "aside_at"])
            telling.tell_therapist(link)
        return row


def put_aside(person: User, assignment: uuid.UUID) -> Assignment:
    """For the client's eyes only; nobody is told."""
    with _locked(person, assignment) as (_, row, _):
        if row.done_on is None and row.aside_at is None:
            row.aside_at = timezone.now()
            row.save(update_fields=["aside_at"])
        return row


def take_up(person: User, assignment: uuid.UUID) -> Assignment:
    """It waits again."""
    with _locked(person, assignment) as (_, row, _):
        row.aside_at = None
        row.save(update_fields=["aside_at"])
        return row


def _check(told: str, today: date) -> None:
    if told != today.isoformat():
        raise AnotherDay
