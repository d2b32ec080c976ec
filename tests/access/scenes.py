"""Two people in every state of what is between them, and everybody else who might look.

Each person's texts say whose they are and what they are for, so that a text found on a page is
its own explanation: ``partner later heron`` is what the partner wrote after sharing.
"""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import SimpleCookie
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

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
from exercises.models.couple import INVITATION_LASTS
from exercises.models.promise import Wording
from exercises.pulse.prompts import NOTE, PULSE
from exercises.recording import Draft, record
from exercises.together import invitations
from exercises.together import ledger_of_promises as promises
from tests.access.world import World
from tests.conftest import just_proved
from tests.exercises.two import joint
from trustbook.accounts import erasure
from trustbook.accounts.models import User

ROLES = ("visitor", "unverified", "author", "partner", "former", "other", "stranger")
"""``former`` shared a workbook with the author before; ``other`` shares one with somebody else."""
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
    "left half way",
    "partner deleted",
)
"""What is between the author and the partner. ``left half way``: a crash came before the rest."""
APART = {"none", "invited", "author left", "partner left", "left half way", "partner deleted"}
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
JOINT = ("for-two", "line")
ALONE = "alone"
"""Another prompt of the same lesson, which asks each of them alone."""
OWN_PROMISES = (LESSON, "given")
TOPIC = "answer.{}.{}".format(*REVEALED)


def text(who: str, what: str) -> str:
    """A text that nobody else has."""
    return f"{who} {what} heron"


class Scene:
    """Everybody, in one state."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.handler = Client().handler
        self.people = {who: _person(who) for who in (*WRITERS, "unverified")}
        self.world = World(self.people["author"], self.people["stranger"])
        self.week = {who: FIRST - n * YEAR for n, who in enumerate(WRITERS)}
        Invitation.objects.all().delete()  # of that world
        self.code = self.old_code = "0000000000"
        self.promise: dict[str, uuid.UUID] = {}
        for who in WRITERS:
            self._life(who)
        self._meet("former", "author")
        couples.leave(self.people["former"])
        self._open(self._meet("other", "fourth"), "other", "fourth")
        self.couple: Couple | None = None
        self.invitation = uuid.UUID(int=1)
        self.cookies = {role: self._cookie(role) for role in ROLES}
        self.rows = self._rows()
        """Some rows of the author's and the partner's, which they may have deleted since."""
        _STEPS[state](self)
        self.now = timezone.now()
        """What was deleted can be taken back for as long as the walk takes."""

    # What everybody has ---------------------------------------------------------------------

    def _life(self, who: str) -> None:
        """A private answer; one that will be shared and one that will be revealed, each as it will
        be shown and then as it is now; two weeks.
        """
        self._write(who, PRIVATE, text(who, "private"))
        self._write(who, JOINT, text(who, "beside"))
        own = {"id": "1" * 32, "what": text(who, "own promise"), "until": ""}
        self._write(who, OWN_PROMISES, [own | {"by": "me", "state": "open"}])
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
        wording = Wording(text(one, f"promise to {two}"), "", None)
        self.promise[one] = promises.write_down(
            self.people[one], by_me=True, wording=wording, token=uuid.uuid4()
        ).pk
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
        """The author has invited somebody, who has not answered, and somebody long ago."""
        author = self.people["author"]
        self.old_code = invitations.invite(author, again=False).code.text
        Invitation.objects.update(made_at=timezone.now() - INVITATION_LASTS)
        self.code = invitations.invite(author, again=False).code.text
        self.invitation = Invitation.objects.open().get().pk

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
        """The author has deleted what was shown, and taken that back for the week."""
        self.reveal()
        author = self.people["author"]
        pulse = Pulse.objects.of(author).get(week=self.week["author"])
        for row in (self.answer("author", SHARED), self.answer("author", REVEALED), pulse):
            assert deletion.hide(row, row.head_id)
        assert deletion.undo(pulse, author)

    def leave(self, who: str) -> None:
        """One of them has left."""
        self.reveal()
        couples.leave(self.people[who])

    def leave_half_way(self) -> None:
        """One of them has left, and a crash came before the couple's key and rows were gone."""
        self.reveal()
        with patch("exercises.couples._destroy"):
            couples.leave(self.people["author"])

    def end_account(self) -> None:
        """The partner has deleted the account."""
        self.reveal()
        erasure.erase(User.objects.get(pk=self.people["partner"].pk))

    def _rows(self) -> list[tuple[str, type[Own], uuid.UUID]]:
        author, kept = self.people["author"], access.own_keepsakes(self.people["author"])
        pulse = Pulse.objects.of(author).get(week=self.week["author"])
        found: list[tuple[str, Own]] = [("author", row) for row in (pulse, kept[0])]
        found += [("author", self.answer("author", place)) for place in (PRIVATE, SHARED)]
        found.append(("partner", self.answer("partner", SHARED)))
        return [(who, type(row), row.pk) for who, row in found]

    # Who asks -------------------------------------------------------------------------------

    def signed_in(self, role: str) -> bool:
        """Whether this role has an account in which it can be signed in."""
        gone = role == "partner" and self.state == "partner deleted"
        return role not in ("visitor", "unverified") and not gone

    def paired(self, role: str) -> bool:
        """Whether this role shares a workbook now."""
        together = role in ("author", "partner") and self.state not in APART
        return together or role == "other"

    def _cookie(self, role: str) -> str:
        """Of a browser in which this role has just signed in, or tried to.

        It is from before the state was reached: what counts is the very next request.
        """
        if role == "visitor":
            return ""
        if role == "unverified":
            browser = Client()
            with override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory"):
                form = {"login": self.people[role].email, "password": PASSWORD}
                browser.post(reverse("account_login"), form)
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
    person = User.objects.create_user(
        f"{who}@example.org", PASSWORD, display_name=text(who, "name")
    )
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
    "left half way": Scene.leave_half_way,
    "partner deleted": Scene.end_account,
}
