"""What the writer owns, so that there is something to leak at every address."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from exercises import deletion
from exercises.invitations import marks
from exercises.models import Invitation
from exercises.together import invitations
from tests.accounts.passkey import Passkey
from tests.conftest import just_proved, signed_in
from tests.exercises.pulse.checkin import noted, told
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import Session, User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.lib.outbox.choosing import stop_token

CANARY = "a heron stood in the rain"
NEW = "writer.new@example.org"
TOKEN = "12345678-1234-5678-1234-567812345678"
NOTE = "a wren sang in the hedge"
LONG_AGO = date(2020, 1, 6)
PARTNER = {"audience": "partner"}
KEY_NAME = "The key with the heron"


@dataclass
class World:
    """The writer with an answer, a pulse, another session, every kind of second step."""

    writer: User
    stranger: User
    ids: dict[str, Any] = field(default_factory=dict)
    """What stands in the addresses that name something of the writer's."""

    def __post_init__(self) -> None:
        browser = signed_in(self.writer)
        book = Workbook(browser, self.writer)
        book.saved("moment", CANARY)
        book.saved("week", {"openness": "7"})
        told(self.writer, LONG_AGO, {"openness": 7})
        noted(self.writer, LONG_AGO, NOTE)
        book.saved("sure", "3")
        hidden = book.answer("sure")
        deletion.hide(hidden, hidden.head_id)
        answer = book.answer("moment")
        key = self._passkey()
        TOTP.activate(self.writer, generate_totp_secret())
        RecoveryCodes.activate(self.writer)
        for person in (self.writer, self.stranger):
            EmailAddress.objects.create(
                user=person, email=person.email, primary=True, verified=True
            )
        wanted = EmailAddress.objects.create(user=self.writer, email=NEW)
        invitations.invite(self.writer, again=False)
        self.ids = {
            "row": answer.pk,
            "hidden": hidden.pk,
            "revision": str(answer.head_id),
            "session": Session.objects.get(user=self.writer).pk,
            "pk": key.pk,
            "confirm": EmailConfirmationHMAC(wanted).key,
            "stop": stop_token(self.writer.pk),
            "never": marks.never_token(self.writer.email),
            "invitation": Invitation.objects.get(inviter=self.writer).pk,
            "uidb36": user_pk_to_url_str(self.writer),
            "course": "trial",
            "slug": "every-kind",
            "lesson": "every-kind",
            "prompt": "sure",
            "name": "terms",
            "week": LONG_AGO,
            "asked": "note",
            "promise": uuid.UUID(int=2),
            "topic": "answer.every-kind.theirs",
            "showable": answer.pk,
            "lesson_shown": "every-kind",
            "joint_lesson": "for-two",
            "joint_prompt": "line",
            "written": uuid.UUID(int=2),
            "copy": uuid.UUID(int=2),
            "assignment": uuid.UUID(int=2),
            "pathway": uuid.UUID(int=2),
            "file": uuid.UUID(int=2),
            "response": uuid.UUID(int=2),
            "day": "2026-05-03",
            "own": uuid.UUID(int=2),
            "number": 1,
            "supplied": "after-a-breach",
        }

    def _passkey(self) -> Authenticator:
        options = {"publicKey": {"user": {"id": ""}, "challenge": ""}}
        credential = json.loads(Passkey().registered(options))
        data = {"name": KEY_NAME, "credential": credential}
        key = Authenticator(user=self.writer, type="webauthn", data=data)
        key.save()
        return key

    def browser(self, role: str) -> Client:
        """The browser of a role, which has just proved whose it is."""
        if role == "visitor":
            return Client()
        return just_proved(self.person(role))

    def person(self, role: str) -> User:
        """Who posts in this role; a visitor posts what the writer's page once held."""
        return self.stranger if role == "stranger" else self.writer

    def parts(self, names: tuple[str, ...], instead: dict[str, Any]) -> dict[str, Any]:
        """The parts of an address, each with what it names, or what is named ``instead``."""
        writer = User.objects.get(pk=self.writer.pk)
        known = self.ids | {"key": default_token_generator.make_token(writer)} | instead
        pairs = [name.partition("=") for name in names]
        return {part: known[thing or part] for part, _, thing in pairs}

    def form(self, role: str, address: str) -> dict[str, str]:
        """What a page of ours would send to ``address``; elsewhere nothing that is any good."""
        version = {"revision": self.ids["revision"], "base": self.ids["revision"], "token": TOKEN}
        answer = {"sure": "4", "sure:token": TOKEN}
        note = {"note": "A quiet week", "note:token": TOKEN}
        said = {"text": "a reply", "text:revision": self.ids["revision"], "text:token": TOKEN}
        forms = {
            "client:reply": said,
            "client:save_response": said,
            "workbook:answers": {"words": "heron"},
            "workbook:bring_back": version,
            "workbook:delete": {"seen": self.ids["revision"]},
            "workbook:save_page": answer,
            "workbook:save_prompt": answer,
            "pulse:save_page": note,
            "pulse:save_prompt": note,
            "workbook:place": {"place": "2"},
            "together:write_promise": {"by": "me", "what": "Call", "promise:token": TOKEN},
            "together:say": {"state": "kept", "promise:token": TOKEN},
            "sharing:share": {"step": "confirm", **PARTNER, "revision": self.ids["revision"]},
            "sharing:withdraw": PARTNER,
            "sharing:withdraw_weeks": PARTNER,
        }
        return {"owner": owner_mark(self.person(role))} | forms.get(address, {})

    def secrets(self) -> list[str]:
        """What no page may show to anybody but the writer."""
        return [CANARY, NOTE, KEY_NAME, self.writer.email, NEW]


MISSING: dict[str, Any] = {
    "row": uuid.UUID(int=1),
    "showable": uuid.UUID(int=1),
    "hidden": uuid.UUID(int=1),
    "session": uuid.UUID(int=1),
    "invitation": uuid.UUID(int=1),
    "week": date(2020, 1, 13),
    "pk": 987_654,
}
"""The same addresses with ids of nothing."""
