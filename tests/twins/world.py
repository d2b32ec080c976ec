"""One of two worlds: who is in it, what each of them does, and what one of them gets to see."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.handlers.base import BaseHandler
from django.core.mail import EmailMessage
from django.test import RequestFactory

from exercises.access.own import ROWS
from exercises.models import Audience, Ready, ReadyPin, Share
from exercises.topics import Topic
from tests.conftest import a_therapist, at_the_desk, just_proved
from tests.exercises.workbook import FORM
from tests.twins.pages import WITH_ID
from tests.twins.seen import Eyes
from trustbook.accounts.models import Session, User
from trustbook.accounts.models.session import MONTH
from trustbook.accounts.owner_mark import owner_mark
from trustbook.lib.outbox.choosing import stop_token

BEGIN = datetime(2026, 5, 3, 10, tzinfo=UTC)
"""A Sunday."""


READ: dict[Any, Any] = {}
"""The sessions that were read in this step, where the tests let each be read once a step."""


class Browser:
    """Asks the site as Django's test client does, without what that records for its tests."""

    handler = BaseHandler()

    def __init__(self, cookies: SimpleCookie) -> None:
        self.cookies = SimpleCookie(cookies.output(header="", sep=";"))
        self.factory = RequestFactory()
        self.factory.cookies = self.cookies

    def get(self, path: str) -> Any:
        """The answer to an address."""
        return self._ask(self.factory.get(path))

    def post(
        self, path: str, body: str | bytes = "", content_type: str = FORM, headers: Any = None
    ) -> Any:
        """The answer to a form."""
        return self._ask(self.factory.post(path, body, content_type, headers=headers))

    def _ask(self, request: Any) -> Any:
        request._dont_enforce_csrf_checks = True
        response = self.handler.get_response(request)
        self.cookies.update(response.cookies)
        return response


Browser.handler.load_middleware()


@dataclass
class Person:
    """Somebody with an account and a browser in which they have just proved who they are."""

    pk: Any
    cookies: SimpleCookie

    @classmethod
    def new(cls, address: str) -> "Person":
        """Made once, for all runs."""
        user = User.objects.create_user(address, None)
        return cls(user.pk, just_proved(user).cookies)

    @classmethod
    def with_role(cls, address: str) -> "Person":
        """A therapist, whose session does not rest while the worlds are asleep."""
        user = a_therapist(address)
        browser = at_the_desk(user)
        rows = Session.objects.filter(user=user)
        rows.update(rest=MONTH, expires_at=BEGIN + timedelta(minutes=MONTH))
        return cls(user.pk, browser.cookies)


@dataclass
class Cast:
    """Who is in one world, as they are before anything has happened."""

    author: Person
    partner: Person
    therapist: Person

    @classmethod
    def new(cls, name: str) -> "Cast":
        """Addresses of one length, whatever the world is called."""
        author, partner = (Person.new(f"{who}.{name}@example.org") for who in ("author", "partner"))
        return cls(author, partner, Person.with_role(f"therapist.{name}@example.org"))


class World:
    """What happens to one cast, from the beginning. ``observer`` says which of them looks."""

    def __init__(self, cast: Cast, observer: str) -> None:
        self.author = User.objects.get(pk=cast.author.pk)
        self.author_id = self.author.pk
        self.partner = User.objects.get(pk=cast.partner.pk)
        self.therapist = User.objects.get(pk=cast.therapist.pk)
        self.own = Browser(cast.author.cookies)
        self.beside = Browser(cast.partner.cookies)
        self.desk = Browser(cast.therapist.cookies)
        self.observer: User = getattr(self, observer)
        self.audience = Audience.PARTNER if observer == "partner" else Audience.THERAPIST
        self.looking = self.beside if observer == "partner" else self.desk
        self.couple: Any = None
        """None where they share no workbook."""
        self.address = self.author.email
        names: dict[str, str] = {}
        for who in ("author", "partner", "therapist"):
            user: User = getattr(self, who)
            names |= {
                user.email: f"<{who}>",
                owner_mark(user): f"<mark of the {who}>",
                stop_token(user.pk): f"<what ends mails to the {who}>",
            }
        self.eyes = Eyes(names)
        self.links: dict[str, None] = {}
        """To what has a random id, as the observer has met them."""

    def asks(self, page: int, addresses: list[str]) -> str:
        """What the observer is given at one of ``addresses``, or at a link that they were given."""
        path = [*addresses, *self.links][page]
        response = self.looking.get(path)
        seen = self.eyes.answer(path, response)
        if not response.streaming:
            self.links |= dict.fromkeys(WITH_ID.findall(response.content.decode()))
        return seen

    def sends(self, path: str, **fields: Any) -> str:
        """What comes back to a form that the observer sends."""
        owned = {"owner": owner_mark(self.observer), **fields}
        return self.eyes.answer(path, self.looking.post(path, urlencode(owned, doseq=True)))

    def reads_mail(self, sent: list[EmailMessage]) -> str:
        """What of all that was sent has reached the observer."""
        return "\n".join(self.eyes.mail(one) for one in sent if one.to == [self.observer.email])

    def partner_is_ready(self, topic: Topic) -> bool:
        """Whether the partner has said so; not what the author is told."""
        rows = Ready.objects.filter(couple=self.couple, person=self.partner, topic=topic.name)
        return rows.exists()

    def secret_ids(self) -> list[UUID]:
        """The ids of what the author has and the observer is not shown."""
        shown = self.pinned()
        rows = [
            row
            for kept in ROWS
            for row in kept.objects.filter(author_id=self.author_id).order_by(*kept.where)
            if row.pk not in shown
        ]
        sessions = Session.objects.filter(user_id=self.author_id).values_list("pk", flat=True)
        return [*(found for row in rows for found in (row.pk, row.head_id)), *sessions]

    def pinned(self) -> set[UUID]:
        """The rows of the author's of which the observer is shown something now."""
        shares = Share.objects.filter(owner_id=self.author_id, audience=self.audience)
        if self.audience == Audience.THERAPIST:
            return {row for pin in shares.values_list("answer", "pulse") for row in pin if row}
        opened = ReadyPin.objects.filter(
            ready__person_id=self.author_id, ready__opened_on__isnull=False
        )
        pins = [*shares.values_list("answer", "pulse"), *opened.values_list("answer", "pulse")]
        return {row for pin in pins for row in pin if row}
