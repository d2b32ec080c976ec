"""What rooms call: a row in the caller's transaction, or no row if that fails."""

from datetime import datetime
from functools import partial

from django.core.mail import EmailMessage
from django.db.transaction import on_commit
from django.utils import timezone

from trustbook.lib.outbox import choosing, letters, sending
from trustbook.lib.outbox.hours import next_evening
from trustbook.lib.outbox.kinds import Kind
from trustbook.lib.outbox.models import AccountMail, Notice
from trustbook.lib.outbox.person import Person


def post(person: Person | None, message: EmailMessage, *, at_once: bool = True) -> AccountMail:
    """Puts an account mail into the outbox; it is tried as soon as the transaction is committed.

    ``person`` is whose account it is about: with the account its mails go. Only text is sent. Of
    many at a time nobody waits for each: not ``at_once``, they go when ``send_due`` runs.
    """
    mail = AccountMail(person_id=person.pk if person else None)
    [to] = message.to
    letters.seal(mail, to, str(message.subject), str(message.body))
    mail.save(force_insert=True)
    if at_once:
        on_commit(partial(sending.send_now, mail), robust=True)
    return mail


def notify(person: Person, kind: Kind, due_at: datetime | None = None) -> None:
    """Lets a person know, if they asked for it, that there is something of this kind.

    By default at six in the evening, as they have it: however many things happened, there is one
    mail a day, and its time tells nobody when somebody else did something.
    """
    if choosing.wants(person.pk, kind.name):
        due_at = due_at or next_evening(person.zone, timezone.now())
        notice = Notice(person_id=person.pk, kind=kind.name, due_at=due_at)
        Notice.objects.bulk_create([notice], ignore_conflicts=True)
