"""The account's part in taking everything along and in ending everything."""

import uuid
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from trustbook.accounts.exported import DOCUMENT, part_of
from trustbook.accounts.models import Session, User
from trustbook.lib.export import Part
from trustbook.lib.personal_data import EXPORTED, Fields, nobodys, unexported

ROW = unexported("tells rows apart, and says nothing")
SECRET = unexported("a secret of this installation, of no use elsewhere")
NOT_OURS = nobodys("of Django or of the installation; no row is a person's")

FIELDS: Fields = {
    "accounts.User": {
        "id": ROW,
        "email": EXPORTED,
        "display_name": EXPORTED,
        "time_zone": EXPORTED,
        "joined_at": EXPORTED,
        "consented_at": EXPORTED,
        "workbook_name": EXPORTED,
        "rest": EXPORTED,
        "last_login": EXPORTED,
        "password": SECRET,
        "data_key_id": SECRET,
        "is_therapist": EXPORTED,
        "is_active": unexported("true for everybody who can ask"),
        "erasing": unexported("false for everybody who can ask"),
    },
    "accounts.Session": {
        "id": ROW,
        "user": ROW,
        "key_hash": SECRET,
        "data": SECRET,
        "device": EXPORTED,
        "made_at": EXPORTED,
        "last_seen": EXPORTED,
        "expires_at": EXPORTED,
        "rest": EXPORTED,
        "shared": EXPORTED,
    },
    "keys.DataKey": {"id": ROW, "wrapped": SECRET, "made_at": ROW},
    "account.EmailAddress": {
        "id": ROW,
        "user": ROW,
        "email": EXPORTED,
        "verified": EXPORTED,
        "primary": EXPORTED,
    },
    "account.EmailConfirmation": {
        "id": ROW,
        "email_address": ROW,
        "created": ROW,
        "sent": ROW,
        "key": SECRET,
    },
    "mfa.Authenticator": {
        "id": ROW,
        "user": ROW,
        "type": EXPORTED,
        "data": SECRET,
        "created_at": EXPORTED,
        "last_used_at": EXPORTED,
    },
    "contenttypes.ContentType": dict.fromkeys(("id", "app_label", "model"), NOT_OURS),
    "auth.Permission": dict.fromkeys(("id", "name", "content_type", "codename"), NOT_OURS),
    "auth.Group": dict.fromkeys(("id", "name", "permissions"), NOT_OURS),
    "auth.Group_permissions": dict.fromkeys(("id", "group", "permission"), NOT_OURS),
    "sessions.Session": dict.fromkeys(("session_key", "session_data", "expire_date"), NOT_OURS),
}


def export_for(person: User) -> Part:
    """The account's part of the export."""
    return part_of(person)


def erase(person: User) -> None:
    """Sessions, addresses and second steps; the person's own row goes last, with ``erasure``."""
    Session.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()


def named_keys() -> Iterator[uuid.UUID]:
    """The key of each person."""
    yield from User.objects.values_list("data_key_id", flat=True).iterator()


def after_restoring() -> None:
    """Who signed out, or was signed out, after the backup is not signed in again."""
    Session.objects.all().delete()


__all__ = ["DOCUMENT", "FIELDS", "after_restoring", "erase", "export_for", "named_keys"]
