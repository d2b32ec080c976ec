"""Making a workbook: an address, a password, consent; nobody learns who has one."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import DatabaseError
from django.test import Client

from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User

PATH = "/accounts/signup/"
GOOD = {
    "email": "New.Person@example.org",
    "password1": "a longer password",
    "consent": "on",
    "time_zone": "Europe/Dublin",
}


def sign_up(browser, **changes):
    fields = {**GOOD, **changes}
    return browser.post(PATH, {name: value for name, value in fields.items() if value is not None})


def test_it_leads_into_the_workbook(visiting):
    response = sign_up(visiting)
    assert (response.status_code, response["Location"]) == (302, "/workbook/")
    assert visiting.get("/workbook/").status_code == 200


def test_what_is_stored(visiting):
    sign_up(visiting)
    user = User.objects.get()
    assert (user.email, user.time_zone) == ("new.person@example.org", "Europe/Dublin")
    assert user.consented_at is not None
    assert not user.erasing
    assert DataKey.objects.get().pk == user.data_key_id


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", None])
def test_a_time_zone_that_is_none_becomes_utc(visiting, zone):
    sign_up(visiting, time_zone=zone)
    assert User.objects.get().time_zone == "UTC"


def test_without_consent_there_is_no_account(visiting):
    response = sign_up(visiting, consent=None)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"consent"}
    assert 'value="New.Person@example.org"' in response.content.decode()
    assert "18 or older" in response.content.decode()
    assert not User.objects.exists()
    assert not DataKey.objects.exists()


@pytest.mark.parametrize(
    "password", ["short", "password1234", "new.person@example.org", "new.person", ""]
)
def test_a_password_that_is_easily_guessed(visiting, password):
    response = sign_up(visiting, password1=password)
    assert response.context["form"].errors.keys() == {"password1"}
    assert not User.objects.exists()


def test_a_password_may_be_a_sentence_in_any_script(visiting):
    sign_up(visiting, password1="ein Reiher steht im Regen, ひとり")
    proof = {"login": GOOD["email"], "password": "ein Reiher steht im Regen, ひとり"}
    assert Client().post("/accounts/login/", proof).status_code == 302


def test_the_password_is_never_stored_as_it_is(visiting):
    sign_up(visiting)
    assert GOOD["password1"] not in User.objects.get().password


def test_an_address_has_one_account_however_it_is_written(visiting):
    sign_up(visiting)
    sign_up(Client(), email="NEW.PERSON@EXAMPLE.ORG")
    assert User.objects.count() == 1
    assert DataKey.objects.count() == 1


def test_with_verification_nobody_learns_who_has_an_account(writer, settings):
    """The same answer for a free and for a taken address; the mails differ."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    EmailAddress.objects.create(user=writer, email=writer.email, primary=True, verified=True)
    taken, free = (sign_up(Client(), email=email) for email in (writer.email, "free@example.org"))
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert [one.to for one in mail.outbox] == [[writer.email], ["free@example.org"]]
    assert "already" in str(mail.outbox[0].body)


def test_with_verification_nobody_is_signed_in_before_it(visiting, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_up(visiting)
    assert visiting.get("/workbook/").status_code == 302
    assert not EmailAddress.objects.get().verified


def test_a_key_that_cannot_be_made_makes_no_account(visiting, monkeypatch):
    def refuse(*_, **__):
        raise DatabaseError("the keys database is away")

    monkeypatch.setattr(DataKey, "save", refuse)
    with pytest.raises(DatabaseError):
        sign_up(visiting)
    assert not User.objects.exists()


def test_the_key_is_there_before_the_account(visiting, monkeypatch):
    """At the moment the user's row is written, the key is stored already."""
    stored = []
    save_base = User.save_base

    def look(self, *args, **kwargs):
        stored.append(DataKey.objects.filter(pk=self.data_key_id).exists())
        return save_base(self, *args, **kwargs)

    monkeypatch.setattr(User, "save_base", look)
    sign_up(visiting)
    assert stored[0] is True


def test_a_person_keeps_their_key(writer):
    key = writer.data_key_id
    writer.display_name = "W."
    writer.save()
    assert (User.objects.get().data_key_id, DataKey.objects.count()) == (key, 1)


def test_an_address_is_lower_case_also_in_sql(writer):
    with pytest.raises(DatabaseError):
        User.objects.update(email="Writer@example.org")


def test_no_third_party_is_told(visiting):
    shown = visiting.get(PATH).content.decode()
    assert "http://" not in shown.replace("http://testserver", "").replace("http://www.w3.org", "")
    assert "https://" not in shown
