"""Two people in every state of what is between them, and everybody else who might look.

Each person's texts say whose they are and what they are for, so that a text found on a page is
its own explanation: ``partner later heron`` is what the partner wrote after sharing.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import SimpleCookie
from django.test import Client, override_settings
from django.urls import reverse
from exercises import access, couples, deletion, shown
from exercises.models import (
    Answer,
    Couple,
    Invitation,
    Own,
    Pulse,
    Ready,
    ReadyPin,
    Revision,
    Share,
    WeekNote,
)
from exercises.pulse.prompts import NOTE, PULSE
from exercises.recording import Draft, record
from tests.access.world import World
from tests.conftest import just_proved
from tests.exercises.two import joint
from trustbook.accounts import erasure
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark

ROLES = ("visitor", "unverified", "author", "partner", "former", "other", "stranger")
"""``former``: shared a workbook with the author before; ``other``: shares one with somebody else."""
STATES = (
    "none",
    "invited",
    "active",
    "author ready",
    "partner ready",
    "revealed",
    "closed",
    "withdrawn",
    "answer deleted",
    "author left",
    "partner left",
    "partner deleted",
)
"""What is between the author and the partner."""
APART = {"none", "invited", "author left", "partner left", "partner deleted"}
"""The states in which they share no workbook."""
WRITERS = ("author", "partner", "former", "other", "fourth", "stranger")
"""Who has written something; ``fourth`` is the partner of ``other``."""
PASSWORD = "a heron on one leg"
FIRST = date(2020, 2, 3)
YEAR = timedelta(weeks=52)
LESSON = "every-kind"
PRIVATE = (LESSON, "moment")
SHARED = ("looking-back", "now")
REVEALED = (LESSON, "theirs")
JOINT = (LESSON, "moment")
TOPIC = "answer.{}.{}".format(*REVEALED)


def text(who: str, what: str) -> str:
    """A text that nobody else has."""
    return f"{who} {what} heron"


@dataclass(frozen=True)
class Thing:
    """What stands in an address, and whose it is; nobody in particular's without ``owners``."""

    value: Any
    owners: frozenset[str] = frozenset()


class Scene:
    """Everybody, in one state. ``ids`` is what stands in the addresses, by part."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.handler = Client().handler
        self.people = {who: _person(who) for who in (*WRITERS, "unverified")}
        self.world = World(self.people["author"], self.people["stranger"])
        self.week = {who: FIRST - n * YEAR for n, who in enumerate(WRITERS)}
        for who in WRITERS:
            self._life(who)
        self._meet("former", "author")
        couples.leave(self.people["former"])
        self._open(self._meet("other", "fourth"), "other", "fourth")
        self.couple: Couple | None = None
        self.invitation = uuid.UUID(int=1)
        self.cookies = {role: self._cookies(role) for role in ROLES}
        rows = self._rows()
        _STEPS[state](self)
        self.things = self._things(rows)

    # What everybody has ---------------------------------------------------------------------

    def _life(self, who: str) -> None:
        """A private answer; one that will be shared and one that will be revealed, each as it will
        be shown and then as it is now; two weeks.
        """
        self._write(who, PRIVATE, text(who, "private"))
        for what in ("shared", "later"):
            self._write(who, SHARED, text(who, what))
        for what in ("ready", "after"):
            said = {"mine": text(who, what), "guess": text(who, "guess")}
            self._write(who, REVEALED, said)
        person = self.people[who]
        for week, what in ((self.unshared_week(who), "week"), (self.week[who], "shared week")):
            draft = Draft(PULSE.empty() | {"openness": 3}, None, uuid.uuid4())
            record(Pulse, {"week": week}, person, PULSE, draft)
            draft = Draft(text(who, f"{what} note"), None, uuid.uuid4())
            record(WeekNote, {"week": week}, person, NOTE, draft)

    def unshared_week(self, who: str) -> date:
        """The Monday before that of the week that a person shares."""
        return self.week[who] - timedelta(weeks=1)

    def _write(self, who: str, place: tuple[str, str], value: Any) -> None:
        person, where = self.people[who], dict(zip(Answer.where, place, strict=True))
        prompt = access.prompt_of(access.lesson_with(place[0]), place[1])
        old = Answer.objects.of(person).filter(**where).first()
        draft = Draft(value, old.head_id if old else None, uuid.uuid4())
        record(Answer, where, person, prompt, draft)

    def answer(self, who: str, place: tuple[str, str]) -> Answer:
        """An answer of a person, by its lesson and prompt."""
        where = dict(zip(Answer.where, place, strict=True))
        return Answer.objects.of(self.people[who]).get(**where)

    # What two have --------------------------------------------------------------------------

    def _meet(self, one: str, two: str) -> Couple:
        """A couple with all that two people may have but an open pair."""
        couple = couples.make_couple(self.people[one], self.people[two])
        for who in (one, two):
            person = self.people[who]
            pulse = Pulse.objects.of(person).get(week=self.week[who])
            for row in (self.answer(who, SHARED), pulse):
                pin = Share.fields_of(row, _first(row))
                fields = {"owner": person, "couple": couple, "audience": "partner"}
                Share.objects.create(since="2026-05-03", **fields, **pin)
        joint(couple, self.people[one], text(one, f"with {two}"), *JOINT)
        return couple

    def _ready(self, couple: Couple, who: str) -> None:
        answer = self.answer(who, REVEALED)
        ready = Ready.objects.create(couple=couple, person=self.people[who], topic=TOPIC)
        ReadyPin.objects.create(ready=ready, **ReadyPin.fields_of(answer, _first(answer)))

    def _open(self, couple: Couple, one: str, two: str) -> None:
        for who in (one, two):
            self._ready(couple, who)
        Ready.objects.filter(couple=couple).update(opened_on="2026-05-03")

    # The states -----------------------------------------------------------------------------

    def invite(self) -> None:
        """The author has invited somebody, who has not answered."""
        marks = {"secret_mark": b"s" * 32, "code_mark": b"c" * 32}
        self.invitation = Invitation.objects.create(inviter=self.people["author"], **marks).pk

    def join(self) -> None:
        """They share a workbook."""
        self.couple = self._meet("author", "partner")

    def be_ready(self, who: str) -> None:
        """One of them is ready to reveal."""
        self.join()
        assert self.couple
        self._ready(self.couple, who)

    def reveal(self) -> None:
        """Both are, so it is open."""
        self.join()
        assert self.couple
        self._open(self.couple, "author", "partner")

    def close(self) -> None:
        """It was open, and is closed again."""
        self.reveal()
        shown.close(Ready.objects.filter(couple=self.couple, person=self.people["partner"]))

    def withdraw(self) -> None:
        """The author has taken back all that was shown; the partner still shows theirs."""
        self.reveal()
        author = self.people["author"]
        shown.withdraw(Share.objects.filter(owner=author))
        shown.close(Ready.objects.filter(couple=self.couple, person=author))

    def delete_answers(self) -> None:
        """The author has deleted what was shown."""
        self.reveal()
        pulse = Pulse.objects.of(self.people["author"]).get(week=self.week["author"])
        for row in (self.answer("author", SHARED), self.answer("author", REVEALED), pulse):
            assert deletion.hide(row, row.head_id)

    def leave(self, who: str) -> None:
        """One of them has left."""
        self.reveal()
        couples.leave(self.people[who])

    def end_account(self) -> None:
        """The partner has deleted the account."""
        self.reveal()
        erasure.erase(self.people["partner"])

    # Who asks -------------------------------------------------------------------------------

    def signed_in(self, role: str) -> bool:
        """Whether this role has an account in which it can be signed in."""
        gone = role == "partner" and self.state == "partner deleted"
        return role not in ("visitor", "unverified") and not gone

    def paired(self, role: str) -> bool:
        """Whether this role shares a workbook now."""
        together = role in ("author", "partner") and self.state not in APART
        return together or role == "other"

    def _rows(self) -> list[tuple[str, Own]]:
        """Rows of the author's and the partner's that somebody may try to reach, and whose."""
        shared = [(who, self.answer(who, SHARED)) for who in ("author", "partner")]
        revealed = [(who, self.answer(who, REVEALED)) for who in ("author", "partner")]
        weeks = [
            (who, Pulse.objects.of(self.people[who]).get(week=self.week[who]))
            for who in ("author", "partner")
        ]
        return [("author", self.answer("author", PRIVATE)), *shared, *revealed, *weeks]

    def _things(self, rows: list[tuple[str, Own]]) -> dict[str, list[Thing]]:
        """What may stand in an address, by part; each with whose it is now."""
        things = {part: [Thing(value)] for part, value in self.world.ids.items()}
        for part in ("hidden", "session", "pk"):
            things[part] = [Thing(self.world.ids[part], frozenset({"author"}))]
        things["row"] = [Thing(row.pk, self._owners(who, row)) for who, row in rows]
        weeks = [(who, self.week[who]) for who in ("author", "partner")]
        weeks.append(("author", self.world.ids["week"]))
        things["week"] = [Thing(week, frozenset({who})) for who, week in weeks]
        owner = "author" if self.state == "invited" else "nobody"
        things["invitation"] = [Thing(self.invitation, frozenset({owner}))]
        return things

    def _owners(self, who: str, row: Own) -> frozenset[str]:
        live = type(row)._default_manager.filter(pk=row.pk).exists()
        return frozenset({who if live else "nobody"})

    def addresses(self, names: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
        """The parts of an address for each thing that it may name, and whose that is."""
        pairs = [name.partition("=") for name in names]
        if any(part == "key" for part, _, _ in pairs):
            yield self.world.parts(names, {}), frozenset()
            return
        for chosen in product(*(self.things[thing or part] for part, _, thing in pairs)):
            parts = {part: one.value for (part, _, _), one in zip(pairs, chosen, strict=True)}
            yield parts, frozenset[str]().union(*(one.owners for one in chosen))

    def form(self, role: str, address: str, parts: dict[str, Any]) -> dict[str, str]:
        """What a page of ours would send: a page of the role's own where it has any."""
        form = self.world.form("owner", address)
        row = parts.get("row")
        heads = [
            str(kept.head_id) for model in access.ROWS for kept in model.objects.filter(pk=row)
        ]
        for field in ("revision", "base", "seen"):
            if field in form and heads:
                form[field] = heads[0]
        return form | {"owner": owner_mark(self.people.get(role, self.people["author"]))}

    def _cookies(self, role: str) -> str:
        """The cookie of a browser in which this role has just signed in, or tried to.

        It is from before the state was reached: what counts is the very next request.
        """
        if role == "unverified":
            browser = Client()
            with override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory"):
                form = {"login": self.people[role].email, "password": PASSWORD}
                browser.post(reverse("account_login"), form)
        elif role == "visitor":
            return ""
        else:
            browser = just_proved(self.people[role])
        return browser.cookies[settings.SESSION_COOKIE_NAME].value

    def browser(self, role: str) -> Client:
        """The browser of a role, as new; middleware is put together once for all of them."""
        browser = Client()
        browser.handler = self.handler
        if cookie := self.cookies[role]:
            browser.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: cookie})
        return browser


def _first(row: Own) -> Revision:
    """As it was written first."""
    return access.revisions_of(row)[0]


def _person(who: str) -> User:
    person = User.objects.create_user(f"{who}@example.org", PASSWORD, display_name=text(who, "name"))
    if who not in ("author", "stranger"):  # the world of the old table makes theirs
        EmailAddress.objects.create(
            user=person, email=person.email, primary=True, verified=who != "unverified"
        )
    return person


_STEPS: dict[str, Callable[[Scene], None]] = {
    "none": lambda scene: None,
    "invited": Scene.invite,
    "active": Scene.join,
    "author ready": lambda scene: scene.be_ready("author"),
    "partner ready": lambda scene: scene.be_ready("partner"),
    "revealed": Scene.reveal,
    "closed": Scene.close,
    "withdrawn": Scene.withdraw,
    "answer deleted": Scene.delete_answers,
    "author left": lambda scene: scene.leave("author"),
    "partner left": lambda scene: scene.leave("partner"),
    "partner deleted": Scene.end_account,
}
