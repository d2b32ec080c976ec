"""Lives that are lived in the workbook, told apart by words that occur nowhere else."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models

from exercises.carelinks import end, make_link
from exercises.couples import leave, make_couple
from exercises.models import (
    About,
    Answer,
    Assignment,
    CareLink,
    ClientFile,
    Couple,
    Invitation,
    JointAnswer,
    Opening,
    OwnLesson,
    OwnLessonVersion,
    Pathway,
    Practice,
    Promise,
    PromiseView,
    Pulse,
    Reading,
    Ready,
    ReadyPin,
    Response,
    SessionNote,
    Share,
    Step,
    WeekNote,
)
from exercises.models.promise import State, Wording
from exercises.pulse.prompts import NOTE
from exercises.recording import Draft, record
from lessons.kinds import prompt_from
from tests.conftest import a_file, signed_in
from tests.exercises.own import source
from tests.exercises.two import joint
from tests.exercises.workbook import Workbook
from trustbook.accounts.models import Session, User
from trustbook.lib.outbox.models import Subscription
from trustbook.lib.personal_data import register
from trustbook.reminders.models import Schedule

PULSE = {"openness": "5", "reliability": "4", "boundaries": "", "support": "7", "safety": "1"}


class Life:
    """A person who has written in every kind of prompt, twice and aside, over some weeks.

    With ``care``, they have a therapist, and are one.
    """

    def __init__(self, person: User, word: str, day: datetime, *, care: bool = True) -> None:
        self.person, self.word, self.day = person, word, day
        self.words: list[str] = []
        """Each text that was typed, also those that were replaced."""
        self._account()
        self._mails()
        book = Workbook(signed_in(person), person)
        self._answers(book)
        self._weeks(book)
        self._of_two()
        if care:
            self._as_client()
            self._as_therapist()
        self._withdrawn()
        Reading.objects.create(
            reader=person,
            lesson_id=f"{word}-opened",
            place=7,
            opened_at=self.at(),
            touched_at=self.at(),
            finished_at=self.at(),
        )

    def new(self, about: str) -> str:
        """A text that nobody else has."""
        self.words.append(f"{self.word} {about} {len(self.words)}")
        return self.words[-1]

    def at(self) -> datetime:
        """A moment that nobody else has."""
        self.day += timedelta(hours=25, minutes=1, seconds=1, microseconds=1)
        return self.day

    def _account(self) -> None:
        person = self.person
        person.display_name, person.time_zone = self.new("name"), "Asia/Kathmandu"
        person.workbook_name = self.new("title")
        person.consented_at, person.last_login = self.at(), self.at()
        person.save()
        User.objects.filter(pk=person.pk).update(joined_at=self.at())
        person.refresh_from_db()
        for at, primary in ((person.email, True), (f"{self.word}.second@example.org", False)):
            EmailAddress.objects.create(user=person, email=at, primary=primary, verified=primary)
        for kind in ("webauthn", "totp", "recovery_codes"):
            data = {"secret": f"{self.word} secret {kind}"}
            if kind == "webauthn":
                data["name"] = self.new("key")
            row = {"created_at": self.at(), "last_used_at": self.at(), "data": data}
            Authenticator.objects.create(user=person, type=kind, **row)
        Session.objects.create(
            user=person,
            key_hash=uuid.uuid4().bytes * 2,
            data=b"",
            device=self.new("device"),
            expires_at=self.at(),
        )
        Session.objects.filter(user=person).update(made_at=self.at(), last_seen=self.at())

    def _mails(self) -> None:
        """Which were asked for, and when one comes."""
        for kind in ("weekly", "away"):
            Subscription.objects.create(person=self.person, kind=kind, made_at=self.at())
        Schedule.objects.create(
            person=self.person,
            weekday=3,
            at=time(17, 43),
            next_at=self.at(),
            last_day=self.at().date(),
            away_since=self.at(),
        )

    def _answers(self, book: Workbook) -> None:
        first = book.saved("moment", self.new("first"))
        second = book.saved("moment", self.new("second"), base=first)
        response = book.save("moment", self.new("aside"), base=first)
        assert response.status_code == 409
        book.saved("moment", self.new("third"), base=second)
        for _ in range(2):
            for prompt, typed in self._typed():
                book.saved(prompt, typed, base=self._head(book, prompt))
        book.browser.get("/workbook/trial/every-kind/")
        book.send(finish="1")

    def _typed(self) -> Iterator[tuple[str, Any]]:
        yield "place", "home"
        yield "helps", ["talk", "rest"]
        yield "sure", "4"
        yield "signs", {"1.line": self.new("line"), "2.line": self.new("line")}
        yield "said", {"1.said": self.new("cell"), "1.did": self.new("cell")}
        yield "plan", {"when": self.new("step"), "then": self.new("step")}
        yield "sorry", {"harm": self.new("letter"), "checked": "owned"}
        yield "theirs", {"mine": self.new("mine"), "guess": self.new("guess")}
        promise = {"1.what": self.new("promise"), "1.until": self.new("until")}
        yield "given", promise | {"1.by": "me", "1.state": "open"}

    def _head(self, book: Workbook, prompt: str) -> str:
        try:
            return str(book.answer(prompt).head_id)
        except models.ObjectDoesNotExist:
            return ""

    def _of_two(self) -> None:
        """What is kept of a workbook shared with one person, and written with another one."""
        for who in ("former", "partner"):
            other = User.objects.create_user(f"{self.word}.{who}@example.org", None)
            couple = make_couple(self.person, other)
            joint(couple, self.person, self.new("ours"))
            joint(couple, other, self.new("theirs aside"))
            if who == "former":
                leave(other)
        row = JointAnswer.objects.get(couple=couple)
        asked = row.open(row.head, couple).prompt
        draft = Draft(self.new("ours later"), row.head_id, uuid.uuid4())
        record(JointAnswer, {"pk": row.pk}, couple, asked, draft, writer=other)
        self._shows(couple)
        self._promises(couple, other)
        marks = {"secret_mark": uuid.uuid4().bytes * 2, "code_mark": uuid.uuid4().bytes * 2}
        made_at = datetime.now(UTC) - timedelta(minutes=self.day.month)
        Invitation.objects.create(inviter=self.person, made_at=made_at, **marks)

    def _as_client(self) -> None:
        """Of a therapist: what was given and said, what was opened; some kept of a former one."""
        for who in ("former", "present"):
            therapist = User.objects.create_user(
                f"{self.word}.{who}.therapist@example.org", None, is_therapist=True
            )
            link = make_link(a_file(therapist, f"{self.word} secret label"), self.person)
            CareLink.objects.filter(pk=link.pk).update(since=self.at().date())
            note = self.new if who == "present" else f"{self.word} secret since withdrawn".format
            self._given(link, self.new("note to me"), note("note"), aside_at=self.at())
            self._talk(link, self.new("their response"), self.new("my reply"))
            if who == "former":
                end(link)
        answer = Answer.objects.of(self.person).latest("prompt_id")
        pin = Share.fields_of(answer, answer.head)
        where = {"owner": self.person, "care": link, "audience": "therapist"}
        Share.objects.create(since=self.at().date(), **where, **pin)
        for row, week in ((answer, None), (Pulse.objects.of(self.person)[0], self.at().date())):
            place = {"lesson_id": answer.lesson_id, "prompt_id": answer.prompt_id}
            Opening.objects.create(
                owner=self.person,
                reader=therapist.pk,
                row=row.pk,
                revision=row.head_id,
                how="pdf",
                opened_at=self.at(),
                **({"week": week} if week else place),
            )

    def _given(self, link: CareLink, note: str, withdrawn: str, **more: Any) -> None:
        """Two assignments, the second one withdrawn."""
        days = ("starts_on", "due_on", "begun_on", "done_on", "withdrawn_on", "assigned_on")
        for done in ({}, {day: self.at().date() for day in days}):
            row = Assignment(
                link=link,
                lesson_id=f"{self.word}-given",
                **{"assigned_on": self.at().date()} | done | more,
            )
            row.seal_note(link, withdrawn if done else note)
            row.save()

    def _talk(self, link: CareLink, *texts: str) -> None:
        """Something that the therapist said, and something that the client did; one withdrawn."""
        answer = Answer.objects.of(link.client).earliest("prompt_id")
        writers = (link.therapist, link.client, link.therapist)
        for writer, text in zip(writers, (*texts, ""), strict=True):
            response = Response(
                link=link,
                answer=answer,
                revision=answer.head_id,
                shared_on=self.at().date(),
                writer=writer,
                token=uuid.uuid4(),
                written_at=self.at(),
                edited_at=self.at(),
                withdrawn_at=None if text else self.at(),
            )
            response.seal(link, text)
            response.save()

    def _as_therapist(self) -> None:
        """With a client of their own, whose texts are secret, and all that a therapist writes."""
        person = self.person
        person.is_therapist = True
        person.save(update_fields=["is_therapist"])
        client = User.objects.create_user(f"{self.word}.secret.client@example.org", None)
        file = a_file(person, self.new("label"))
        marks = {"secret_mark": uuid.uuid4().bytes * 2, "code_mark": uuid.uuid4().bytes * 2}
        made_at = datetime.now(UTC) - timedelta(hours=self.day.month)
        waiting = a_file(person, self.new("label of one who is invited"))
        Invitation.objects.create(inviter=person, file=waiting, made_at=made_at, **marks)
        link = make_link(file, client)
        prompt = prompt_from({"id": "moment", "kind": "text", "ask": "What?"})
        place = {"lesson_id": "every-kind", "prompt_id": "moment"}
        row = keep(Answer, client, place, prompt, f"{self.word} secret of a client", self.at())
        pin = Share.fields_of(row, row.head)
        since = self.at().date()
        Share.objects.create(owner=client, care=link, audience="therapist", since=since, **pin)
        self._given(link, self.new("note to a client"), self.new("note"))
        self._talk(link, self.new("my response"), f"{self.word} secret reply of a client")
        days = {"made_on": self.at().date(), "began_on": self.at().date()}
        days |= {"met_on": self.at().date(), "archived_at": self.at()}
        ClientFile.objects.filter(pk=file.pk).update(**days)
        self._writes(file)

    def _writes(self, file: ClientFile) -> None:
        """Notes, a practice, a pathway, a lesson."""
        person, day = self.person, self.at().date()
        where, base = {"file": file, "day": day}, None
        for _ in range(2):
            draft = Draft(self.new("session"), base, uuid.uuid4())
            saved = record(SessionNote, where, person, NOTE, draft)
            assert saved
            base = saved.head.pk
        practice = Practice(therapist=person)
        practice.seal(person, About(*(self.new("practice") for _ in fields(About))))
        practice.save()
        pathway = Pathway(therapist=person)
        pathway.seal(person, self.new("pathway"), [Step("every-kind", 0), Step("last", 7)])
        pathway.save()
        lesson = OwnLesson(therapist=person, head_id=uuid.uuid4(), withdrawn_on=self.at().date())
        lesson.save(force_insert=True)
        for number, pk in enumerate((uuid.uuid4(), lesson.head_id), start=1):
            about = {"number": number, "token": uuid.uuid4(), "made_at": self.at()}
            version = OwnLessonVersion(id=pk, row=lesson, **about)
            said = source(self.new("own lesson"), self.new("own text"))
            version.seal(person, json.dumps(said), "{}")
            version.save(force_insert=True)

    def _shows(self, couple: Couple) -> None:
        """An answer and a week shared; an answer and a week ready to be opened together."""
        answers = Answer.objects.of(self.person).order_by("prompt_id")[:2]
        weeks = Pulse.objects.of(self.person)[:2]
        where = {"owner": self.person, "couple": couple, "audience": "partner"}
        for row in (answers[0], weeks[0]):
            pinned = Share.fields_of(row, row.head)
            Share.objects.create(since=self.at().date(), **where, **pinned)
        for row, topic in (
            (answers[1], f"answer.{answers[1].lesson_id}.{answers[1].prompt_id}"),
            (weeks[1], f"week.{weeks[1].week}"),
        ):
            ready = Ready.objects.create(couple=couple, person=self.person, topic=topic)
            ReadyPin.objects.create(ready=ready, **ReadyPin.fields_of(row, row.head))

    def _promises(self, couple: Couple, other: User) -> None:
        """One of each to the other, and what both say of it."""
        for maker in (self.person, other):
            promise = Promise(couple=couple, maker=maker, writer=maker, token=uuid.uuid4())
            promise.written_on = self.at().date()
            due = self.at().date()
            promise.seal(couple, Wording(self.new("ours"), self.new("until"), due))
            promise.save()
            for person in (self.person, other):
                view = PromiseView(promise=promise, person=person, token=uuid.uuid4())
                view.said_on = self.at().date()
                view.seal(couple, State.KEPT)
                view.save()

    def _weeks(self, book: Workbook) -> None:
        first = book.saved("week", PULSE)
        book.saved("week", PULSE | {"openness": "6"}, base=first)
        for weeks in (3, 1):
            where = {"week": monday(weeks)}
            keep(Pulse, self.person, where, PULSE_PROMPT, NUMBERS, self.at())
            keep(WeekNote, self.person, where, NOTE, self.new("note"), self.at())

    def _withdrawn(self) -> None:
        """An answer to a lesson that is no longer offered, and one that was emptied."""
        from exercises.models import Answer

        prompt = prompt_from({"id": "gone", "kind": "text", "ask": self.new("question") + "?"})
        where = {"lesson_id": "left-the-course", "prompt_id": "gone"}
        keep(Answer, self.person, where, prompt, self.new("withdrawn"), self.at())
        where = {"lesson_id": "every-kind", "prompt_id": "old"}
        prompt = prompt_from({"id": "old", "kind": "text", "ask": "What was?"})
        keep(Answer, self.person, where, prompt, "", self.at())


PULSE_PROMPT = prompt_from({"id": "week", "kind": "pulse"})
NUMBERS = {"openness": 2, "reliability": None, "boundaries": 3, "support": 4, "safety": 5}


def monday(weeks_ago: int):
    """The Monday of a week that is over."""
    today = datetime.now(UTC).date()
    return today - timedelta(days=today.weekday(), weeks=weeks_ago)


def keep(kept: Any, person: User, where: dict, prompt: Any, value: Any, at: datetime) -> Any:
    """Stores a revision with a date of its own, as no page would."""
    row = kept(author=person, head_id=uuid.uuid4(), **where)
    revision = row.revisions.model(id=row.head_id, row=row, token=uuid.uuid4(), saved_at=at)
    row.seal(revision, person, prompt, value)
    row.save(force_insert=True)
    revision.save()
    return row


def rows_of(model: type[models.Model], person: User) -> models.QuerySet:
    """The rows that hang on a person by a foreign key, or by one more."""
    if model is User:
        return User.objects.filter(pk=person.pk)
    return model._default_manager.filter(**{owner(model): person})


ASIDE = {
    Couple: "memberships__person",
    ReadyPin: "ready__person",
    CareLink: "client",
    Assignment: "link__client",
}
"""Where the first foreign key leads somewhere else."""


def owner(model: type[models.Model]) -> str:
    """The way from ``model`` to its person."""
    if model in ASIDE:
        return ASIDE[model]
    for field in model._meta.concrete_fields:
        if field.related_model is User:
            return field.name
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not isinstance(field, models.OneToOneField):
            return f"{field.name}__{owner(field.related_model)}"
    raise AssertionError(f"nobody knows whose the rows of {model._meta.label} are")


def exported_fields() -> dict[str, list[str]]:
    """The names of the fields that are declared as exported, by model."""
    return {
        label: names
        for label, fates in register().items()
        if (names := [name for name, fate in fates.items() if fate.exported])
    }
