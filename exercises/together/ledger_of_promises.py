"""What two people do with their promises: write them down, say what became of them, remove them.

Each begins by locking the couple, so that nobody who is leaving loses what was acknowledged, and
nothing is written for somebody who has left.
"""

import hmac
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from exercises import access, shown, telling
from exercises.models import Couple, Promise, PromiseView
from exercises.models.promise import State, Wording
from lessons.kinds import Refused
from trustbook.accounts.models import User
from trustbook.lib import sqlite_log

MOST_PROMISES = 400
MOST_SAYINGS = 200
"""Of both about one promise."""
FULL = (
    f"There are {MOST_PROMISES} promises here, which is as many as can be kept. Remove one that "
    "neither of you needs any more, then write this one down."
)
SAID_OFTEN = (
    "So much was said about this promise that no more can be kept. Write it down anew, and go on "
    "there."
)


def write_down(person: User, *, by_me: bool, wording: Wording, token: uuid.UUID) -> Promise:
    """Adds a promise, which both see at once; sent again, it is the same one.

    Raises ``Refused`` when there is no room for it.
    """
    with transaction.atomic():
        couple = access.locked_couple(person)
        maker = person if by_me else access.partner_in(couple, person)
        promise = Promise(
            couple=couple,
            maker=maker,
            writer=person,
            token=token,
            written_on=timezone.localdate(timezone=person.zone),
        )
        before = _written_before(couple, promise, wording)
        if before is not None:
            return before
        if Promise.objects.filter(couple=couple).count() >= MOST_PROMISES:
            raise Refused(FULL)
        promise.seal(couple, wording)
        promise.save()
        telling.tell_partner(couple, person)
    return promise


def _written_before(couple: Couple, promise: Promise, wording: Wording) -> Promise | None:
    """What was made of these very words with this token.

    Other words under the same token come from a page that was gone back to: they are another
    promise, under a token that follows from both.
    """
    before = _sent_with(couple, promise.token)
    if before is None or _says(before, couple, promise, wording):
        return before
    told = f"{promise.maker_id} {promise.writer_id} {wording}".encode()
    digest = hmac.digest(couple.data_key(), promise.token.bytes + told, "sha256")
    promise.token = uuid.UUID(bytes=digest[:16])
    return _sent_with(couple, promise.token)


def _sent_with(couple: Couple, token: uuid.UUID) -> Promise | None:
    return Promise.objects.filter(couple=couple, token=token).first()


def _says(before: Promise, couple: Couple, promise: Promise, wording: Wording) -> bool:
    same = (before.maker_id, before.writer_id) == (promise.maker_id, promise.writer_id)
    return same and before.open(couple) == wording


def say(person: User, promise_id: uuid.UUID, state: State, token: uuid.UUID) -> None:
    """Adds what ``person`` says became of a promise; said again, the later one counts.

    The same said again on the same day changes nothing. Raises ``Refused`` when too much was said.
    """
    today = timezone.localdate(timezone=person.zone)
    with transaction.atomic():
        couple = access.locked_couple(person)
        promise = access.promise_row(couple, promise_id)
        views = sorted(promise.views.all(), key=lambda view: (view.said_at, view.pk))
        own = [view for view in views if view.person_id == person.pk]
        now = own[-1].open(couple) if own else State.OPEN
        said = [view for view in own if view.token == token]
        if said and said[0].open(couple) == state:
            return
        if now == state and (not own or own[-1].said_on == today):
            return
        if len(views) >= MOST_SAYINGS:
            raise Refused(SAID_OFTEN)
        view = PromiseView(promise=promise, person=person, said_on=today, said_at=_after(views))
        view.token = uuid.uuid4() if any(one.token == token for one in views) else token
        view.seal(couple, state)
        view.save()


def _after(views: list[PromiseView]) -> datetime:
    """Now, and after all that was said before, whatever the clock did since."""
    now = timezone.now()
    return max(now, views[-1].said_at + timedelta(microseconds=1)) if views else now


def remove(person: User, promise_id: uuid.UUID) -> None:
    """Takes a promise out, for both, with all that was said of it.

    Raises ``Http404`` for one that the other wrote down, as for one that is gone already.
    """
    with transaction.atomic():
        couple = access.locked_couple(person)
        own = Promise.objects.filter(couple=couple, writer=person, pk=promise_id)
        if not shown.remove(own):
            raise Http404
    sqlite_log.forget("default")
