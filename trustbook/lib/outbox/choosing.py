"""Which notices a person asked for, and the link by which they end them all."""

import base64
import binascii
import uuid
from collections.abc import Collection
from datetime import datetime

from django.core import signing
from django.db import transaction

from trustbook.lib.outbox.models import Notice, Subscription
from trustbook.lib.outbox.person import Person


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt="trustbook.lib.outbox.stop")


def chosen(person: Person) -> dict[str, datetime]:
    """The kinds that a person asked for, each with the moment since when."""
    rows = Subscription.objects.filter(person_id=person.pk).order_by("kind")
    return dict(rows.values_list("kind", "made_at"))


def wants(person_id: uuid.UUID, kind: str) -> bool:
    """Whether a person asked for this kind."""
    return Subscription.objects.filter(person_id=person_id, kind=kind).exists()


def choose(person_id: uuid.UUID, kinds: Collection[str]) -> None:
    """From now on the person is told about these kinds and no others."""
    with transaction.atomic():
        new = [Subscription(person_id=person_id, kind=kind) for kind in kinds]
        Subscription.objects.bulk_create(new, ignore_conflicts=True)
        for model in (Subscription, Notice):
            model.objects.filter(person_id=person_id).exclude(kind__in=kinds).delete()


def stop_token(person_id: uuid.UUID) -> str:
    """What ends all notices of a person: 66 letters, for whoever they are.

    It names no kind. All notices are the same mail, so nobody could tell what they would end.
    """
    return _signer().sign(base64.urlsafe_b64encode(person_id.bytes).decode().rstrip("="))


def person_of(token: str) -> uuid.UUID | None:
    """Whose notices ``token`` ends; None for one that was not made here."""
    try:
        name = _signer().unsign(token)
        return uuid.UUID(bytes=base64.urlsafe_b64decode(name + "=="))
    except (signing.BadSignature, binascii.Error, ValueError):
        return None
