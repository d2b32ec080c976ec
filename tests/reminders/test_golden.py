"""Every notice is the same mail, byte for byte, whatever it is about and whoever it is for."""

import re
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.core import mail

from tests.conftest import signed_in
from tests.exercises.workbook import Workbook
from tests.reminders.conftest import NOW, ask
from trustbook.accounts.models import User
from trustbook.lib.outbox import choosing, kinds, posting
from trustbook.lib.outbox.kinds import Kind

GOLDEN = Path(__file__).parent / "golden" / "notice.eml"
MASKS = [
    (rb"^To: [^\n]*(\n [^\n]*)*", b"To: <recipient>"),
    (rb"^Date: [^\n]*", b"Date: <date>"),
    (rb"^Message-ID: <[0-9a-f]{32}@", b"Message-ID: <<id>@"),
    (rb"/reminders/stop/[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/", b"/reminders/stop/<token>/"),
]
CANARY = "a heron stood in the rain"
PEOPLE = {
    "short": ("a@b.org", ""),
    "named": ("somebody@example.org", "Héron Cendré"),
    "long": ("a.person.with.a.very.long.address.indeed@mail.department.example.org", "H" * 80),
}
KINDS = ["weekly", "return", "shared", "assigned-and-due"]


def masked(message):
    """The mail as it leaves, without recipient, date, token and Message-ID."""
    whole = message.message().as_bytes()
    for pattern, mask in MASKS:
        whole, found = re.subn(pattern, mask, whole, flags=re.MULTILINE)
        assert found, pattern
    return whole


@pytest.fixture(params=PEOPLE)
def person(request, trial):
    """Somebody with a name, an address, a time zone and an answer."""
    email, name = PEOPLE[request.param]
    zone = {"short": "UTC", "named": "Asia/Kathmandu", "long": "America/St_Johns"}[request.param]
    person = User.objects.create_user(email, None, display_name=name, time_zone=zone)
    Workbook(signed_in(person), person).saved("moment", CANARY)
    return person


@pytest.fixture
def others():
    """Kinds that later rooms may bring."""
    names = ("shared", "assigned-and-due")
    made = {name: kinds.register(Kind(name, CANARY, CANARY)) for name in names}
    yield made
    for kind in made.values():
        kinds.forget(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_bytes_whatever_it_is_about(person, others, run, clock, kind):
    ask(person, kind, weekday=2, at=time(3))
    if kind in others:
        posting.notify(person, others[kind])
    days = 80 if kind == "return" else 0
    for hours in range(0, 48, 6):
        run(NOW + timedelta(days=days, hours=hours))
    [sent] = mail.outbox
    assert sent.to == [person.email]
    assert masked(sent) == GOLDEN.read_bytes()


def test_as_long_as_each_other_but_for_the_address(others, run, writer, stranger):
    """Not even its length tells which it is."""
    ask(writer, "shared", "weekly", weekday=2, at=time(17))
    ask(stranger, "assigned-and-due")
    posting.notify(writer, others["shared"])
    posting.notify(stranger, others["assigned-and-due"])
    run(NOW + timedelta(hours=6))
    run(NOW + timedelta(days=1, hours=6))
    sizes = {len(one.message().as_bytes()) - 2 * len(one.to[0]) for one in mail.outbox}
    assert len(mail.outbox) == 3
    spread = max(sizes) - min(sizes)
    assert spread == abs(len(stranger.email) - len(writer.email))


def test_the_golden_file_says_nothing():
    """No name of the program, no lesson, no person, no event; the site's own address aside."""
    text = GOLDEN.read_text().replace("http://localhost:8000", "<site>").lower()
    for word in ("trust", "lesson", "couple", "partner", "therap", "answer", "share", "heron"):
        assert word not in text.replace("trustbook@localhost", "<sender>")


def test_a_mail_about_something_else_would_be_found(run, writer, clock, monkeypatch):
    monkeypatch.setattr("trustbook.lib.outbox.letters.NOTICE_SUBJECT", "An answer was shared")
    ask(writer, "weekly", weekday=2, at=time(3))
    run(NOW + timedelta(days=1))
    [sent] = mail.outbox
    assert masked(sent) != GOLDEN.read_bytes()


def test_the_link_in_it_is_the_one_in_its_header_and_stops_it(run, writer, client, clock):
    ask(writer, "weekly", weekday=2, at=time(3))
    run(NOW + timedelta(days=1))
    [sent] = mail.outbox
    header = sent.extra_headers["List-Unsubscribe"]
    link = re.fullmatch(r"<http://localhost:8000(/reminders/stop/[^/]+/)>", header)
    assert link
    assert f"http://localhost:8000{link.group(1)}\n" in str(sent.body)
    assert client.post(link.group(1)).status_code == 200
    assert choosing.chosen(writer) == {}
