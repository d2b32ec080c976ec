"""Changing one's e-mail address, also where no address was ever confirmed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

OLD, NEW = "writer@example.org", "new@example.org"


@pytest.fixture
def address(writer):
    """The writer's address as sign-up leaves it without a mail server."""
    return EmailAddress.objects.create(user=writer, email=OLD, primary=True)


@pytest.fixture
def asked(writing, writer, address):
    """The writer has proved who they are and asked for the new address."""
    proof = {"password": "the writer's password"}
    writing.post("/accounts/reauthenticate/", proof)
    return writing.post("/accounts/email/", {"email": NEW, "action_add": ""})


def test_the_old_address_stays_until_the_new_one_is_confirmed(asked, writer):
    writer.refresh_from_db()
    assert asked.status_code == 302
    assert writer.email == OLD
    assert {row.email for row in writer.emailaddress_set.all()} == {OLD, NEW}


def test_the_link_in_the_mail_changes_it(asked, writing, writer):
    link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    writing.post(link.group(1))
    writer.refresh_from_db()
    assert writer.email == NEW
    assert [row.email for row in writer.emailaddress_set.all()] == [NEW]


def test_asking_twice_forgets_the_first_wish(asked, writing, writer):
    writing.post("/accounts/email/", {"email": "third@example.org", "action_add": ""})
    writer.refresh_from_db()
    assert writer.email == OLD
    assert {row.email for row in writer.emailaddress_set.all()} == {OLD, "third@example.org"}
