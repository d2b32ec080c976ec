"""What passes between the author and their therapist: of no concern to a partner, whoever that is.

Each act takes a world, a number to choose with and a text, and does nothing where it can't be done.
"""

import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from exercises import access, carelinks, threads
from exercises.care.giving import at_once, give
from exercises.client import pressing
from exercises.models import Answer, Assignment, Audience, CareLink, How, Response
from exercises.sharing import actions as sharing
from lessons.kinds import Refused
from tests.conftest import a_file
from tests.twins.unseen import Act, asked, lesson_of, said, save
from tests.twins.world import World
from trustbook.accounts.models import User


def has_a_therapist(world: World, person: User) -> CareLink:
    """The same one for everybody in a world, who knows each of them by another label."""
    if found := access.care_of(person):
        return found
    number = len(access.own_files(world.therapist))
    return carelinks.make_link(a_file(world.therapist, f"Label {number}"), person)


def link_of(world: World) -> CareLink | None:
    """What links the author with the therapist now."""
    return access.care_of(world.author) if world.author.is_active else None


def becomes_a_client(world: World, number: int, text: str) -> None:
    """Or is one already."""
    has_a_therapist(world, world.author)


def is_a_client_no_more(world: World, number: int, text: str) -> None:
    """From the one side or the other, which makes no difference; now and then only."""
    link = link_of(world)
    if link and number % 5 == 0:
        carelinks.end(link)


def shows_the_therapist(world: World, number: int, text: str) -> None:
    """An answer, in these words."""
    if link_of(world) and text:
        lesson, prompt = asked(number)
        row = save(world, lesson, prompt, said(prompt, text))
        sharing.share(world.author, row, row.head_id, Audience.THERAPIST)


def shares_of(world: World) -> list[Any]:
    """What the therapist is shown, in the same order in both worlds."""
    link = link_of(world)
    return access.shares_with_therapist(link) if link else []


def takes_back(world: World, number: int, text: str) -> None:
    """One of the texts that the therapist is shown."""
    if shares := shares_of(world):
        row = shares[number % len(shares)].row
        sharing.withdraw(world.author, row, Audience.THERAPIST)


def is_read(world: World, number: int, text: str) -> None:
    """The therapist opens what is shared."""
    if link := link_of(world):
        access.read_shared(world.therapist, link.file.pk, list(How)[number % len(How)])


def is_assigned(world: World, number: int, text: str) -> None:
    """A lesson with a note, unless it is assigned already."""
    if link := link_of(world):
        due = timezone.localdate() + timedelta(days=number % 9)
        plan = at_once([lesson_of(number).id], None, due)
        give(world.therapist, [link.file.pk], plan, text, uuid.uuid4())


def an_assignment(world: World, number: int) -> Assignment | None:
    """One that is open."""
    link = link_of(world)
    rows = Assignment.objects.open().filter(link=link) if link else Assignment.objects.none()
    found = list(rows.order_by("lesson_id"))
    return found[number % len(found)] if found else None


def presses(world: World, number: int, text: str) -> None:
    """Begin or done."""
    if row := an_assignment(world, number):
        press = (pressing.begin, pressing.done)[number % 2]
        press(world.author, row.pk, timezone.localdate().isoformat())


def puts_aside(world: World, number: int, text: str) -> None:
    """And takes up again, now and then: known to the author alone."""
    if row := an_assignment(world, number):
        press = pressing.put_aside if number % 3 else pressing.take_up
        press(world.author, row.pk)


def says(world: World, writer: User, number: int, text: str) -> None:
    """Something about what is shared."""
    link, shares = link_of(world), shares_of(world)
    if link and shares and text:
        share = shares[number % len(shares)]
        sent = threads.Sent(text, share.revision_id, uuid.uuid4())
        with suppress(Refused), transaction.atomic():
            threads.say(link, writer, share.row_id, sent)


def is_written_to(world: World, number: int, text: str) -> None:
    """By the therapist."""
    says(world, world.therapist, number, text)


def answers_back(world: World, number: int, text: str) -> None:
    """To the therapist."""
    says(world, world.author, number, text)


def withdraws_words(world: World, number: int, text: str) -> None:
    """Something that the author said to the therapist."""
    link = link_of(world)
    rows = Response.objects.filter(link=link, writer=world.author, withdrawn_at=None)
    about = {share.row_id for share in shares_of(world)}
    found = [row for row in rows.order_by("written_at") if row.row_id in about]
    if link and found:
        with transaction.atomic():
            threads.withdraw(found[number % len(found)])


def changes_what_is_shown(world: World, number: int, text: str) -> None:
    """The therapist goes on seeing what was chosen for them."""
    rows = [share.row for share in shares_of(world) if isinstance(share.row, Answer)]
    if rows:
        row = rows[number % len(rows)]
        lesson = access.lesson_with(row.lesson_id)
        prompt = access.prompt_of(lesson, row.prompt_id)
        save(world, lesson, prompt, said(prompt, text))


KNOWN: tuple[Act, ...] = (
    *(shows_the_therapist, shows_the_therapist, takes_back, presses, answers_back, withdraws_words),
)
"""What the therapist may know of."""
ACTS: tuple[Act, ...] = (
    *(becomes_a_client, becomes_a_client, is_a_client_no_more, *KNOWN),
    *(is_read, is_assigned, puts_aside, is_written_to),
)
"""All of it, of which a partner may know nothing."""
