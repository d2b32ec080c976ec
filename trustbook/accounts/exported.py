"""What the account itself gives to its person's export: who they are, where they are signed in."""

from collections.abc import Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from pydantic import AwareDatetime

from trustbook.accounts.models import Session, User
from trustbook.lib.export import Chapter, Exported, Part


class Account(Exported):
    """The person."""

    email: str
    display_name: str
    """May be empty."""
    time_zone: str
    """A name of the IANA time zone database."""
    joined_at: AwareDatetime
    consented_at: AwareDatetime | None
    """When the terms were agreed to."""
    workbook_name: str
    """What the private pages are called instead of the workbook; may be empty."""
    rest: int
    """Minutes without use after which a new session ends."""
    last_login: AwareDatetime | None
    is_therapist: bool = False
    """Whether the operator has given them the role."""


class Address(Exported):
    """One e-mail address of the account."""

    email: str
    verified: bool
    primary: bool


class SignedIn(Exported):
    """One browser that is signed in; ``last_seen`` is rounded to five minutes."""

    device: str
    made_at: AwareDatetime
    last_seen: AwareDatetime
    expires_at: AwareDatetime
    rest: int
    """Minutes without use after which it ends."""
    shared: bool
    """On a device that others use too."""


class SecondStep(Exported):
    """A passkey, an authenticator app or recovery codes; never the secret itself."""

    kind: str
    """``webauthn``, ``totp`` or ``recovery_codes``."""
    name: str
    """What its person called it; only passkeys have a name."""
    created_at: AwareDatetime
    last_used_at: AwareDatetime | None


DOCUMENT = {
    "account": Account,
    "addresses": list[Address],
    "sessions": list[SignedIn],
    "second_steps": list[SecondStep],
}
"""The keys of the JSON document that this app fills."""


def part_of(person: User) -> Part:
    """The account with its addresses, sessions and second steps."""
    addresses, sessions = list(_addresses(person)), list(_sessions(person))
    steps = list(_second_steps(person))
    facts = list(_facts(person, addresses, sessions, steps))
    return Part(
        {
            "account": _account(person),
            "addresses": addresses,
            "sessions": sessions,
            "second_steps": steps,
        },
        [Chapter("account", "Your account", facts=facts, printed=False)],
    )


def _account(person: User) -> Account:
    return Account(
        email=person.email,
        display_name=person.display_name,
        time_zone=person.time_zone,
        joined_at=person.joined_at,
        consented_at=person.consented_at,
        workbook_name=person.workbook_name,
        rest=person.rest,
        last_login=person.last_login,
        is_therapist=person.is_therapist,
    )


def _addresses(person: User) -> Iterator[Address]:
    for row in EmailAddress.objects.filter(user=person).order_by("pk"):
        yield Address(email=row.email, verified=row.verified, primary=row.primary)


def _sessions(person: User) -> Iterator[SignedIn]:
    """All that are stored, also those that have run out and wait to be swept."""
    for row in Session.objects.filter(user=person).order_by("made_at", "pk"):
        yield SignedIn(
            device=row.device,
            made_at=row.made_at,
            last_seen=row.last_seen,
            expires_at=row.expires_at,
            rest=row.rest,
            shared=row.shared,
        )


def _second_steps(person: User) -> Iterator[SecondStep]:
    for row in Authenticator.objects.filter(user=person).order_by("created_at", "pk"):
        yield SecondStep(
            kind=row.type,
            name=row.data.get("name", "") if row.type == Authenticator.Type.WEBAUTHN else "",
            created_at=row.created_at,
            last_used_at=row.last_used_at,
        )


KINDS = {
    "webauthn": "Passkey",
    "totp": "Authenticator app",
    "recovery_codes": "Recovery codes",
}


def _facts(
    person: User, addresses: list[Address], sessions: list[SignedIn], steps: list[SecondStep]
) -> Iterator[tuple[str, str]]:
    """The same to read, in the person's own time."""

    def day(moment: datetime | None) -> str:
        return f"{moment.astimezone(person.zone):%-d %B %Y, %H:%M}" if moment else "never"

    yield "Name", person.display_name or "none given"
    yield "E-mail address", person.email
    for one in addresses:
        marks = [word for word, true in (("main", one.primary), ("verified", one.verified)) if true]
        yield "Address of the account", f"{one.email} ({', '.join(marks) or 'not verified'})"
    yield "Time zone", person.time_zone
    yield "The workbook is called", person.workbook_name or "as it is"
    yield "A new session ends", f"after {person.rest} minutes without use"
    yield "Joined", day(person.joined_at)
    yield "Agreed to the terms", day(person.consented_at)
    yield "Signed in last", day(person.last_login)
    if person.is_therapist:
        yield "Role", "therapist"
    for session in sessions:
        when = f"since {day(session.made_at)}, last seen {day(session.last_seen)}"
        where = "a shared device" if session.shared else "a device of one's own"
        until = f"ends {day(session.expires_at)}, or after {session.rest} minutes without use"
        yield "Signed in", f"{session.device or 'A browser'}, {when}, {until}, {where}"
    for step in steps:
        name = f"{KINDS.get(step.kind, step.kind)} {step.name}".strip()
        used = f"made {day(step.created_at)}, last used {day(step.last_used_at)}"
        yield "Second step", f"{name}, {used}"
