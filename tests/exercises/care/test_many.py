"""Inviting several at once, from a pasted list."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError

from exercises import access
from exercises.care import invitations, many
from exercises.invitations import limits
from exercises.models import ClientFile, Invitation
from tests.conftest import a_file, at_the_desk
from tests.exercises.care.inviting import MANY, handed, opened_by, paste, words
from trustbook.lib.outbox import sending
from trustbook.lib.outbox.models import AccountMail

GOOD = "J. L.;jl@example.org\r\n=1+1;\r\nTuesday, 10:00;tue@example.org"
MIXED = f"{GOOD}\r\nbad;no address\r\n\r\nJ. L.;"


def nothing_made():
    return not (
        ClientFile.objects.exists() or Invitation.objects.exists() or AccountMail.objects.exists()
    )


def test_it_is_looked_at_before_anything_is_made(desk):
    page = words(paste(desk, MIXED))
    assert "3 of 6 lines can be used" in page
    for told in ("“no address” is no whole e-mail address.", "The same label as in line 1."):
        assert told in page
    assert "An empty line, left out" in page
    assert "2 of them go out by mail" in page
    assert re.findall('name="save" value="([^"]*)"', page) == ["good"]
    assert MIXED.replace("\r\n", "\n") in page.replace("\r\n", "\n")
    assert nothing_made()


def test_all_is_made_at_once(desk, therapist):
    assert 'name="save" value="all"' in words(paste(desk, GOOD))
    page = paste(desk, GOOD, "all")
    links, codes = handed(page)[::2], handed(page)[1::2]
    labels = [file.label(therapist) for link in links for file in [opened_by(link).file]]
    assert labels == ["J. L.", "=1+1", "Tuesday, 10:00"]
    assert [opened_by(code) for code in codes] == [opened_by(link) for link in links]
    assert mail.outbox == []
    sending.send_due()
    one, other = sorted(mail.outbox, key=lambda sent: sent.to)
    assert (one.to, other.to) == (["jl@example.org"], ["tue@example.org"])
    assert links[0] in one.body
    assert links[2] in other.body


def test_the_good_lines_only_and_the_others_are_told_and_still_there(desk):
    page = paste(desk, MIXED, "good")
    assert len(handed(page)) == 6
    assert Invitation.objects.count() == 3
    assert "“no address” is no whole e-mail address." in words(page)
    [rest] = re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", words(page))
    assert rest.splitlines() == ["bad;no address", "J. L.;"]


@pytest.mark.parametrize("make", ["all", "good"])
def test_all_or_nothing_is_the_therapists_choice(desk, make):
    text = "bad;no address" if make == "good" else MIXED
    response = paste(desk, text, make)
    assert response.status_code == 422
    assert "so nothing was made" in words(response)
    assert text.replace("\r\n", "\n") in words(response).replace("\r\n", "\n")
    assert nothing_made()


def test_sent_twice_it_is_made_once_and_shown_twice(desk):
    first, second = (handed(paste(desk, GOOD, "all")) for _ in range(2))
    assert first == second
    assert (Invitation.objects.count(), AccountMail.objects.count()) == (3, 2)
    assert "made" in words(paste(desk, GOOD))
    paste(desk, GOOD, "all", token="e" * 32)
    assert ClientFile.objects.count() == 3


def test_the_result_as_a_table_in_which_nothing_is_calculated(therapist):
    therapist.time_zone = "Europe/Dublin"
    therapist.save()
    with time_machine.travel(datetime(2026, 5, 3, 18, 0, tzinfo=UTC), tick=False):
        desk = at_the_desk(therapist)
        shown = handed(paste(desk, MIXED, "good"))
        response = paste(desk, MIXED, "table")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="invitations.csv"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    until = "2026-05-06 19:00"
    assert rows == [
        list(many.HEADINGS),
        ["J. L.", "jl@example.org", shown[0], shown[1], until],
        ["'=1+1", "", shown[2], shown[3], until],
        ["Tuesday, 10:00", "tue@example.org", shown[4], shown[5], until],
    ]


def test_a_table_makes_nothing(desk):
    assert paste(desk, GOOD, "table").content.decode("utf-8-sig").count("\r\n") == 1
    assert nothing_made()


def test_ten_thousand_lines(desk):
    text = "\r\n".join(f"client {number};c{number}@example.org" for number in range(10_000))
    for make in ("", "all", "good"):
        response = paste(desk, text, make)
        assert response.status_code == 422
        assert "These are 10,000 lines, and 200 can be invited at a time." in words(response)
        assert text.replace("\r\n", "\n") in words(response).replace("\r\n", "\n")
    assert nothing_made()


def test_more_than_a_page_can_take_is_refused_as_everywhere(desk, settings):
    response = paste(desk, "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "all")
    assert response.status_code == 413
    assert nothing_made()


@pytest.mark.parametrize("text", ["", " \r\n\t\n", "\N{ZERO WIDTH NO-BREAK SPACE}"])
def test_nothing_pasted(desk, text):
    for make in ("", "all"):
        response = paste(desk, text, make)
        assert response.status_code == 422
        assert nothing_made()


def test_what_cannot_be_kept_is_told_at_its_line(desk):
    page = words(paste(desk, "a\0b\ngood"))
    assert "characters that cannot be kept" in page
    assert "1 of 2 lines can be used" in page


def test_yourself_and_whom_you_know_already(desk, therapist):
    a_file(therapist, "Known")
    page = words(paste(desk, f"me;{therapist.email.upper()}\nknown;k@example.org\nnew;"))
    assert "This is your own address." in page
    assert "You have a client with this label already." in page
    assert "1 of 3 lines can be used" in page


def test_used_since_it_was_made(desk):
    paste(desk, GOOD, "all")
    Invitation.objects.filter(pk=Invitation.objects.values("pk")[:1]).delete()
    page = paste(desk, GOOD, "all")
    assert page.status_code == 422
    assert many.USED in words(page)
    assert ClientFile.objects.count() == 3


def test_more_mails_than_may_go_out(desk, monkeypatch):
    monkeypatch.setitem(limits.RATES, "invite_client_by_mail", "1/d/user")
    for _ in range(2):
        response = paste(desk, GOOD, "all")
        assert response.status_code == 429
        assert "This list asks for 2 mails" in words(response)
        assert nothing_made()
    assert len(handed(paste(desk, "J. L.;jl@example.org", "all"))) == 2


def test_more_than_may_be_open(desk, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_OPEN", 2)
    monkeypatch.setitem(limits.RATES, "invite_client_by_mail", "2/d/user")
    for _ in range(2):
        response = paste(desk, GOOD, "all")
        assert response.status_code == 422
        assert "there is room for 2 more" in words(response)
        assert nothing_made()


def test_what_fails_halfway_leaves_nothing(desk, monkeypatch):
    sent = []

    def fails(*arguments, **_):
        sent.append(arguments)
        if len(sent) == 2:
            raise DatabaseError

    monkeypatch.setattr("exercises.invitations.letters.send", fails)
    with pytest.raises(DatabaseError):
        paste(desk, GOOD, "all")
    assert len(sent) == 2
    assert nothing_made()


def test_the_queries_of_looking_do_not_grow(desk, django_assert_num_queries):
    paste(desk, "a;a@example.org")
    for text in ("a;a@example.org", GOOD):
        with django_assert_num_queries(4):
            paste(desk, text)


def test_nothing_of_it_is_logged(desk, caplog, therapist):
    caplog.set_level(0)
    shown = handed(paste(desk, MIXED, "good"))
    for text in (*shown, "jl@example.org", "Tuesday", "no address"):
        assert text not in caplog.text
    assert len(access.own_files(therapist)) == 3
    assert desk.get(MANY).status_code == 200


def test_a_list_that_is_sent_too_late_is_kept(therapist):
    """The second step is wanted each twelve hours: the list comes back, to be sent again."""
    late = at_the_desk(therapist, ago=13 * 3600)
    response = paste(late, MIXED, "good")
    assert response.status_code == 403
    assert MIXED.replace("\r\n", "\n") in words(response).replace("\r\n", "\n")
    assert re.findall('type="checkbox"', words(response)) == []
    assert nothing_made()
