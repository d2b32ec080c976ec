"""What the database knows of an authenticator app and of recovery codes: nothing that opens."""

import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection

from tests.accounts.test_second_step import DANGEROUS, PROOF, SECOND, code_of, inside
from tests.conftest import just_proved
from trustbook.accounts.keys import vault
from trustbook.accounts.second_step import Unsealed
from trustbook.lib.encryption import MasterKeys, Unreadable

pytestmark = pytest.mark.postgres


def set_up(person) -> tuple[str, list[str]]:
    """The secret and the recovery codes of somebody who turned the second step on."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret, RecoveryCodes.activate(person).generate_codes()


def column() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        return repr(cursor.fetchall())


def found_in_column(secret, codes) -> list[str]:
    """What of the secrets stands in the column, as it is or in another spelling."""
    stored = column()
    words = [secret, base64.b64encode(secret.encode()).decode(), base64.b32decode(secret).hex()]
    return [word for word in [*words, *codes] if word in stored]


def opened(person) -> list[str]:
    """All that is needed to sign in as ``person``, read afresh."""
    vault.forget_all()
    cache.clear()  # the code was used a moment ago
    steps = [row.wrap() for row in Authenticator.objects.filter(user=person).order_by("type")]
    codes, app = steps
    assert (codes.instance.type, app.instance.type) == ("recovery_codes", "totp")
    valid = app.validate_code(code_of(SECRET_OF[person.pk]))
    return [str(valid), *codes.generate_codes()]


SECRET_OF: dict[object, str] = {}


@pytest.fixture
def steps(writer, stranger):
    """Two people with a second step: what each has in hand."""
    SECRET_OF.clear()
    hands = {}
    for person in (writer, stranger):
        SECRET_OF[person.pk], codes = set_up(person)
        hands[person.pk] = codes
    return hands


def test_the_column_holds_no_secret_and_no_code(writer):
    secret, codes = set_up(writer)
    assert found_in_column(secret, codes) == []
    seed = re.findall(r"[0-9a-f]{80}", column())
    assert seed == []


def test_the_search_finds_what_allauth_stores_by_itself(settings, writer):
    settings.MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
    secret, codes = set_up(writer)
    assert found_in_column(secret, codes) == [secret]
    assert len(re.findall(r"[0-9a-f]{80}", column())) == 1


def test_one_secret_never_looks_the_same(writer, stranger):
    secret = generate_totp_secret()
    sealed = [
        TOTP.activate(person, secret).instance.data["secret"] for person in (writer, stranger)
    ]
    assert len(set(sealed)) == 2


def test_they_open_for_their_person(steps, writer, stranger):
    for person in (writer, stranger):
        assert opened(person) == ["True", *steps[person.pk]]


def test_they_can_be_used_without_being_read_anew(writer):
    secret = generate_totp_secret()
    app, codes = TOTP.activate(writer, secret), RecoveryCodes.activate(writer)
    assert app.validate_code(code_of(secret))
    assert codes.generate_codes() == codes.generate_codes()


def test_a_dump_without_the_master_key_opens_none(settings, steps, writer):
    settings.MASTER_KEYS = MasterKeys.parse(MasterKeys.make())
    with pytest.raises(Unreadable, match="No master key"):
        opened(writer)


def test_another_persons_do_not_open(steps, writer, stranger):
    for kind in ("totp", "recovery_codes"):
        mine, theirs = (
            Authenticator.objects.get(user=person, type=kind) for person in (writer, stranger)
        )
        Authenticator.objects.filter(pk=mine.pk).update(data=theirs.data)
        with pytest.raises(Unreadable, match="does not open"):
            opened(writer)
        Authenticator.objects.filter(pk=mine.pk).update(data=mine.data)
    assert opened(writer)[0] == "True"


def test_one_kind_does_not_open_as_the_other(steps, writer):
    rows = Authenticator.objects.filter(user=writer)
    rows.filter(type="totp").update(
        data={"secret": str(rows.get(type="recovery_codes").data["seed"])}
    )
    with pytest.raises(Unreadable, match="does not open"):
        opened(writer)


@pytest.mark.parametrize("stored", ["", "JBSWY3DPEHPK3PXP", "not base64 at all", "AAAA"])
def test_what_was_not_sealed_does_not_open(steps, writer, stored):
    Authenticator.objects.filter(user=writer, type="totp").update(data={"secret": stored})
    with pytest.raises(Unreadable):
        opened(writer)


def test_nothing_opens_once_the_key_is_destroyed(steps, writer, stranger):
    vault.destroy_key(writer.data_key_id)
    with pytest.raises(vault.KeyGone):
        opened(writer)
    assert opened(stranger)[0] == "True"


def test_a_rotation_of_master_keys_needs_nothing_more(settings, steps, writer):
    old = settings.MASTER_KEYS
    fresh = MasterKeys.parse(MasterKeys.make())
    before = column()
    settings.MASTER_KEYS = MasterKeys(fresh.keys + old.keys)
    assert len(list(vault.rewrap_all())) == 2
    settings.MASTER_KEYS = fresh
    assert opened(writer) == ["True", *steps[writer.pk]]
    assert column() == before


def test_a_secret_that_was_not_sealed_is_not_stored(writer):
    """A way of writing that passes the seal by, now or in a later release, fails instead."""
    row = Authenticator(user=writer, type="totp", data={"secret": Unsealed("JBSWY3DPEHPK3PXP")})
    with pytest.raises(TypeError, match="Unsealed is not JSON serializable"):
        Authenticator.objects.bulk_create([row])
    assert "JBSWY3DPEHPK3PXP" not in repr(row.data)


def test_set_up_and_signed_in_through_the_pages(writer, visiting):
    browser = just_proved(writer)
    secret = browser.get(DANGEROUS[0]).context["form"].secret
    browser.post(DANGEROUS[0], {"code": code_of(secret)})
    codes = browser.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert found_in_column(secret, codes) == []
    came_in = []
    for code in (codes[0], codes[0], codes[9]):
        visiting.post("/accounts/login/", PROOF)
        visiting.post(SECOND, {"code": code})
        came_in.append(inside(visiting))
        visiting.post("/accounts/logout/")
    assert came_in == [True, False, True]
    assert browser.get("/accounts/2fa/recovery-codes/").context["unused_codes"] == codes[1:9]
