"""The page on which a therapist invites one client."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from exercises import access, carelinks
from exercises.care import invitations
from exercises.care.inviting_forms import new_token
from exercises.invitations import limits
from exercises.models import ClientFile, Invitation
from tests.conftest import a_file, a_therapist, at_the_desk
from tests.exercises.care.inviting import PAGE, handed, invite, opened_by, words
from trustbook.accounts.models import User
from trustbook.lib.outbox.models import AccountMail

ADDRESS = "client@example.org"
NEVER = re.compile(r"/never-write/[^/]+/")


@pytest.fixture
def clock():
    """It is six o'clock on a Sunday; comes before ``desk``."""
    with time_machine.travel(datetime(2026, 5, 3, 18, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_a_link_and_a_code_are_shown_once(desk, therapist, settings):
    response = invite(desk)
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    link, code = handed(response)
    assert re.fullmatch(rf"{re.escape(settings.SITE_ORIGIN)}/invitation/#[\w-]{{22}}", link)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)
    assert opened_by(link) == opened_by(code) == Invitation.objects.get(inviter=therapist)
    again = words(desk.get(PAGE))
    assert "J. L." in again
    assert [text in again for text in (link[-22:], code, code.replace("-", ""))] == [False] * 3


def test_the_label_is_encrypted_and_says_nothing_by_its_length(desk, therapist):
    invite(desk, "J")
    invite(desk, "🕊" * 100)
    one, other = (bytes(file.sealed_label) for file in ClientFile.objects.order_by("made_on"))
    assert len(one) == len(other) == 512 + 28
    assert "🕊".encode() not in one + other
    assert {file.label(therapist) for file in access.own_files(therapist)} == {"J", "🕊" * 100}


def test_the_same_form_sent_twice_makes_one_and_shows_it_twice(desk):
    token = new_token()
    first, second = (handed(invite(desk, "J. L.", ADDRESS, token)) for _ in range(2))
    assert first == second
    assert (ClientFile.objects.count(), len(mail.outbox)) == (1, 1)
    other = handed(invite(desk, "K. M.", ADDRESS, token))
    assert set(other).isdisjoint(first)
    assert ClientFile.objects.count() == 2


def test_a_form_of_another_therapist_makes_another(desk):
    token, other = new_token(), at_the_desk(a_therapist("other@example.org"))
    assert set(handed(invite(desk, token=token))).isdisjoint(handed(invite(other, token=token)))


def test_sent_again_once_it_is_used_it_shows_nothing(desk, stranger):
    token = new_token()
    invite(desk, token=token)
    file = ClientFile.objects.get()
    carelinks.make_link(file, stranger)
    response = invite(desk, token=token)
    assert (response.status_code, response["Location"]) == (302, f"/care/clients/{file.pk}/")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("", "Write a label"),
        (" \u200b\N{NO-BREAK SPACE} ", "Write a label"),
        ("a" * 101, "longer than 100 characters"),
        ("a\0b", "characters that cannot be kept"),
        ("a\N{REPLACEMENT CHARACTER}b", "characters that cannot be kept"),
        ("a\u2028b", "characters that cannot be kept"),
        ("tuesday,  10:00", "You have a client with this label already"),
    ],
)
def test_a_label_that_will_not_do(desk, therapist, label, told):
    a_file(therapist, "Tuesday, 10:00")
    response = invite(desk, label, ADDRESS)
    assert response.status_code == 422
    assert told in words(response)
    assert f'value="{ADDRESS}"' in words(response)
    assert (ClientFile.objects.count(), Invitation.objects.count(), mail.outbox) == (1, 0, [])


def test_half_a_pair_of_surrogates_is_refused(desk):
    body = f"label=a%ED%A0%80b&token={new_token()}"
    response = desk.generic(
        "POST", PAGE, body, content_type="application/x-www-form-urlencoded; charset=utf-8"
    )
    assert response.status_code == 422
    assert "characters that cannot be kept" in words(response)


@pytest.mark.parametrize("email", ["no address", "a@b", "a@example.org\nBcc: b@example.org"])
def test_an_address_that_is_none(desk, email):
    response = invite(desk, "J. L.", email)
    assert response.status_code == 422
    assert "Write a whole address" in words(response)
    assert 'value="J. L."' in words(response)
    assert not ClientFile.objects.exists()


def test_nobody_invites_themselves(desk, therapist):
    response = invite(desk, "J. L.", therapist.email.upper())
    assert response.status_code == 422
    assert "This is your own address" in words(response)
    assert 'value="J. L."' in words(response)
    assert (ClientFile.objects.exists(), mail.outbox) == (False, [])


@pytest.mark.parametrize("token", ["", "x", "x" * 33])
def test_a_page_without_its_token(desk, token):
    response = desk.post(PAGE, {"label": "J. L.", "token": token})
    assert response.status_code == 422
    assert "A part of this page was missing" in words(response)
    assert not ClientFile.objects.exists()


def test_a_mail_says_neither_what_it_is_about_nor_from_whom(desk, therapist, settings):
    therapist.display_name = "Dr Hester"
    therapist.save(update_fields=["display_name"])
    link, code = handed(invite(desk, "Tuesday", "Client@Example.org"))
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["Client@Example.org"], "An invitation")
    [never] = NEVER.findall(str(sent.body))
    assert re.findall(r"http://\S+", str(sent.body)) == [link, settings.SITE_ORIGIN + never]
    assert sent.message().as_bytes().isascii()
    said = str(sent.message()).lower()
    for text in (code, "therap", "client", "care", "Hester", "Tuesday", str(therapist.pk)):
        assert text.lower() not in said.replace("to: client@example.org", "")
    assert not AccountMail.objects.exists()


def test_never_again_holds_for_both_kinds_of_invitation(desk, writing, visiting):
    writing.post("/together/invite/", {"email": ADDRESS})
    [never] = NEVER.findall(str(mail.outbox.pop().body))
    visiting.post(never)
    assert len(handed(invite(desk, "J. L.", ADDRESS))) == 2
    assert mail.outbox == []


@pytest.fixture
def three_mails(monkeypatch):
    """Fifty a day are few, and take long to send."""
    assert limits.RATES["invite_client_by_mail"] == "50/d/user"
    monkeypatch.setitem(limits.RATES, "invite_client_by_mail", "3/d/user")


def test_so_many_mails_a_day(clock, three_mails, desk, therapist):
    for number in range(3):
        assert invite(desk, f"client {number}", ADDRESS).status_code == 200
    refused = invite(desk, "one more", ADDRESS)
    assert refused.status_code == 429
    assert "Fifty mails have gone out" in words(refused)
    assert 'value="one more"' in words(refused)
    assert (ClientFile.objects.count(), len(mail.outbox)) == (3, 3)
    assert invite(desk, "one more").status_code == 200
    clock.shift(timedelta(hours=24))
    assert invite(at_the_desk(therapist), "on another day", ADDRESS).status_code == 200


def test_as_many_as_may_be_are_open(desk, therapist, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_OPEN", 2)
    assert [invite(desk, label).status_code for label in ("a", "b", "c")] == [200, 200, 422]
    refused = invite(desk, "kept", ADDRESS)
    assert "invitations are open" in words(refused)
    assert 'value="kept"' in words(refused)
    assert (ClientFile.objects.count(), mail.outbox) == (2, [])
    file = next(file for file in access.own_files(therapist) if file.label(therapist) == "a")
    desk.post(f"/care/clients/{file.pk}/withdraw/")
    assert invite(desk, "c", ADDRESS).status_code == 200


def test_a_refused_one_counts_as_no_mail(three_mails, desk, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_OPEN", 0)
    for _ in range(4):
        assert invite(desk, "J. L.", ADDRESS).status_code == 422


def test_withdrawn_by_a_press(desk):
    link, _ = handed(invite(desk))
    file = ClientFile.objects.get()
    path = f"/care/clients/{file.pk}/withdraw/"
    assert path in words(desk.get(PAGE))
    assert desk.get(path).status_code == 405
    for _ in range(2):
        response = desk.post(path)
        assert (response.status_code, response["Location"]) == (302, PAGE)
    assert opened_by(link) is None
    assert ClientFile.objects.get() == file


def test_invited_again_the_earlier_link_opens_nothing(desk, therapist):
    link, _ = handed(invite(desk))
    file = ClientFile.objects.get()
    path, token = f"/care/clients/{file.pk}/invite/", new_token()
    assert "will open nothing any more" in words(desk.get(path))
    first, second = (handed(invite(desk, email=ADDRESS, token=token, to=path)) for _ in range(2))
    assert first == second
    assert (opened_by(link), opened_by(first[0])) == (None, Invitation.objects.get(file=file))
    assert (ClientFile.objects.count(), len(mail.outbox)) == (1, 1)


def test_what_was_withdrawn_stays_so_when_its_form_is_sent_again(desk):
    invite(desk)
    file = ClientFile.objects.get()
    path, token = f"/care/clients/{file.pk}/invite/", new_token()
    first = handed(invite(desk, token=token, to=path))
    desk.post(f"/care/clients/{file.pk}/withdraw/")
    second = handed(invite(desk, token=token, to=path))
    assert set(first).isdisjoint(second)
    assert [opened_by(typed) for typed in first] == [None, None]
    assert opened_by(second[0]) == Invitation.objects.get(file=file)


def test_whoever_is_linked_is_not_invited_again(desk, care):
    path = f"/care/clients/{care.file.pk}/invite/"
    for response in (desk.get(path), invite(desk, to=path)):
        assert (response.status_code, response["Location"]) == (
            302,
            f"/care/clients/{care.file.pk}/",
        )
    assert not Invitation.objects.exists()


def test_a_client_whose_account_is_closed_can_be_followed_by_another(desk, care, writer, stranger):
    """The file says “not linked”, so a new invitation for it must work."""
    User.objects.filter(pk=writer.pk).update(is_active=False)
    invite(desk, to=f"/care/clients/{care.file.pk}/invite/")
    invitation = Invitation.objects.select_related("file").get()
    assert invitation.file
    carelinks.make_link(invitation.file, stranger)
    assert access.care_of(stranger)


@pytest.mark.parametrize("what", ["invite", "withdraw", "label", "end", "delete"])
def test_anothers_client_is_nobody(desk, what):
    theirs = a_file(a_therapist("other@example.org"), "theirs")
    answers = [
        (answer.status_code, answer.content)
        for file in (theirs.pk, uuid.uuid4())
        for answer in [desk.post(f"/care/clients/{file}/{what}/")]
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_the_queries_are_the_same_for_one_and_for_three(desk, django_assert_num_queries):
    invite(desk, "a")
    with django_assert_num_queries(3):
        desk.get(PAGE)
    invite(desk, "b")
    invite(desk, "c")
    with django_assert_num_queries(3):
        assert words(desk.get(PAGE)).count("open until") == 3


def test_nothing_of_it_is_logged(desk, caplog):
    caplog.set_level(0)
    link, code = handed(invite(desk, "Tuesday", ADDRESS))
    invite(desk, "Tuesday", "no address")
    for text in (link[-22:], code, code.replace("-", ""), ADDRESS, "Tuesday"):
        assert text not in caplog.text
