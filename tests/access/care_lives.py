"""One person's own life beside a therapist, and a therapist's file, after each way of ending it."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any

import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from exercises import carelinks, sessionnotes, telling, threads
from exercises.models import CareLink, Keepsake, Share
from exercises.recording import Draft
from tests.access.lives import EVENING, MORNING, live, look, pin_of
from tests.conftest import a_file, a_therapist, at_the_desk
from tests.exercises.care_of import assigned
from tests.exercises.own import given, written
from tests.twins.seen import Eyes
from trustbook.accounts import erasure
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark

Ending = Callable[[CareLink], object]
FOR_THE_CLIENT: dict[str, Ending] = {
    "I ended it": lambda link: carelinks.end_as_client(link.client),
    "my therapist ended it": carelinks.end,
    "my therapist lost the role": lambda link: operate("revoke_therapist", link.therapist),
    "my therapist ended the account": lambda link: erasure.erase(link.therapist),
}
FOR_THE_THERAPIST: dict[str, Ending] = {
    "my client ended it": lambda link: carelinks.end_as_client(link.client),
    "I ended it": carelinks.end,
    "my client ended the account": lambda link: erasure.erase(link.client),
}
NOTED = date(2026, 5, 4)
HANDLE = re.compile(r'(name="token" value=")[\w-]{22,32}(?=")')
"""What tells one form of an invitation from another, by chance."""
PAGES = (
    *("client", "label", "invite_again", "end", "delete_file", "shared", "weeks", "beside"),
    *("sheet", "sheet_pdf", "met", "notes"),
)
"""Of one client; none of them takes anything but the file."""


def operate(command: str, person: User) -> None:
    """The operator runs a command about somebody."""
    call_command(command, person.email, stdout=StringIO())


@contextmanager
def undone() -> Iterator[Any]:
    """A morning of which nothing is left in the databases."""
    with (
        time_machine.travel(MORNING, tick=False) as clock,
        transaction.atomic(),
        transaction.atomic("keys"),
    ):
        cache.clear()
        yield clock
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")


def clients_pages(ending: Ending | None, *, kept: bool = True) -> dict[str, str]:
    """All that I receive on the next evening; without an ``ending``, I never had a therapist."""
    with undone() as clock:
        me = User.objects.create_user("me@example.org", "a long password", display_name="Me")
        therapist = a_therapist("therapist@example.org")
        link = carelinks.make_link(a_file(therapist, "Tuesday"), me) if ending else None
        live(me, clock)
        if link and ending:
            work(link)
            ending(link)
        if not kept:
            Keepsake.objects.filter(author=me).delete()
        clock.move_to(EVENING)
        return dict(look(me))


def therapists_pages(ending: Ending) -> dict[str, str]:
    """All that a therapist finds of a client with whom it has ended."""
    with undone() as clock:
        me = User.objects.create_user("me@example.org", "a long password", display_name="Me")
        therapist = a_therapist("therapist@example.org")
        link = carelinks.make_link(a_file(therapist, "Tuesday"), me)
        live(me, clock)
        work(link)
        file = link.file.pk
        draft = Draft("she came early", None, uuid.uuid4())
        sessionnotes.save(therapist, file, NOTED, sessionnotes.NOTE, draft)
        ending(link)
        clock.move_to(EVENING)
        return dict(_at_the_desk(therapist, file))


def work(link: CareLink) -> None:
    """All that two people can do with each other, but that the therapist opens what is shared: that
    stays on record for the client.
    """
    assigned(link, lesson="looking-back", note="read it twice")
    given(link, written(link.therapist), note="")  # of two notes, chance says which comes first
    fields = {"owner": link.client, "care": link, "audience": "therapist", "since": "2026-05-04"}
    share = Share.objects.create(**fields, **pin_of(link.client, "moment"))
    for one, said in ((link.therapist, "what did you see"), (link.client, "only rain")):
        sent = threads.Sent(said, share.revision_id, uuid.uuid4())
        threads.say(link, one, share.row_id, sent)
    telling.tell_client(link)


def _at_the_desk(therapist: User, file: uuid.UUID) -> Iterator[tuple[str, str]]:
    browser = at_the_desk(therapist)
    eyes = Eyes({therapist.email: "<me>", owner_mark(therapist): "<mark>", str(file): "<file>"})
    addresses = [reverse(f"care:{name}", args=[file]) for name in PAGES]
    addresses += [reverse("care:note", args=[file, NOTED.isoformat()])]
    addresses += [reverse("care:fhir", args=[file, "every-kind"])]
    for path in [*map(reverse, ("care:clients", "care:clients_csv", "care:assign")), *addresses]:
        yield eyes.masked(path), _seen(eyes, browser, path)


def _seen(eyes: Eyes, browser: Client, path: str) -> str:
    response = browser.get(path)
    if response.headers["Content-Type"] == "application/pdf":
        return "a sheet"
    return HANDLE.sub(r"\1*", eyes.answer(eyes.masked(path), response))
