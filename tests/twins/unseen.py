"""What the author does alone: nothing of it may reach the partner, whatever it is.

Each act takes the world in which it is done, a number to choose with and a text. Where there is
nothing to do it with, it does nothing: in the other world there may have been.
"""

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from exercises import access, deletion
from exercises.access.own import ROWS
from exercises.answering import actions
from exercises.couples import NotFree
from exercises.models import Answer, Audience, Invitation, Pulse, WeekNote
from exercises.pulse.prompts import NOTE, PULSE
from exercises.recording import Draft, record
from exercises.sharing import actions as sharing
from exercises.together import invitations, opening
from exercises.topics import Topic, topic_called
from exercises.weeks import week_of
from lessons.catalogue import Lesson, catalogue
from lessons.kinds import BasePrompt, Refused, Value
from lessons.kinds.pulse import NAMES
from tests.conftest import signed_in
from tests.twins.world import World
from trustbook.lib.outbox import kinds
from trustbook.reminders.actions import set_reminders
from trustbook.reminders.models import Schedule

Act = Callable[[World, int, str], object]


def lesson_of(number: int) -> Lesson:
    """A lesson of the course."""
    lessons = catalogue().courses[0].lessons
    return lessons[number % len(lessons)]


def questions() -> list[tuple[Lesson, BasePrompt]]:
    """All that the course asks."""
    return [
        (lesson, prompt)
        for lesson in catalogue().courses[0].lessons
        for prompt in lesson.exercise.prompts
        if prompt.answered
    ]


def asked(number: int) -> tuple[Lesson, BasePrompt]:
    """One of them."""
    found = questions()
    return found[number % len(found)]


def said(prompt: BasePrompt, text: str) -> Value:
    """An answer of that prompt's kind that comes from ``text``; blank, where that is blank."""
    if prompt.kind == "predict":
        return {"mine": text, "guess": text[::-1]}
    if prompt.kind == "scale":
        return len(text) % 7 + 1 if text else None
    return text


def save(world: World, lesson: Lesson, prompt: BasePrompt, value: Value, *, stale: bool = False):
    """The author saves an answer; from a stale page, it is kept aside."""
    where = {"lesson_id": lesson.id, "prompt_id": prompt.id}
    return keep(world, Answer, where, prompt, value, stale=stale)


def keep(
    world: World,
    kept: Any,
    where: dict[str, Any],
    prompt: Any,
    value: Value,
    *,
    stale: bool = False,
) -> Any:
    """The row in which something of the author's stands then."""
    row = kept.objects.filter(author=world.author, **where).first()
    base = row.head_id if row and not stale else None
    recorded = record(kept, where, world.author, prompt, Draft(value, base, uuid.uuid4()))
    return recorded.row if recorded else None


def writes(world: World, number: int, text: str) -> None:
    """An answer, another one, or none any more; now and then from an old page."""
    lesson, prompt = asked(number)
    save(world, lesson, prompt, said(prompt, text), stale=number % 5 == 0)


def changes_what_is_shown(world: World, number: int, text: str) -> None:
    """The partner goes on seeing what was chosen for them."""
    shown = Answer.objects.filter(pk__in=world.pinned()).order_by(*Answer.where)
    if shown:
        row = shown[number % len(shown)]
        lesson = access.lesson_with(row.lesson_id)
        prompt = access.prompt_of(lesson, row.prompt_id)
        save(world, lesson, prompt, said(prompt, text))


def brings_back(world: World, number: int, text: str) -> None:
    """An earlier version becomes the newest."""
    if row := a_row(world, number, Answer):
        revision = access.revisions_of(row)[0]
        old = row.open(revision, world.author)
        draft = Draft(old.value, row.head_id, uuid.uuid4())
        record(Answer, {"pk": row.pk}, world.author, old.prompt, draft)


def reads(world: World, number: int, text: str) -> None:
    """A lesson is opened, and read up to somewhere."""
    lesson = lesson_of(number)
    actions.open_lesson(world.author, lesson)
    actions.keep_place(world.author, lesson, number)


def finishes(world: World, number: int, text: str) -> None:
    """A lesson is called finished."""
    actions.finish_lesson(world.author, lesson_of(number))


def takes_the_pulse(world: World, number: int, text: str) -> None:
    """Numbers about this week or the last one."""
    week = week_of(world.author) - timedelta(weeks=number % 2)
    keep(world, Pulse, {"week": week}, PULSE, numbers(number))


def numbers(number: int) -> dict[str, int]:
    """One for each statement of the pulse."""
    return {name: (number + at) % 7 + 1 for at, name in enumerate(NAMES)}


def notes(world: World, number: int, text: str) -> None:
    """A note about this week."""
    keep(world, WeekNote, {"week": week_of(world.author)}, NOTE, text)


def deletes(world: World, number: int, text: str) -> None:
    """What is shown to nobody; then it is taken back, purged, or left as it is."""
    row = a_row(world, number)
    if row is None or not deletion.hide(row, row.head_id):
        return
    if number % 3 == 0:
        deletion.undo(row, world.author)
    elif number % 3 == 1:
        deletion.purge_now(row)


def a_row(world: World, number: int, *of: Any) -> Any:
    """Something of the author's own that is shown to nobody now, if there is anything."""
    shown = world.pinned()
    kinds_of_rows: Any = of or ROWS
    rows = [
        row
        for kept in kinds_of_rows
        for row in kept._default_manager.filter(author=world.author).order_by(*kept.where)
        if row.pk not in shown
    ]
    return rows[number % len(rows)] if rows else None


def shares_a_moment(world: World, number: int, text: str) -> None:
    """Something is shared and withdrawn again before anybody has looked."""
    row = a_row(world, number, Answer, Pulse)
    if world.couple and row is not None:
        with suppress(sharing.NothingToShow):
            sharing.share(world.author, row, row.head_id, Audience.PARTNER)
            sharing.withdraw(world.author, row, Audience.PARTNER)


TOPICS = ("answer.one.wish", "answer.one.theirs", "week.2026-04-27", "weeks")


def is_ready_alone(world: World, number: int, text: str) -> None:
    """To open something, which the partner is not ready to open; it stays so, or is taken back."""
    topic = topic_called(TOPICS[number % len(TOPICS)])
    if world.couple and not world.partner_is_ready(topic):
        with suppress(Refused):
            be_ready(world, topic)
        if number % 3:
            opening.close(world.author, topic, was_open=False)


def be_ready(world: World, topic: Topic) -> None:
    """With whatever stands there."""
    rows = access.own_rows_about(world.author, topic)
    seen = [text.revision.pk for text in opening.texts_of(world.author, rows)]
    opening.ready(world.author, topic, seen)


def invites_and_withdraws(world: World, number: int, text: str) -> None:
    """Somebody else, it may be."""
    with suppress(NotFree):
        invitations.invite(world.author, again=False)
        Invitation.objects.filter(inviter=world.author).delete()


def calls_it_something(world: World, number: int, text: str) -> None:
    """The workbook's name, the person's own, and how soon a session rests."""
    person = world.author
    person.workbook_name, person.display_name, person.rest = text, text[::-1], (15, 60)[number % 2]
    person.save(update_fields=["workbook_name", "display_name", "rest"])


def wants_mails(world: World, number: int, text: str) -> None:
    """Reminders, on some day, or none."""
    schedule = Schedule.objects.of(world.author)
    schedule.weekday = number % 7
    wanted = [kind.name for at, kind in enumerate(kinds.registered()) if number >> at & 1]
    set_reminders(schedule, wanted)


def moves_to_another_address(world: World, number: int, text: str) -> None:
    """What mails go to from now on; on joining the partner was told the old one."""
    world.author.email = f"{number}.{world.author.pk}@elsewhere.example"
    world.author.save(update_fields=["email"])


def signs_in_elsewhere(world: World, number: int, text: str) -> None:
    """On another device."""
    signed_in(world.author)


LOOKED_AT = (
    *("/workbook/", "/workbook/answers/", "/workbook/twins/one/", "/workbook/twins/two/"),
    *("/workbook/pulse/", "/privacy/", "/privacy/export/", "/help/", "/help/leaving/"),
    *("/together/", "/together/safety/", "/together/leave/", "/together/lesson/one/"),
    *("/together/weeks/", "/together/promises/", "/together/reveal/answer.one.wish/"),
    *("/together/ours/one/ours/", "/together/ours/one/ours/history/", "/sharing/"),
    *("/sharing/weeks/", "/together/invite/", "/together/join/", "/accounts/sessions/"),
    *("/therapist/", "/therapist/opened/", "/therapist/answers/"),
)


def looks_around(world: World, number: int, text: str) -> None:
    """Pages of their own, those about safety and leaving among them."""
    world.own.get(LOOKED_AT[number % len(LOOKED_AT)])


def takes_everything_along(world: World, number: int, text: str) -> None:
    """An export."""
    list(world.own.post("/privacy/export/"))


ACTS: tuple[Act, ...] = (
    *(
        writes,
        changes_what_is_shown,
        changes_what_is_shown,
        brings_back,
        reads,
        finishes,
        takes_the_pulse,
        notes,
        deletes,
    ),
    *(calls_it_something, wants_mails, moves_to_another_address, signs_in_elsewhere),
    *(looks_around, takes_everything_along, shares_a_moment, shares_a_moment, is_ready_alone),
    invites_and_withdraws,
)
