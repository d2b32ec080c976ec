"""What an operator does to an account: the role of a therapist, and shutting it for a while."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import Http404
from django.test import Client

from exercises import access
from exercises.models import CareLink, ClientFile, How, Invitation
from tests.conftest import a_file, at_the_desk, signed_in
from tests.exercises.care_of import assigned, shared
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import Session, User

COMMANDS = ["grant_therapist", "revoke_therapist", "disable_user", "enable_user"]
LOGIN = {"login": "writer@example.org", "password": "the writer's password"}


def run(command: str, email: str) -> str:
    out = StringIO()
    call_command(command, email, stdout=out)
    return out.getvalue()


def inside(browser) -> bool:
    return bool(browser.get("/workbook/").status_code == 200)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_address_that_nobody_has(command, writer):
    with pytest.raises(CommandError, match=r"No account has this address.* /accounts/signup/"):
        run(command, "nobody@example.org")


@pytest.mark.parametrize("command", COMMANDS)
def test_an_account_that_is_being_deleted(command, writer):
    User.objects.update(erasing=True, is_active=False)
    with pytest.raises(CommandError, match=r"is being deleted.* `finish_erasures`"):
        run(command, writer.email)
    assert not User.objects.get().is_active


# The role -----------------------------------------------------------------------------------------
def test_granting_signs_out_and_the_next_session_is_short(writer, writing):
    said = run("grant_therapist", " Writer@Example.org ")
    assert "is a therapist now, and has to sign in again." in said
    assert "no passkey and no authenticator app yet" in said
    assert not inside(writing)
    browser = Client()
    browser.post("/accounts/login/", LOGIN)
    assert Session.objects.get().rest == 30
    assert browser.get("/care/")["Location"].startswith("/care/secure/")


def test_granting_again_changes_nothing(therapist, desk):
    said = run("grant_therapist", therapist.email)
    assert said == "This person is a therapist already; nothing has changed.\n"
    assert desk.get("/care/practice/").status_code == 200


def test_nobody_else_becomes_one(writer, stranger, strange):
    run("grant_therapist", writer.email)
    assert list(User.objects.filter(is_therapist=True)) == [writer]
    assert inside(strange)


def test_revoking_ends_every_link_and_keeps_what_is_the_therapists(
    trial, care, therapist, writer, partner, writing, desk
):
    from exercises.carelinks import make_link

    shared(care, writing)
    assigned(care)
    other = make_link(a_file(therapist, "Wednesday"), partner)
    file = a_file(therapist, "Thursday")
    Invitation.objects.create(inviter=therapist, file=file, secret_mark=b"1", code_mark=b"2")
    said = run("revoke_therapist", therapist.email)
    assert said == (
        "This person is no longer a therapist. Clients no longer linked: 2. Invitations "
        "withdrawn: 1. Their own files and notes stay theirs, in “Your data”.\n"
    )
    assert not CareLink.objects.exists()
    assert not Invitation.objects.exists()
    assert not DataKey.objects.filter(pk__in=[care.data_key_id, other.data_key_id]).exists()
    therapist.refresh_from_db()
    labels = {one.label(therapist) for one in ClientFile.objects.filter(therapist=therapist)}
    assert labels == {"Tuesday, 10:00", "Wednesday", "Thursday"}
    assert desk.get("/care/practice/").status_code == 404
    assert inside(desk)
    assert access.care_of(writer) is None


def test_revoking_again_completes_and_counts_nothing(care, therapist):
    run("revoke_therapist", therapist.email)
    assert run("revoke_therapist", therapist.email).startswith(
        "This person was no therapist when this began. Clients no longer linked: 0."
    )


def test_revoking_completes_what_a_crash_left(care, therapist):
    User.objects.filter(pk=therapist.pk).update(is_therapist=False)
    assert "Clients no longer linked: 1." in run("revoke_therapist", therapist.email)
    assert not CareLink.objects.exists()


def test_revoking_leaves_the_therapists_own_therapist_and_couples_invitations(care, writer):
    User.objects.filter(pk=writer.pk).update(is_therapist=True)
    Invitation.objects.create(inviter=writer, secret_mark=b"1", code_mark=b"2")
    assert "Clients no longer linked: 0. Invitations withdrawn: 0." in run(
        "revoke_therapist", writer.email
    )
    assert access.care_of(writer) == care
    assert Invitation.objects.count() == 1


def test_revoking_leaves_other_therapists_alone(care, stranger):
    run("grant_therapist", stranger.email)
    run("revoke_therapist", stranger.email)
    assert CareLink.objects.live().get() == care


# Shutting an account ------------------------------------------------------------------------------
def test_a_disabled_account_is_signed_out_at_once_and_told_so(trial, writer, writing):
    said = run("disable_user", writer.email)
    assert "is disabled, and signed out everywhere. Nothing in it is deleted." in said
    assert not inside(writing)
    assert not Session.objects.exists()
    response = Client().post("/accounts/login/", LOGIN, follow=True)
    page = response.content.decode()
    assert "This account is disabled" in page
    assert "nothing in it is deleted" in page
    assert not Session.objects.filter(user=writer).exists()


def test_a_wrong_password_learns_nothing_of_it(writer):
    run("disable_user", writer.email)
    page = Client().post("/accounts/login/", LOGIN | {"password": "another one"}, follow=True)
    assert "disabled" not in page.content.decode()


def test_nothing_is_deleted_and_it_comes_back(trial, care, writer, writing):
    shared(care, writing)
    run("disable_user", writer.email)
    said = run("disable_user", writer.email)
    assert said == "This account is disabled already; nothing has changed.\n"
    assert run("enable_user", writer.email).startswith("This account is enabled: ")
    assert run("enable_user", writer.email).startswith("This account is enabled already")
    again = signed_in(User.objects.get(pk=writer.pk))
    assert inside(again)
    assert access.care_of(writer) == care
    assert len(access.shares_with_therapist(care)) == 1


@pytest.mark.parametrize("who", ["client", "therapist"])
def test_a_link_rests_while_one_of_the_two_is_disabled(
    trial, care, therapist, writer, writing, who
):
    shared(care, writing)
    person = writer if who == "client" else therapist
    run("disable_user", person.email)
    assert not CareLink.objects.live().exists()
    with pytest.raises(Http404):
        access.read_shared(therapist, care.file.pk, How.SCREEN)
    run("enable_user", person.email)
    assert len(access.read_shared(therapist, care.file.pk, How.SCREEN)) == 1


def test_a_disabled_therapist_is_out(therapist, desk):
    run("disable_user", therapist.email)
    assert desk.get("/care/practice/")["Location"].startswith("/accounts/login/")
    run("enable_user", therapist.email)
    assert at_the_desk(User.objects.get(pk=therapist.pk)).get("/care/practice/").status_code == 200
    said = run("grant_therapist", therapist.email)
    assert "already" in said


def test_granting_to_a_disabled_account_says_so(writer):
    run("disable_user", writer.email)
    assert "`enable_user` lets them sign in." in run("grant_therapist", writer.email)
