"""What passes between the author and their therapist: of no concern to a partner, whoever that is.

Each act takes a world, a number to choose with and a text, and does nothing where it can't be done.
"""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from exercises import access, carelinks
from exercises.models import (
    Answer,
    Assignment,
    Audience,
    CareLink,
    ClientFile,
    How,
    Pulse,
    Response,
)
from exercises.sharing import actions as sharing
from tests.conftest import a_file
from tests.twins.unseen import Act, asked, lesson_of, said, save
from tests.twins.world import World
from trustbook.accounts.models import User


def has_a_therapist(world: World, person: User) -> CareLink:
    """The same one for everybody in a world."""
    found = access.care_of(person)
    return found or carelinks.make_link(a_file(world.therapist, "A label"), person)


def link_of(world: World) -> CareLink | None:
    """What links the author with the therapist now."""
    return access.care_of(world.author)


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
    """The rows that the therapist is shown, in the same order in both worlds."""
    link = link_of(world)
    return [share.row for share in access.shares_with_therapist(link)] if link else []


def takes_back(world: World, number: int, text: str) -> None:
    """One of the texts that the therapist is shown."""
    if rows := shares_of(world):
        sharing.withdraw(world.author, rows[number % len(rows)], Audience.THERAPIST)


def is_read(world: World, number: int, text: str) -> None:
    """The therapist opens what is shared."""
    if link := link_of(world):
        file = ClientFile.objects.get(link=link)
        access.read_shared(world.therapist, file.pk, list(How)[number % len(How)])


def is_assigned(world: World, number: int, text: str) -> None:
    """A lesson with a note, unless it is assigned already."""
    link, lesson = link_of(world), lesson_of(number)
    if link and not Assignment.objects.open().filter(link=link, lesson_id=lesson.id).exists():
        today = timezone.localdate()
        due = today + timedelta(days=number % 9)
        row = Assignment(link=link, lesson_id=lesson.id, assigned_on=today, due_on=due)
        row.seal_note(link, text)
        row.save()


def an_assignment(world: World, number: int) -> Assignment | None:
    """One that is open."""
    link = link_of(world)
    rows = Assignment.objects.open().filter(link=link) if link else Assignment.objects.none()
    found = list(rows.order_by("lesson_id"))
    return found[number % len(found)] if found else None


def presses(world: World, number: int, text: str) -> None:
    """Begin or done."""
    if row := an_assignment(world, number):
        name = ("begun_on", "done_on")[number % 2]
        Assignment.objects.filter(pk=row.pk).update(**{name: timezone.localdate()})


def puts_aside(world: World, number: int, text: str) -> None:
    """And takes up again, now and then: known to the author alone."""
    if row := an_assignment(world, number):
        at = timezone.now() if number % 3 else None
        Assignment.objects.filter(pk=row.pk).update(aside_at=at)


def is_written_to(world: World, number: int, text: str) -> None:
    """By the therapist about what is shared; or the author answers."""
    link, rows = link_of(world), shares_of(world)
    if link and rows:
        row = rows[number % len(rows)]
        writer = (world.therapist, world.author)[number % 2]
        said_now = Response(
            link=link,
            answer=row if isinstance(row, Answer) else None,
            pulse=row if isinstance(row, Pulse) else None,
            revision=row.head_id,
            writer=writer,
            token=uuid.uuid4(),
            written_at=timezone.now(),
        )
        said_now.seal(link, text)
        said_now.save()


ACTS: tuple[Act, ...] = (
    *(becomes_a_client, becomes_a_client, is_a_client_no_more, shows_the_therapist),
    *(shows_the_therapist, takes_back, is_read, is_assigned, presses, puts_aside, is_written_to),
)
