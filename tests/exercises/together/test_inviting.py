"""The page on which one invites."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail

from exercises.invitations.marks import read
from exercises.models import Invitation, NeverWrite
from exercises.together import invitations
from tests.conftest import signed_in
from tests.exercises.together.invited import masked
from trustbook.lib.outbox.models import AccountMail
from trustbook.lib.personal_data import ask_all

PAGE = "/together/invite/"
HANDED = re.compile(r'<p class="handed[^>]*>([^<]*)</p>')
ADDRESS = "somebody@example.org"
NEVER = re.compile(r"/never-write/[^/]+/")


def invite(browser, **fields):
    return browser.post(PAGE, fields)


def handed(response):
    """The link and the code that a page shows."""
    return HANDED.findall(response.content.decode())


def opened_by(typed):
    """The invitation that a link or a code opens."""
    handed = read(typed)
    assert handed
    return Invitation.objects.get(**handed.where)


def never_in(sent):
    """The address in a mail by which its reader asks for no more."""
    [found] = NEVER.findall(str(sent.body))
    return found


def test_a_link_and_a_code_are_shown_once(writing, settings):
    response = invite(writing)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    link, code = handed(response)
    assert re.fullmatch(rf"{re.escape(settings.SITE_ORIGIN)}/join/#[\w-]{{22}}", link)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)
    again = writing.get(PAGE).content.decode()
    assert handed(writing.get(PAGE)) == []
    assert [text in again for text in (link, code, link[-22:], code.replace("-", ""))] == [
        False
    ] * 4


def test_both_open_the_one_invitation_that_there_is_and_are_not_stored(writing, writer):
    link, code = handed(invite(writing))
    row = Invitation.objects.get(inviter=writer)
    assert [opened_by(text) for text in (link, code)] == [row] * 2
    stored = repr([bytes(row.secret_mark), bytes(row.code_mark), vars(row)])
    for text in (link[-22:], code, code.replace("-", "")):
        assert text not in stored
    assert len(bytes(row.secret_mark)) == len(bytes(row.code_mark)) == 32


def test_the_page_says_until_when_it_is_open_and_no_longer(clock, writer):
    browser = signed_in(writer)
    invite(browser)
    assert "Open until Wednesday, 6 May, 18:00" in browser.get(PAGE).content.decode()
    clock.shift(timedelta(hours=72, seconds=-1))
    assert "Open until" in browser.get(PAGE).content.decode()
    clock.shift(timedelta(seconds=1))
    assert "Open until" not in browser.get(PAGE).content.decode()


def test_it_is_withdrawn_by_a_press(writing, writer, made):
    row = Invitation.objects.get()
    path = f"{PAGE}{row.pk}/withdraw/"
    assert path in writing.get(PAGE).content.decode()
    assert writing.get(path).status_code == 405
    assert Invitation.objects.exists()
    response = writing.post(path)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert not Invitation.objects.exists()
    assert "The invitation is withdrawn." in writing.get(PAGE).content.decode()
    assert writing.post(path).status_code == 404


def test_a_restored_backup_opens_none_of_them_again(made):
    ask_all("after_restoring")
    assert not Invitation.objects.exists()


def test_nobody_withdraws_anothers(strange, made):
    row = Invitation.objects.get()
    there = strange.post(f"{PAGE}{row.pk}/withdraw/")
    missing = strange.post(f"{PAGE}{uuid.uuid4()}/withdraw/")
    assert (there.status_code, masked(there)) == (missing.status_code, masked(missing))
    assert there.status_code == 404
    assert Invitation.objects.exists()


def test_at_most_five_are_open(clock, writer):
    browser = signed_in(writer)
    assert [invite(browser).status_code for _ in range(6)] == [200] * 5 + [422]
    assert Invitation.objects.count() == 5
    refused = invite(browser, email="kept@example.org", again="on")
    page = refused.content.decode()
    assert "Five invitations are open" in page
    assert 'value="kept@example.org"' in page
    assert re.search(r'name="again"[^>]* checked', page)
    assert mail.outbox == []
    clock.shift(timedelta(hours=72))
    assert invite(signed_in(writer)).status_code == 200


def test_the_number_of_queries_is_the_same_for_one_and_for_three(
    writing, writer, made, django_assert_num_queries
):
    with django_assert_num_queries(3):
        writing.get(PAGE)
    for _ in range(2):
        invitations.invite(writer, again=True)
    with django_assert_num_queries(3):
        assert writing.get(PAGE).content.decode().count("Open until") == 3


def test_whoever_shares_a_workbook_is_led_to_it(couple, writing, beside):
    for browser in (writing, beside):
        for response in (browser.get(PAGE), invite(browser), invite(browser, email=ADDRESS)):
            assert (response.status_code, response["Location"]) == (302, "/together/")
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_a_mail_says_what_it_is_and_not_from_whom(writing, writer, settings):
    writer.display_name = "Hester"
    writer.save(update_fields=["display_name"])
    link, code = handed(invite(writing, email="Somebody@Example.org"))
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["Somebody@Example.org"], "An invitation")
    assert sent.from_email == "Workbook <trustbook@localhost>"
    assert re.findall(r"http://\S+", str(sent.body)) == [
        link,
        settings.SITE_ORIGIN + never_in(sent),
    ]
    whole = sent.message().as_bytes()
    assert whole.isascii()
    assert b"quoted-printable" not in whole
    for text in (code, "writer", "Hester", str(writer.pk), "Somebody"):
        assert text not in sent.body
    assert not AccountMail.objects.exists()


def test_every_mail_is_the_same_but_for_its_two_links(writing, writer):
    for address in ("one@example.org", "another.longer.address@example.org"):
        invite(writing, email=address)
    one, two = (
        re.sub(r"/(join/#|never-write/)[^\s/]+", r"/\1", str(sent.body)) for sent in mail.outbox
    )
    assert one == two


@pytest.mark.parametrize("wrong", ["no address", "a@b", "a@example.org\nBcc: b@example.org"])
def test_an_address_that_is_none_makes_no_invitation(writing, wrong):
    response = invite(writing, email=wrong, again="on")
    assert response.status_code == 422
    assert "Write a whole address" in response.content.decode()
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_five_mails_a_day(clock, writer, strange):
    browser = signed_in(writer)

    def mailed(who=browser):
        Invitation.objects.all().delete()
        return invite(who, email=ADDRESS, again="on")

    assert [mailed().status_code for _ in range(6)] == [200] * 5 + [429]
    refused = mailed().content.decode()
    assert "Five mails have gone out" in refused
    assert f'value="{ADDRESS}"' in refused
    assert (Invitation.objects.count(), len(mail.outbox)) == (0, 5)
    assert invite(browser).status_code == 200
    clock.shift(timedelta(hours=23))
    assert mailed(signed_in(writer)).status_code == 429
    clock.shift(timedelta(hours=1))
    assert mailed(signed_in(writer)).status_code == 200


def test_the_limit_is_each_persons_own(writing, strange):
    for _ in range(6):
        Invitation.objects.all().delete()
        invite(writing, email=ADDRESS)
    assert invite(strange, email=ADDRESS).status_code == 200


def test_a_mail_that_was_not_sent_does_not_count(writing, writer):
    rows = [invitations.invite(writer, again=False) for _ in range(5)]
    for _ in range(6):
        assert invite(writing, email=ADDRESS).status_code == 422
    Invitation.objects.filter(**rows[0].code.where).delete()
    assert invite(writing, email=ADDRESS).status_code == 200


def never_link(writing):
    """The second link of a mail to ``ADDRESS``."""
    invite(writing, email=ADDRESS)
    return never_in(mail.outbox.pop())


def test_never_again_after_one_press(writing, visiting):
    link = never_link(writing)
    before = masked(invite(writing, email=ADDRESS))
    mail.outbox.clear()
    assert visiting.post(link).status_code == 200
    after = invite(writing, email=ADDRESS.upper().replace("EXAMPLE.ORG", "example.org"))
    assert mail.outbox == []
    assert shape(before) == shape(masked(after))
    invite(writing, email="another@example.org")
    assert len(mail.outbox) == 1


def shape(page):
    """A page without what it shows this once."""
    return HANDED.sub("", page).lower()


def test_never_holds_for_everybody_who_invites_and_under_an_earlier_secret(
    writing, strange, stranger, visiting, settings
):
    visiting.post(never_link(writing))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    invite(signed_in(stranger), email=ADDRESS)
    assert mail.outbox == []


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_a_program_that_opens_links_changes_nothing(writing, visiting, method):
    link = never_link(writing)
    getattr(visiting, method)(link)
    assert not NeverWrite.objects.exists()
    assert '<button class="primary">Never write' in visiting.get(link).content.decode()


def test_pressing_again_does_no_harm(writing, visiting):
    link = never_link(writing)
    assert visiting.post(link).content == visiting.post(link).content
    assert NeverWrite.objects.count() == 1


def test_no_page_tells_whether_a_token_is_one(writing, visiting):
    link = never_link(writing)
    for method in ("get", "post"):
        pages = {
            (answer.status_code, str(answer.headers.items()), answer.content)
            for browser in (visiting, writing)
            for where in (link, "/never-write/nothing/")
            for answer in [getattr(browser, method)(where)]
        }
        assert len(pages) == 1
    assert NeverWrite.objects.count() == 1


def test_the_page_asks_for_no_session_and_shows_no_token(
    writing, visiting, django_assert_num_queries
):
    link = never_link(writing)
    visiting.cookies["session"] = "x" * 32
    with django_assert_num_queries(0):
        response = visiting.get(link)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert link.split("/")[2] not in response.content.decode()


def test_nothing_of_it_is_logged(writing, visiting, caplog):
    caplog.set_level(0)
    link, code = handed(invite(writing, email=ADDRESS))
    token = never_in(mail.outbox[0])
    visiting.post(token)
    invite(writing, email="no address")
    for text in (link[-22:], code, code.replace("-", ""), ADDRESS, token.split("/")[2]):
        assert text not in caplog.text
