"""A client and a therapist in every state of what links them, and everybody else who might look.

Texts say whose they are and what they are for, as in ``scenes``: ``therapist said to client heron``
is what the therapist answered to something that the client shared.
"""

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.management import call_command
from django.http import SimpleCookie
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exercises import access, carelinks, couples, sessionnotes, threads
from exercises.care.practice import keep
from exercises.models import (
    About,
    Answer,
    Assignment,
    CareLink,
    ClientFile,
    How,
    OwnLesson,
    Pathway,
    Pulse,
    Response,
    Share,
    Step,
    WeekNote,
)
from exercises.pulse.prompts import NOTE, PULSE
from exercises.recording import Draft, record
from tests.conftest import a_file, at_the_desk, just_proved
from tests.exercises.care_of import assigned
from tests.exercises.own import given, written
from trustbook.accounts import erasure
from trustbook.accounts.models import User

CLIENTS = ("client", "partner", "pupil", "ward")
"""``partner`` shares a workbook with ``client``, and has the same therapist."""
THERAPISTS = ("therapist", "former", "other", "unready")
"""``former`` was the client's before; ``other`` has the pupil; ``unready``, who has the ward, has
the role and no second step."""
ROLES = ("visitor", *CLIENTS[:3], "stranger", *THERAPISTS, "late")
"""``late`` is the therapist, whose proof is twelve hours old."""
OF = {"client": "therapist", "partner": "therapist", "pupil": "other", "ward": "unready"}
"""Whose client somebody is."""
STATES = (
    "never",
    "assigned",
    "begun",
    "shared",
    "responded",
    "ended by the client",
    "ended by the therapist",
    "ended half way",
    "role revoked",
    "therapist disabled",
    "therapist deleted",
    "client deleted",
)
"""What is between the client and the therapist."""
LINKED = ("assigned", "begun", "shared", "responded")
ENDED_FOR_ALL = ("role revoked", "therapist disabled", "therapist deleted")
"""The therapist has no client left, nor any page about one."""
PASSWORD = "a heron on one leg"
PRIVATE, SHARED = ("every-kind", "moment"), ("looking-back", "now")
MONDAY = date(2020, 2, 3)
YEAR = timedelta(weeks=52)
NOTED = date(2026, 5, 4)
NOTHING = uuid.UUID(int=1)


def text(who: str, what: str) -> str:
    """A text that nobody else has."""
    return f"{who} {what} heron"


class CareScene:
    """Everybody, in one state."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.handler = Client().handler
        self.people = {who: _person(who) for who in (*CLIENTS, "stranger", *THERAPISTS)}
        self.week = {who: MONDAY - n * YEAR for n, who in enumerate(CLIENTS)}
        self.files: dict[tuple[str, str], ClientFile] = {}
        self.links: dict[tuple[str, str], CareLink] = {}
        self.pathway: dict[str, Pathway] = {}
        self.lesson: dict[str, OwnLesson] = {}
        self.task: dict[tuple[str, str], Assignment] = {}
        self.said: dict[tuple[str, str], Response] = {}
        """By who wrote it, and to whom."""
        for who in CLIENTS:
            self._life(who)
        for who in THERAPISTS:
            self._practice(who)
        couples.make_couple(self.people["client"], self.people["partner"])
        self._work("former", "client")
        carelinks.end(self.links["former", "client"])
        for who in ("partner", "pupil", "ward"):
            self._work(OF[who], who)
        self._open_file("therapist", "client")
        self.answer_ids = {who: self.answer(who).pk for who in CLIENTS}
        self.private_id = self.answer("client", PRIVATE).pk
        self.note_heads = {
            (who, one): str(note.head_id)
            for (who, one), file in self.files.items()
            for note in file.notes.all()
        }
        self.today = timezone.localdate().isoformat()
        self.cookies = {role: self._cookie(role) for role in ROLES}
        _STEPS[state](self)
        self.now = timezone.now()

    # What everybody has ---------------------------------------------------------------------

    def _life(self, who: str) -> None:
        """A private answer, and one as it will be shared and as it is since; the same of a week."""
        self._write(who, PRIVATE, text(who, "private"))
        for what in ("shared", "later"):
            self._write(who, SHARED, text(who, what))
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

    def answer(self, who: str, place: tuple[str, str] = SHARED) -> Answer:
        """An answer of a person, by its lesson and prompt."""
        where = dict(zip(Answer.where, place, strict=True))
        return Answer.objects.of(self.people[who]).get(**where)

    def _practice(self, who: str) -> None:
        """What a therapist has of their own."""
        person = self.people[who]
        keep(person, About(name=text(who, "practice")))
        pathway = Pathway(therapist=person)
        pathway.seal(person, text(who, "pathway"), [Step("every-kind", 7)])
        pathway.save()
        self.pathway[who] = pathway
        self.lesson[who] = written(person, title=text(who, "lesson"))

    # What a therapist and a client have -----------------------------------------------------

    def _open_file(self, therapist: str, client: str) -> None:
        """A label and a note; nobody is linked by that."""
        person = self.people[therapist]
        file = a_file(person, text(therapist, f"label of {client}"))
        draft = Draft(text(therapist, f"note on {client}"), None, uuid.uuid4())
        sessionnotes.save(person, file.pk, NOTED, sessionnotes.NOTE, draft)
        self.files[therapist, client] = file

    def _work(self, therapist: str, client: str) -> None:
        """All that there can be between two."""
        self._open_file(therapist, client)
        self._assign(therapist, client)
        self._begin(therapist, client)
        self._share(therapist, client)
        self._respond(therapist, client)

    def _assign(self, therapist: str, client: str) -> None:
        link = carelinks.make_link(self.files[therapist, client], self.people[client])
        self.links[therapist, client] = link
        note = text(therapist, f"task for {client}")
        self.task[therapist, client] = assigned(link, lesson="every-kind", note=note)
        given(link, self.lesson[therapist], note=text(therapist, f"reading for {client}"))

    def _begin(self, therapist: str, client: str) -> None:
        row = self.task[therapist, client]
        row.begun_on = NOTED
        row.save(update_fields=["begun_on"])

    def _share(self, therapist: str, client: str) -> None:
        person, link = self.people[client], self.links[therapist, client]
        pulse = Pulse.objects.of(person).get(week=self.week[client])
        for row in (self.answer(client), pulse):
            pin = Share.fields_of(row, access.revisions_of(row)[0])
            fields = {"owner": person, "care": link, "audience": "therapist"}
            Share.objects.create(since="2026-05-03", **fields, **pin)

    def _respond(self, therapist: str, client: str) -> None:
        """The therapist opens what is shared and says something; the client answers that."""
        link, row = self.links[therapist, client], self.answer(client)
        [share] = Share.objects.filter(care=link, answer=row)
        access.read_shared(self.people[therapist], self.files[therapist, client].pk, How.SCREEN)
        for one, other in ((therapist, client), (client, therapist)):
            sent = threads.Sent(text(one, f"said to {other}"), share.revision_id, uuid.uuid4())
            self.said[one, other] = threads.say(link, self.people[one], row.pk, sent)

    # The states -----------------------------------------------------------------------------

    def assign(self) -> None:
        """The client has accepted, and was assigned something."""
        self._assign("therapist", "client")

    def begin(self) -> None:
        """The client has pressed begin."""
        self.assign()
        self._begin("therapist", "client")

    def share(self) -> None:
        """The client shares an answer and a week; the therapist has not opened them."""
        self.begin()
        self._share("therapist", "client")

    def respond(self) -> None:
        """Both have said something."""
        self.share()
        self._respond("therapist", "client")

    def end(self, who: str) -> None:
        """One of them has pressed the button that ends it."""
        self.respond()
        file = self.files["therapist", "client"].pk
        path = reverse("client:end") if who == "client" else reverse("care:end", args=[file])
        assert self.browser(who).post(path).status_code == 302

    def end_half_way(self) -> None:
        """One of them has ended it, and a crash came before the link's key and rows were gone."""
        self.respond()
        with patch("exercises.carelinks.vault.destroy_key", side_effect=MemoryError):
            with suppress(MemoryError):
                carelinks.end(self.links["therapist", "client"])

    def operate(self, command: str) -> None:
        """The operator has taken the role away, or disabled the account."""
        self.respond()
        call_command(command, self.people["therapist"].email, stdout=StringIO())

    def erase(self, who: str) -> None:
        """One of them has deleted the account."""
        self.respond()
        erasure.erase(User.objects.get(pk=self.people[who].pk))

    # Who asks -------------------------------------------------------------------------------

    def signed_in(self, role: str) -> bool:
        """Whether this role has an account in which it is signed in."""
        gone = {
            "therapist deleted": ("therapist", "late"),
            "therapist disabled": ("therapist", "late"),
            "client deleted": ("client",),
        }
        return role != "visitor" and role not in gone.get(self.state, ())

    def linked(self, therapist: str, client: str) -> bool:
        """Whether the one is the other's therapist now."""
        if OF.get(client) != therapist:
            return False
        if therapist == "therapist" and self.state in ENDED_FOR_ALL:
            return False
        return client != "client" or self.state in LINKED

    def therapist_of(self, client: str) -> str:
        """Whose client somebody is now; empty for nobody's."""
        therapist = OF.get(client, "")
        return therapist if self.linked(therapist, client) else ""

    def has_role(self, role: str) -> bool:
        """Whether this role is a therapist's now."""
        return role in (*THERAPISTS, "late") and not (
            role in ("therapist", "late") and self.state == "role revoked"
        )

    def exists(self, pair: tuple[str, str]) -> bool:
        """Whether the therapist has that file."""
        return pair in self.files and not (
            pair[0] == "therapist" and self.state == "therapist deleted"
        )

    def stands(self, pair: tuple[str, str] | None) -> str:
        """What a form that changes something said tells of how it stood."""
        said = self.said.get(pair) if pair else None
        return threads._stand(said) if said else ""

    def shown_revision(self, client: str) -> str:
        """What somebody shares, or would."""
        found = Share.objects.filter(answer=self.answer_ids.get(client, NOTHING)).first()
        return str(found.revision_id if found else NOTHING)

    def lesson_head(self, keys: dict[str, Any]) -> str:
        """The newest version of a lesson that an address names."""
        lesson = self.lesson.get(keys.get("lesson", ""))
        return str(lesson.head_id if lesson else NOTHING)

    def shares(self, client: str) -> bool:
        """Whether the client's therapist is shown anything."""
        return bool(self.therapist_of(client)) and (
            client != "client" or self.state in ("shared", "responded")
        )

    def _cookie(self, role: str) -> str:
        """From before the state was reached: what counts is the very next request."""
        if role == "visitor":
            return ""
        if role in ("therapist", "former", "other"):
            browser = at_the_desk(self.people[role])
        elif role == "late":
            browser = at_the_desk(self.people["therapist"], ago=12 * 3600)
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

    def person(self, role: str) -> User | None:
        """Who that is."""
        return self.people.get("therapist" if role == "late" else role)


def _person(who: str) -> User:
    role = {"is_therapist": who in THERAPISTS}
    person = User.objects.create_user(
        f"{who}@example.org", PASSWORD, display_name=text(who, "name"), **role
    )
    if who in THERAPISTS and who != "unready":
        TOTP.activate(person, generate_totp_secret())
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


_STEPS: dict[str, Callable[[CareScene], None]] = {
    "never": lambda scene: None,
    "assigned": CareScene.assign,
    "begun": CareScene.begin,
    "shared": CareScene.share,
    "responded": CareScene.respond,
    "ended by the client": lambda scene: scene.end("client"),
    "ended by the therapist": lambda scene: scene.end("therapist"),
    "ended half way": CareScene.end_half_way,
    "role revoked": lambda scene: scene.operate("revoke_therapist"),
    "therapist disabled": lambda scene: scene.operate("disable_user"),
    "therapist deleted": lambda scene: scene.erase("therapist"),
    "client deleted": lambda scene: scene.erase("client"),
}
