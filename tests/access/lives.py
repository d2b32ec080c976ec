"""One person's own life in the workbook, with and without somebody who shared it for a while."""

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from http.cookies import SimpleCookie
from itertools import product
from typing import Any
from urllib.parse import urlencode

import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from exercises import access, couples, shown, telling
from exercises.access.own import ROWS as KEPT
from exercises.models import Answer, Couple, Keepsake, Ready, ReadyPin, Share
from exercises.models.promise import Wording
from exercises.together import ledger_of_promises as promises
from tests.access.scenes import JOINT, TOPIC
from tests.access.table import ROWS, Row
from tests.conftest import just_proved
from tests.exercises.pulse.checkin import noted, told
from tests.exercises.two import joint
from tests.exercises.workbook import FORM, Workbook
from tests.twins.seen import Eyes
from trustbook.accounts import erasure
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.lib.outbox import sending
from trustbook.lib.outbox.choosing import stop_token
from trustbook.lib.outbox.models import Subscription

DAY_BEFORE, MORNING = datetime(2026, 5, 3, 9, tzinfo=UTC), datetime(2026, 5, 4, 9, tzinfo=UTC)
EVENING = datetime(2026, 5, 5, 18, tzinfo=UTC)
"""Of the day after, when it is told what was shown."""
OURS = "we keep the heron to ourselves"
ANSWERS: list[tuple[str, Any]] = [
    ("moment", "a heron in the rain"),
    ("moment", "a heron in the sun"),
    ("sure", "5"),
    ("theirs", {"mine": "a walk", "guess": "a rest"}),
]
WEEKS = (date(2026, 4, 20), date(2026, 4, 27))
Ending = Callable[[User, User], object]
ENDINGS: dict[str, Ending] = {
    "I left": lambda me, partner: couples.leave(me),
    "I was left": lambda me, partner: couples.leave(partner),
    "my partner ended the account": lambda me, partner: erasure.erase(partner),
}
Writing = Callable[[Couple, User, User], object]
WRITINGS: dict[str, Writing] = {
    "an answer": lambda couple, me, partner: joint(couple, me, OURS, *JOINT),
    "a promise": lambda couple, me, partner: promises.write_down(
        partner, by_me=True, wording=Wording(OURS, "", None), token=uuid.uuid4()
    ),
}
FORMS = {
    "workbook:answers": {"words": "heron"},
    "privacy:export": {},
    "together:join": {"invitation": "0000000000"},
    "together:invite": {"email": "no address"},
}
"""What is sent besides being looked at; nothing that changes anything."""
PROMISE_ID = re.compile(r'(?<="id":")[0-9a-f]{32}(?=")')
BY_CHANCE = ("mfa_activate_totp", "mfa_add_webauthn")
"""Pages that show a new secret each time, and nothing of what anybody wrote."""


def pages_after(
    ending: Ending | None, write: Writing | None = None, *, kept: bool = True
) -> dict[str, str]:
    """All that I receive on the next evening; without an ``ending``, I never shared a workbook.

    ``write``: what was written together; ``kept``: I still have my copy of it.
    """
    with (
        time_machine.travel(MORNING, tick=False) as clock,
        transaction.atomic(),
        transaction.atomic("keys"),
    ):
        cache.clear()
        me = User.objects.create_user("me@example.org", "a long password", display_name="Me")
        partner = User.objects.create_user("partner@example.org", "a long password")
        if ending:
            couple = couples.make_couple(me, partner)
        live(me, clock)
        if ending:
            _share(couple, me, partner)
            if write:
                write(couple, me, partner)
            ending(me, partner)
        if not kept:
            Keepsake.objects.filter(author=me).delete()
        clock.move_to(EVENING)
        seen = dict(look(me))
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")
    return seen


def live(person: User, clock: Any) -> None:
    """What I write for myself, each a minute later, and that I want to be told of all there is."""
    book = Workbook(just_proved(person), person)
    book.browser.get(reverse("workbook:lesson", args=["trial", "every-kind"]))
    base = ""
    for prompt, said in ANSWERS:
        clock.shift(60)
        base = book.saved(prompt, said, base=base if prompt == "moment" else "")
    for week in WEEKS:
        clock.shift(60)
        told(person, week, {"openness": 4})
        noted(person, week, "a quiet week")
    for kind in ("weekly", "partner"):
        Subscription.objects.create(person=person, kind=kind, made_at=DAY_BEFORE)


def _share(couple: Couple, me: User, partner: User) -> None:
    """Both show something, and open something together."""
    Workbook(just_proved(partner), partner).saved("moment", "nobody else’s")
    for person in (me, partner):
        _show(couple, person, "moment")
        _ready(couple, person, "moment", opened_on="2026-05-04")
    telling.tell_partner(couple, partner)


def _show(couple: Couple, person: User, prompt: str) -> None:
    fields = {"owner": person, "couple": couple, "audience": "partner", "since": "2026-05-04"}
    Share.objects.create(**fields, **pin_of(person, prompt))


def _ready(couple: Couple, person: User, prompt: str, **opened: str) -> None:
    topic = f"answer.every-kind.{prompt}"
    ready = Ready.objects.create(couple=couple, person=person, topic=topic, **opened)
    ReadyPin.objects.create(ready=ready, **pin_of(person, prompt))


def pin_of(person: User, prompt: str) -> dict[str, Any]:
    """What shows the newest text of an answer."""
    answer = Answer.objects.of(person).get(lesson_id="every-kind", prompt_id=prompt)
    return Share.fields_of(answer, answer.head)


def be_ready(me: User, partner: User) -> None:
    """My partner is ready to open something, and has told nobody."""
    Workbook(just_proved(partner), partner).saved("theirs", {"mine": "a walk", "guess": ""})
    _ready(access.own_couple(partner), partner, "theirs")


def think_again(me: User, partner: User) -> None:
    """My partner has shown me something more, and taken it back."""
    Workbook(just_proved(partner), partner).saved("place", "home")
    _show(access.own_couple(partner), partner, "place")
    shown.withdraw(Share.objects.filter(owner=partner, answer__prompt_id="place"))


def go_on(me: User, partner: User) -> None:
    """Nothing more happens."""


def look(person: User) -> Iterator[tuple[str, str]]:
    """Each private page, some forms that change nothing, and all that I can take along."""
    browser = just_proved(person)
    mark = owner_mark(person)
    eyes = Eyes(
        {
            person.email: "<me>",
            mark: "<mark>",
            str(person.pk): "<person>",
            stop_token(person.pk): "<stop>",
        }
    )
    mine = _mine(person)
    mail.outbox = []
    sending.send_due()
    yield "mails", "\n".join(eyes.mail(one) for one in mail.outbox)
    for row in ROWS:
        if row.public or row.by_mail or row.name in BY_CHANCE or row.owner.startswith("405"):
            continue
        for path in _paths(mine, row):
            yield f"GET {eyes.masked(path)}", _seen(eyes, browser, "GET", path)
            if row.name in FORMS:
                form = urlencode(FORMS[row.name] | {"owner": mark})
                yield f"POST {eyes.masked(path)}", _seen(eyes, browser, "POST", path, form)


def _mine(person: User) -> dict[str, Sequence[Any]]:
    """What may stand in an address, of all that I have."""
    return {
        "row": [kept.pk for model in KEPT for kept in access.own_newest(person, model)],
        "week": WEEKS,
        "course": ["trial"],
        "slug": ["every-kind"],
        "lesson": [JOINT[0]],
        "prompt": [JOINT[1]],
        "topic": [TOPIC],
        "pk": [1],
    }


def _paths(mine: dict[str, Sequence[Any]], row: Row) -> Iterator[str]:
    """The addresses of whatever I have; where that is nothing, one that names nothing."""
    parts = [name.partition("=")[0] for name in row.names]
    for chosen in product(*(mine.get(part, [uuid.UUID(int=1)]) for part in parts)):
        yield reverse(row.name, kwargs=dict(zip(parts, chosen, strict=True)))


def _seen(eyes: Eyes, browser: Client, method: str, path: str, form: str = "") -> str:
    """What comes back; what the request did is undone."""
    cookies = browser.cookies.output()
    with transaction.atomic(), transaction.atomic("keys"):
        cache.clear()
        response: Any = browser.generic(method, path, form, content_type=FORM)
        seen = PROMISE_ID.sub("*", eyes.answer(eyes.masked(path), response))
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")
    browser.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))
    return seen
