"""What the author does that the partner may know of: the same in both worlds, to the word.

Whatever an act shows is written by the act itself, on top of whatever the author wrote alone.
"""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from exercises import access, couples, deletion
from exercises.models import Audience, Pulse, Ready, Share
from exercises.models.promise import State, Wording
from exercises.pulse.prompts import PULSE
from exercises.sharing import actions as sharing
from exercises.together import ledger_of_promises as ledger
from exercises.together import opening
from exercises.topics import topic_called
from exercises.weeks import week_of
from tests.exercises.two import joint
from tests.twins.unseen import TOPICS, Act, asked, be_ready, keep, numbers, said, save
from tests.twins.world import World
from trustbook.accounts import erasure


def shares(world: World, number: int, text: str) -> None:
    """An answer, in these words."""
    lesson, prompt = asked(number)
    row = save(world, lesson, prompt, said(prompt, f"{text} seen"))
    sharing.share(world.author, row, row.head_id, Audience.PARTNER)


def withdraws(world: World, number: int, text: str) -> None:
    """One of the texts that the partner is shown."""
    if shared := in_order(world):
        row: Any = shared[number % len(shared)].row
        sharing.withdraw(world.author, row, Audience.PARTNER)


def deletes_what_is_shown(world: World, number: int, text: str) -> None:
    """It ends being shown; taken back, it is private again."""
    if shared := in_order(world):
        row = shared[number % len(shared)].row
        assert deletion.hide(row, row.head_id)
        if number % 2:
            deletion.undo(row, world.author)


def in_order(world: World) -> list[Share]:
    """What the author shares, in the same order in both worlds."""
    shares = Share.objects.filter(owner=world.author)
    return list(shares.order_by("answer__lesson_id", "answer__prompt_id", "pulse__week"))


def shares_the_weeks(world: World, number: int, text: str) -> None:
    """All of them, with these numbers."""
    pulses = settle_weeks(world, number, week_of(world.author))
    sharing.share_weeks(world.author, sharing.digest_of(pulses), Audience.PARTNER)


def withdraws_the_weeks(world: World, number: int, text: str) -> None:
    """None of them is shown any more, as far as it was shared."""
    sharing.withdraw_weeks(world.author, Audience.PARTNER)


def settle_weeks(world: World, number: int, week: date) -> list[Pulse]:
    """Leaves the author with ``week`` and those that are shown, all with these numbers."""
    pinned = world.pinned()
    for pulse in Pulse.objects.of(world.author):
        if pulse.pk in pinned:
            keep(world, Pulse, {"week": pulse.week}, PULSE, numbers(number))
        else:
            deletion.hide(pulse, pulse.head_id)
    keep(world, Pulse, {"week": week}, PULSE, numbers(number))
    return list(Pulse.objects.of(world.author))


def is_ready(world: World, number: int, text: str) -> None:
    """With these words or numbers; where the partner is ready too, each sees the other's now."""
    topic = topic_called(TOPICS[number % len(TOPICS)])
    if topic.lesson and topic.prompt:
        save(world, topic.lesson, topic.prompt, said(topic.prompt, f"{text} opened"))
    else:
        settle_weeks(world, number, topic.week or week_of(world.author))
    be_ready(world, topic)


def is_not_ready(world: World, number: int, text: str) -> None:
    """Whatever they may have chosen alone, before the partner chooses."""
    topic = topic_called(TOPICS[number % len(TOPICS)])
    alone = Ready.objects.filter(person=world.author, topic=topic.name, opened_on=None)
    if alone.exists():
        opening.close(world.author, topic, was_open=False)


def closes(world: World, number: int, text: str) -> None:
    """What is open, for both; where nothing is, takes back being ready, of which nobody knew."""
    opening.close(world.author, topic_called(TOPICS[number % len(TOPICS)]), was_open=False)


def writes_together(world: World, number: int, text: str) -> None:
    """What belongs to both."""
    joint(world.couple, world.author, text, "one", "ours")


def promises(world: World, number: int, text: str) -> None:
    """Something that either of the two promised."""
    wording = Wording(f"{text} promised", text, None)
    ledger.write_down(world.author, by_me=number % 2 == 0, wording=wording, token=uuid.uuid4())


def says_what_became_of_it(world: World, number: int, text: str) -> None:
    """Of a promise, for themselves."""
    if promised := access.promises_of(world.couple, world.author):
        one = promised[number % len(promised)]
        ledger.say(world.author, one.id, list(State)[number % len(State)], uuid.uuid4())


ACTS: tuple[Act, ...] = (
    *(shares, shares, withdraws, deletes_what_is_shown, shares_the_weeks, withdraws_the_weeks),
    *(closes, writes_together, promises, says_what_became_of_it),
)


def leaves(world: World) -> None:
    """For good."""
    couples.leave(world.author)
    world.couple = None


def ends_the_account(world: World) -> None:
    """With all that is theirs."""
    erasure.erase(world.author)
    world.couple = None


Way = Callable[[World], None]
WAYS: tuple[Way, ...] = (leaves, leaves, ends_the_account)


def takes_the_first_address(world: World) -> None:
    """The one by which the partner knows them."""
    world.author.email = world.address
    world.author.save(update_fields=["email"])
