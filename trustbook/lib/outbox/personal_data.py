"""What the outbox holds of a person, in taking everything along and in ending everything."""

from typing import Any

from trustbook.lib.outbox.choosing import chosen
from trustbook.lib.outbox.models import AccountMail, Notice, Subscription
from trustbook.lib.outbox.person import Person
from trustbook.lib.personal_data import EXPORTED, Fields, unexported

ROW = unexported("tells rows apart, and says nothing")
TITLE = "What you asked to be told about by mail"
ON_ITS_WAY = unexported("of a mail on its way; the row goes before, or as soon as, it is sent")

FIELDS: Fields = {
    "outbox.AccountMail": {
        "id": ROW,
        "person": ROW,
        **dict.fromkeys(("sealed", "made_at", "due_at", "tries"), ON_ITS_WAY),
    },
    "outbox.Notice": {"id": ROW, "person": ROW, "kind": ON_ITS_WAY, "due_at": ON_ITS_WAY},
    "outbox.Subscription": {"id": ROW, "person": ROW, "kind": EXPORTED, "made_at": EXPORTED},
}


def export_for(person: Person) -> dict[str, Any]:
    """The kinds of mail that a person asked for, and since when."""
    return {
        "subscriptions": [
            {"kind": kind, "made_at": since.isoformat()} for kind, since in chosen(person).items()
        ]
    }


def erase(person: Person) -> None:
    """Deletes the person's mails, sent or not, and what they asked for."""
    for model in (AccountMail, Notice, Subscription):
        model.objects.filter(person_id=person.pk).delete()


def after_restoring() -> None:
    """What was on its way at the time of the backup has been sent since, and is not sent again."""
    for model in (AccountMail, Notice):
        model.objects.all().delete()
