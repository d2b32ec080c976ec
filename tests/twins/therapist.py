"""What a therapist does, through the pages, the same in both worlds; each returns the answer."""

import uuid

from django.utils import timezone

from exercises import access
from exercises.couples import make_couple
from exercises.models import Assignment, ClientFile, Membership, Response
from tests.twins import in_care, known, unseen
from tests.twins.machine import Deed
from tests.twins.pages import NOBODYS
from tests.twins.unseen import Act, lesson_of
from tests.twins.world import World
from trustbook.accounts import erasure


def _files(world: World) -> list[ClientFile]:
    """In the order in which they were made."""
    files = access.own_files(world.therapist)
    return sorted(files, key=lambda file: file.label(world.therapist))


def _file(world: World, number: int) -> ClientFile:
    files = _files(world)
    return files[number % len(files)]


def assigns(world: World, number: int, text: str) -> str:
    """A lesson, with a note."""
    return world.sends(
        "/care/assign/",
        clients=_file(world, number // 10).pk,
        lessons=lesson_of(number).id,
        note=text,
        token=uuid.uuid4(),
    )


def withdraws_an_assignment(world: World, number: int, text: str) -> str:
    """One that was given to anybody."""
    rows = Assignment.objects.filter(link__therapist=world.therapist, withdrawn_on=None)
    found = list(rows.order_by("assigned_on", "link__client__email", "lesson_id"))
    row = found[number % len(found)].pk if found else NOBODYS
    return world.sends(f"/care/assignments/{row}/withdraw/")


def responds(world: World, number: int, text: str) -> str:
    """To something that is shared, or is not any more."""
    shares = in_care.shares_of(world)
    share = shares[number % len(shares)] if shares else None
    file = share.care.file.pk if share else _file(world, number).pk
    said = {"text:revision": share.revision_id if share else NOBODYS, "text:token": uuid.uuid4()}
    row = share.row_id if share else NOBODYS
    return world.sends(f"/care/clients/{file}/respond/{row}/send/", text=text, **said)


def takes_words_back(world: World, number: int, text: str) -> str:
    """Something that they said themselves."""
    rows = list(Response.objects.filter(writer=world.therapist).order_by("written_at"))
    row = rows[number % len(rows)].pk if rows else NOBODYS
    return world.sends(f"/care/responses/{row}/withdraw/")


def notes(world: World, number: int, text: str) -> str:
    """For themselves, of today."""
    day = timezone.localdate().isoformat()
    path = f"/care/clients/{_file(world, number).pk}/notes/{day}/save/"
    return world.sends(path, **{"note": text, "note:base": "", "note:token": uuid.uuid4()})


def met(world: World, number: int, text: str) -> str:
    """A session was held today."""
    day = timezone.localdate().isoformat()
    return world.sends(f"/care/clients/{_file(world, number).pk}/met/", day=day)


def puts_away(world: World, number: int, text: str) -> str:
    """A file, or takes it out again."""
    return world.sends(f"/care/clients/{_file(world, number).pk}/archive/")


def puts_beside(world: World, number: int, text: str) -> str:
    """Two clients."""
    one, other = _files(world)[0], _file(world, number)
    return world.sends(f"/care/clients/{one.pk}/beside/", other=other.pk)


DEEDS: tuple[Deed, ...] = (
    *(assigns, assigns, withdraws_an_assignment, responds, responds, takes_words_back, notes),
    *(met, puts_away, puts_beside),
)


def _if_together(act: Act) -> Act:
    def alone(world: World, number: int, text: str) -> None:
        if world.couple:
            act(world, number, text)

    return alone


def shares_a_workbook(world: World, number: int, text: str) -> None:
    """With the partner, who has the same therapist; or ends that."""
    if world.couple is None:
        world.couple = make_couple(world.author, world.partner)
    elif number % 4 == 0:
        known.leaves(world)


WITH_THE_PARTNER: tuple[Act, ...] = (
    shares_a_workbook,
    shares_a_workbook,
    *map(
        _if_together,
        (known.shares, known.closes, known.writes_together, known.promises, known.is_ready),
    ),
)


def ends_with_the_therapist(world: World) -> None:
    """Silently."""
    in_care.is_a_client_no_more(world, 0, "")


def ends_the_account(world: World) -> None:
    """With all that is theirs; leaving whoever shares a workbook with them."""
    erasure.erase(world.author)
    if not Membership.objects.filter(person=world.partner, ended_at=None).exists():
        world.couple = None


WAYS: tuple[known.Way, ...] = (ends_with_the_therapist, ends_with_the_therapist, ends_the_account)
ALONE: tuple[Act, ...] = (
    *(*unseen.ACTS, *WITH_THE_PARTNER),
    *(in_care.puts_aside, in_care.puts_aside, in_care.changes_what_is_shown),
)
"""What no therapist may know of."""
