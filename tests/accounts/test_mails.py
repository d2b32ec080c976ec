"""Mails about an account go by the outbox: none is lost with a mail server, none says too much."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client

from tests.conftest import just_proved
from tests.lib.outbox import servers
from trustbook.accounts import wording
from trustbook.accounts.models import User
from trustbook.lib.outbox import sending
from trustbook.lib.outbox.models import AccountMail

NEW = "another good password"
SUBJECTS = sorted((django_settings.BASE_DIR / "templates").rglob("email/*_subject.txt"))


@pytest.fixture
def confirmed(writer):
    EmailAddress.objects.create(user=writer, email=writer.email, primary=True, verified=True)
    return writer


@pytest.fixture
def down(settings):
    """The mail server is out of reach; ``down()`` brings it back, ten minutes later."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = servers.HERE + "OutOfReach"
    with time_machine.travel("2026-11-24 12:00Z", tick=False) as clock:

        def up():
            settings.EMAIL_BACKEND = before
            clock.shift(timedelta(minutes=10))

        yield up


def ask(email):
    return Client().post("/accounts/password/reset/", {"email": email})


def test_without_a_mail_server_nothing_is_lost_and_nobody_is_told_apart(confirmed, down):
    answers = [ask(email) for email in (confirmed.email, "nobody@example.org")]
    assert [(one.status_code, one["Location"]) for one in answers] == [
        (302, "/accounts/password/reset/done/")
    ] * 2
    assert [row.person for row in AccountMail.objects.order_by("made_at")] == [confirmed, None]
    down()
    assert sending.send_due() == {"sent": 2}
    assert {one.to[0] for one in mail.outbox} == {confirmed.email, "nobody@example.org"}


def test_a_link_that_came_late_works(confirmed, down, visiting):
    ask(confirmed.email)
    down()
    sending.send_due()
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link
    form = visiting.get(link.group(1), follow=True).redirect_chain[-1][0]
    visiting.post(form, {"password1": NEW, "password2": NEW})
    confirmed.refresh_from_db()
    assert confirmed.check_password(NEW)


def test_who_signs_up_meanwhile_gets_the_mail_later(settings, down, visiting):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    form = {"email": "new@example.org", "password1": NEW, "consent": "on"}
    answer = visiting.post("/accounts/signup/", form)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert AccountMail.objects.get().person == User.objects.get()
    down()
    assert sending.send_due() == {"sent": 1}
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["new@example.org"], "Confirm your e-mail address")
    ]


def test_a_wish_for_a_new_address_and_its_mail_are_one_transaction(confirmed, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(wording, "send_verification_email_to_address", fails)
    browser = just_proved(confirmed)
    with pytest.raises(ZeroDivisionError):
        browser.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert [row.email for row in EmailAddress.objects.all()] == [confirmed.email]


def test_what_an_owner_is_told_goes_with_the_account(confirmed, down):
    fields = {"oldpassword": "the writer's password", "password1": NEW, "password2": NEW}
    just_proved(confirmed).post("/accounts/password/change/", fields)
    assert AccountMail.objects.get().person == confirmed
    confirmed.delete()
    down()
    assert (sending.send_due(), mail.outbox) == ({}, [])


@pytest.mark.parametrize("path", SUBJECTS, ids=lambda path: path.name)
def test_a_subject_says_nothing_of_what_this_is(path):
    text = path.read_text()
    if "{% include" in text:
        return
    assert not re.search(r"[{%]|trust|workbook|lesson|couple|partner|therap", text, re.IGNORECASE)
    assert text.strip()


def test_there_are_subjects_to_look_at():
    assert len(SUBJECTS) > 12
