"""Carries out what is due. Any number of senders may do so at once, and each may die anywhere."""

import logging
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from itertools import groupby

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from trustbook.lib.outbox import choosing, kinds, letters
from trustbook.lib.outbox.models import AccountMail, Notice

logger = logging.getLogger(__name__)

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360)]
"""After the first failure, the second …; the last one again and again."""
GIVE_UP = timedelta(days=3)
"""For as long as the links in account mails work."""
LATE = timedelta(days=1)
"""A notice that could not be sent for this long is not sent any more."""


class Carrier:
    """One connection to the mail server, opened when there is something to send."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.failure: Exception | None = None

    def open(self) -> None:
        """Raises what it met when the server is out of reach, for this carrier once and for all."""
        if self.failure:
            raise self.failure
        try:
            self.connection.open()
        except Exception as error:
            logger.warning("The mail server is out of reach (%s).", type(error).__name__)
            self.failure = error
            raise

    def send(self, message: EmailMessage) -> None:
        """Raises what it met unless the server has taken the mail."""
        self.open()
        try:
            if self.connection.send_messages([message]) != 1:
                raise OSError("the mail was not taken")
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Ends the connection, if there is one; the next mail opens another."""
        with suppress(Exception):
            self.connection.close()


def send_due() -> Counter[str]:
    """Sends what is due: how many are ``sent``, to be tried ``again``, ``given up``, ``lost``.

    Outside of any transaction: a claim counts once it is committed.
    """
    tally: Counter[str] = Counter()
    carrier = Carrier()
    for mail in AccountMail.objects.due(timezone.now()):
        tally[_try(mail, carrier)] += 1
    due = Notice.objects.due(timezone.now())
    for _, notices in groupby(due, key=lambda notice: notice.person_id):
        tally[_tell(list(notices), carrier)] += 1
    carrier.close()
    return tally


def send_now(mail: AccountMail) -> None:
    """Tries a mail that was just committed; failing that, ``send_due`` will."""
    carrier = Carrier()
    _try(mail, carrier)
    carrier.close()


def _try(mail: AccountMail, carrier: Carrier) -> str:
    """Sends an account mail, or sees to it that it is tried again."""
    if not mail.claim(timezone.now()):
        return "another's"
    try:
        carrier.send(letters.unsealed(mail))
    except Exception as error:  # one mail that can't be sent must not hold up the others
        return _postpone(mail, error)
    AccountMail.objects.filter(pk=mail.pk).delete()
    return "sent"


def _postpone(mail: AccountMail, error: Exception) -> str:
    now, row = timezone.now(), AccountMail.objects.filter(pk=mail.pk)
    # The error's own words may name the address.
    logger.warning("An account mail was not sent (%s, try %s).", type(error).__name__, mail.tries)
    if now - mail.made_at >= GIVE_UP:
        row.delete()
        return "given up"
    row.update(due_at=now + PAUSES[min(mail.tries, len(PAUSES)) - 1])
    return "again"


def _tell(notices: list[Notice], carrier: Carrier) -> str:
    """One mail for all that is due to one person. Once claimed it is sent, or lost, never twice."""
    try:
        carrier.open()
    except Exception:  # nothing is claimed yet, so nothing is lost
        return "again"
    # Who gets the first gets all of them: two senders do not share out one person.
    if not notices[0].claim():
        return "another's"
    claimed = [notices[0], *(notice for notice in notices[1:] if notice.claim())]
    try:
        if not any(_is_wanted(notice) for notice in claimed):
            return "not wanted"
        carrier.send(letters.notice(claimed[0].person, timezone.now()))
    except Exception as error:
        logger.warning("A notice was lost (%s).", type(error).__name__)
        return "lost"
    return "sent"


def _is_wanted(notice: Notice) -> bool:
    """Whether its person still asks for this kind, and there is still something to tell."""
    kind = kinds.named(notice.kind)
    return (
        kind is not None
        and timezone.now() - notice.due_at < LATE
        and choosing.wants(notice.person_id, notice.kind)
        and kind.still(notice.person)
    )
