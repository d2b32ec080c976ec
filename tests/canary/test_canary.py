"""What people write is nowhere on the disk: not in databases, their logs, mails or the console.

The real program runs on SQLite files, then on PostgreSQL; words that occur nowhere else are typed
into every field and sent in every way that is kept, refused or ends in a fault. Then every byte
that a thief would have is searched: data folder, databases, the logs ahead of them, dumps, mails,
logs of the program and of the database server.
"""

import base64
import gzip
import shutil
import sqlite3
import zlib

import psycopg
import pytest

from tests.canary.search import found_in, spellings, ways
from tests.canary.site import Site
from tests.canary.writer import EMAIL, HEX, INVITED, KEY_NAME, NAME, WORD
from tests.servers.missing import missing
from tests.servers.places import NoPostgres
from tests.servers.postgres import Postgres
from trustbook.accounts.models import User

OPEN = {
    EMAIL: {
        "accounts.User.email",
        "account.EmailAddress.email",
        "exercises.Membership.known_as",
    },
    NAME: {"accounts.User.display_name"},
    KEY_NAME: {"mfa.Authenticator.data"},
    INVITED: set(),
}
"""What is stored as it was typed, and where: the privacy page names each of these."""
PLANTED = f"a plover {HEX[:20]}"
NOT_WRITTEN = {
    "account.EmailConfirmation": "allauth's older way; our links are signed and not stored",
    "auth.Group": "Django's; trustbook has no groups",
    "auth.Group_permissions": "the same",
    "sessions.Session": "Django's; ours is accounts.Session",
    "exercises.NeverWrite": "a keyed mark of an address; tests/exercises/together makes some",
    "outbox.AccountMail": "sealed, and gone once it is sent; tests/lib/outbox looks into one",
    "outbox.Notice": "a mail that says nothing, gone before it is sent",
}
"""Models without a row: nothing that anybody types gets there."""


@pytest.fixture(
    scope="module",
    params=[pytest.param("sqlite", marks=pytest.mark.prove), "postgresql"],  # as in production
)
def site(request, tmp_path_factory):
    """A server, still running, to which everything was written that can be."""
    folder = tmp_path_factory.mktemp(request.param)
    postgres = None
    if request.param == "postgresql":
        try:
            postgres = Postgres()
        except NoPostgres as error:
            missing(str(error))
    try:
        if postgres:
            postgres.start()
        with Site(folder, postgres) as site:
            site.write_everything()
            yield site
            site.stop()
            assert everywhere(site, HEX) == []  # what was written at the very end included
    finally:
        if postgres:
            postgres.close()


@pytest.fixture
def here(site, own_databases):
    """The models of this process are those of the site."""
    with site.here():
        yield


def everywhere(site: Site, *words: str) -> list[str]:
    """Each file that holds one of ``words``, with the spelling."""
    return [line for folder in site.folders for line in found_in(folder, *words)]


def fields_with(site: Site, word: str) -> set[str]:
    """Each field of a model that holds ``word`` in any spelling."""
    wanted = spellings(word)
    return {name for name, value in site.cells() if list(ways(value, wanted))}


def test_there_is_something_to_search(site):
    names = {path.name for folder in site.folders for path in folder.rglob("*") if path.is_file()}
    own = (
        {"postgres.log", "PG_VERSION", "000000010000000000000001"}
        if site.postgres
        else {"trustbook.sqlite3", "trustbook.sqlite3-wal", "keys.sqlite3"}
    )
    assert own | {"server.log", "trustbook.sql", "trustbook_keys.sql"} <= names
    assert {path.suffix for path in (site.data / "mail").iterdir()} == {".log"}


def test_what_was_written_is_nowhere(site):
    assert len(site.writer.secrets) == 16
    assert everywhere(site, *site.writer.secrets.values()) == []


def test_the_secrets_are_in_no_field_of_any_model(site, here):
    secrets = site.writer.secrets | {f"code {n}": code for n, code in enumerate(site.writer.codes)}
    assert len(site.writer.codes) == 10
    for what, word in secrets.items():
        assert (what, fields_with(site, word)) == (what, set())


def test_what_is_stored_as_it_was_typed_stands_where_we_say(site, here):
    """By the same search: the positive control."""
    assert {word: fields_with(site, word) for word in OPEN} == OPEN


def test_the_cache_counts_and_names_nobody(site, here):
    rows = site.cached()
    assert len(rows) > 3
    writer = User.objects.get(email=EMAIL)
    for word in ("127.0.0.1", "login", writer.email, str(writer.pk), writer.pk.hex):
        assert [row for row in rows if word in row] == []


def test_every_model_was_written_to(site, here):
    """A new one fails here until the writer writes to it, or it is said why nobody does."""
    assert {label for label, rows in site.rows().items() if not rows} == set(NOT_WRITTEN)


def test_what_is_not_secret_is_found_in_files(site):
    """The address, by the same search: in the databases, their logs, the dumps and the mails."""
    found = {line.partition(":")[0] for line in everywhere(site, EMAIL)}
    assert any(name.startswith("data/mail/") for name in found)
    assert "trustbook.sql" in found
    if site.postgres:
        assert any("pg_wal" in name for name in found)
        assert any("/base/" in f"/{name}" for name in found)
    else:
        assert "trustbook.sqlite3-wal" in found or "trustbook.sqlite3" in found
    assert "server.log" in found  # without a mail server, mails are printed as well
    assert "postgres.log" not in found


def test_the_faults_did_happen_and_were_logged(site):
    log = (site.folder / "server.log").read_text()
    for line in (
        "ERROR django.request: 500 POST /workbook/save/<str:lesson>/<str:prompt>/\n",
        "ERROR django.request: 500 POST /accounts/signup/\n",
        "ERROR django.request: 500 POST /accounts/settings/\n",
        "ERROR trustbook.faults: No answer could be made.\n",
        "ERROR trustbook.faults: An answer broke off.\n",
        "builtins.ValueError\n",
        "tests/canary/faulty.py",
    ):
        assert line in log
    if site.postgres:
        own = site.postgres.log.read_text()
        assert 'violates check constraint "refuses"' in own
        assert "STATEMENT:  UPDATE" in own


SPELT = {
    **spellings(WORD),
    "zlib": zlib.compress(f"before {WORD} after".encode()),
    "gzip": gzip.compress(WORD.encode()),
    **{f"base64 {n}": base64.b64encode(b"x" * n + WORD.encode() + b"y" * n) for n in range(4)},
}


@pytest.mark.parametrize("spelling", SPELT)
@pytest.mark.parametrize(
    "place", ["data/trustbook.sqlite3", "data/mail/20260101.log", "server.log"]
)
def test_a_planted_word_is_found(tmp_path, place, spelling):
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0 before " + SPELT[spelling] + b" after \xff")
    assert {line.partition(":")[0] for line in found_in(tmp_path, WORD)} == {place}


def test_a_word_planted_in_the_databases_is_found(site, tmp_path):
    """In a row, in what is left of a deleted row, and in the log ahead of the database."""
    if site.postgres:
        plant_in_postgresql(site)
        return
    for name in ("trustbook", "keys"):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(site.folder / f"{name}.sqlite3", folder)
        database = sqlite3.connect(folder / f"{name}.sqlite3")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA wal_autocheckpoint=0")
        database.execute("CREATE TABLE planted (word TEXT)")
        database.execute("INSERT INTO planted VALUES (?)", [WORD])
        database.commit()
        assert found_in(folder, WORD) == [f"{name}.sqlite3-wal: plain"]
        database.close()
        assert found_in(folder, WORD) == [f"{name}.sqlite3: plain"]


def plant_in_postgresql(site):
    """In a row that is on the disk, in one that was deleted, and in the log ahead of both."""
    with psycopg.connect(site.postgres._admin, autocommit=True) as superuser:
        superuser.execute("CREATE TABLE planted (word text)")
        superuser.execute("INSERT INTO planted VALUES (%s)", [PLANTED])
        superuser.execute("DELETE FROM planted")
        superuser.execute("CHECKPOINT")
    found = [line for line in everywhere(site, PLANTED) if line.endswith(": plain")]
    assert any("pg_wal" in line for line in found)
    assert any("base" in line for line in found)
