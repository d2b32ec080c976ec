"""The mails themselves, as they leave."""

import json
import uuid
from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse

from trustbook.lib import encryption
from trustbook.lib.outbox.choosing import stop_token
from trustbook.lib.outbox.models import AccountMail
from trustbook.lib.outbox.person import Person

SENDER = "Workbook"
"""The name beside the address that mails come from: it stands in every list of mails."""
NOTICE_SUBJECT = "A note from your workbook"


def sender() -> str:
    """``DEFAULT_FROM_EMAIL`` with a neutral name, unless the operator gave it one."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or SENDER, address))


def envelope(name: uuid.UUID, now: datetime) -> dict[str, str]:
    """The headers of every mail. The Message-ID tells the site's name, not this machine's."""
    return {
        "Message-ID": f"<{name.hex}@{urlsplit(settings.SITE_ORIGIN).hostname}>",
        "Date": format_datetime(now),
        "Auto-Submitted": "auto-generated",
    }


def seal(mail: AccountMail, to: str, subject: str, body: str) -> None:
    """Puts a whole mail into ``mail``, headers included: sent again it is the same bytes."""
    headers = envelope(mail.pk, mail.made_at)
    parts = {"to": to, "subject": subject, "body": body, "headers": headers}
    plain = encryption.pack([json.dumps(parts).encode()], rooms=[0])
    mail.sealed = settings.MASTER_KEYS.wrap(plain, mail.place)


def unsealed(mail: AccountMail) -> EmailMessage:
    """The mail that was sealed. Raises ``Unreadable`` when no master key here opens it."""
    plain = settings.MASTER_KEYS.unwrap(bytes(mail.sealed), mail.place)
    parts = json.loads(encryption.unpack(plain, 1)[0])
    return EmailMessage(
        parts["subject"], parts["body"], sender(), [parts["to"]], headers=parts["headers"]
    )


def rewrap_all() -> int:
    """Seals waiting mails under the newest master key; how many were not yet."""
    changed = 0
    for mail in AccountMail.objects.order_by("pk"):
        old = bytes(mail.sealed)
        if not old.startswith(settings.MASTER_KEYS.newest):
            plain = settings.MASTER_KEYS.unwrap(old, mail.place)
            anew = settings.MASTER_KEYS.wrap(plain, mail.place)
            changed += AccountMail.objects.filter(pk=mail.pk, sealed=old).update(sealed=anew)
    return changed


def stop_address(person: Person) -> str:
    """Where one press ends all notices of a person."""
    path = reverse("reminders:stop", kwargs={"token": stop_token(person.pk)})
    return settings.SITE_ORIGIN + path


def notice_body(stop: str) -> str:
    """What every notice says. ASCII, so that it is never encoded in one way or another."""
    workbook = settings.SITE_ORIGIN + resolve_url(settings.LOGIN_REDIRECT_URL)
    return render_to_string("email/notice.txt", {"workbook": workbook, "stop": stop})


def notice(person: Person, now: datetime) -> EmailMessage:
    """The one mail that all notices are, whatever it is about: nothing here knows that.

    One-click unsubscribing after RFC 8058.
    """
    stop = stop_address(person)
    headers = envelope(uuid.uuid4(), now) | {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(
        NOTICE_SUBJECT, notice_body(stop), sender(), [person.email], headers=headers
    )
