"""The PostgreSQL of the tests keeps what it acknowledged, and says so only when it does."""

import subprocess
import sys

import psycopg
import pytest

from tests.servers.missing import missing
from tests.servers.places import ROOT, NoPostgres
from tests.servers.postgres import Postgres


@pytest.fixture(scope="module")
def durable():
    """A server with PostgreSQL's own settings; without PostgreSQL there is nothing to test."""
    try:
        server = Postgres()
    except NoPostgres as error:
        missing(str(error))
    with server:
        yield server


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_it_waits_for_the_disk(durable, setting):
    assert durable.show(setting) == "on"


def test_each_database_has_an_owner_of_its_own(durable):
    for alias, name in [("default", "trustbook"), ("keys", "trustbook_keys")]:
        with psycopg.connect(durable.url(alias)) as connection:
            row = connection.execute("SELECT current_user, current_database()").fetchone()
        assert row == (name, name)


def test_what_was_committed_survives_kill_9(durable):
    with psycopg.connect(durable.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'written' AS words")
    durable.kill9()
    durable.start()
    with psycopg.connect(durable.url()) as connection:
        assert connection.execute("SELECT words FROM kept").fetchall() == [("written",)]


def test_other_settings_after_a_restart(durable):
    durable.restart({"synchronous_commit": "off"})
    assert durable.show("synchronous_commit") == "off"
    durable.restart({})
    assert durable.show("synchronous_commit") == "on"


def test_nothing_is_left_after_close(durable):
    with Postgres() as server:
        assert server.process
        pid = server.process.pid
    assert not server.folder.exists()
    assert subprocess.run(["kill", "-0", str(pid)], check=False, capture_output=True).returncode


def test_a_command_beside_it_finds_it_and_its_exit_code_is_ours(durable):
    script = (
        "import os, psycopg, sys; "
        "psycopg.connect(os.environ['DATABASE_URL']); "
        "psycopg.connect(os.environ['KEYS_DATABASE_URL']); sys.exit(7)"
    )
    command = [sys.executable, "-m", "tests.with_postgres", sys.executable, "-c", script]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 7
