"""PostgreSQL's own programs are asked so that no password shows, and their failures are told."""

import pytest
from django.db import connections

from trustbook.lib import dumps
from trustbook.lib.env import database

PASSWORD = "a secret / of the database"


@pytest.fixture
def server(monkeypatch):
    """The address of a PostgreSQL that is never asked."""
    settings = database(
        "postgres://u:a%20secret%20%2F%20of%20the%20database@h:5433/d?sslmode=require"
    )
    connection = connections.databases
    monkeypatch.setitem(connection, "elsewhere", connections["default"].settings_dict | settings)
    yield
    del connections["elsewhere"]


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Makes a program that writes down how it was called, and comes first on the PATH."""

    def make(name, ending="exit 0"):
        path = tmp_path / name
        path.write_text(
            f'#!/bin/sh\necho "$0 $*" >> {tmp_path}/argv\nenv >> {tmp_path}/env\n{ending}\n'
        )
        path.chmod(0o700)

    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return make


def test_the_password_goes_by_the_environment(server, program, tmp_path):
    program("pg_dump", "echo dumped")
    program("pg_restore")
    path = tmp_path / "dump"
    dumps.write("elsewhere", path)
    argv = (tmp_path / "argv").read_text()
    assert "--dbname=dbname=d user=u host=h port=5433 sslmode=require" in argv
    assert PASSWORD not in argv
    assert (tmp_path / "env").read_text().count(f"PGPASSWORD={PASSWORD}\n") == 1
    assert path.read_text() == "dumped\n"


def test_a_dump_that_cannot_be_read_back_is_none(server, program, tmp_path):
    program("pg_dump", "echo dumped")
    program("pg_restore", "echo could not read >&2; exit 1")
    with pytest.raises(dumps.DumpError, match=r"pg_restore failed:\ncould not read"):
        dumps.write("elsewhere", tmp_path / "dump")


def test_a_failure_is_told_in_the_programs_words(server, program, tmp_path):
    program("pg_dump", "echo server version mismatch >&2; exit 1")
    with pytest.raises(dumps.DumpError, match=r"pg_dump failed:\nserver version mismatch"):
        dumps.write("elsewhere", tmp_path / "dump")


def test_a_missing_program_is_told_with_its_package(server, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(dumps.DumpError, match=r"pg_dump is not on the PATH.*postgresql-client"):
        dumps.write("elsewhere", tmp_path / "dump")


def test_nothing_is_written_over(tmp_path):
    path = tmp_path / "dump"
    path.write_text("another backup")
    with pytest.raises(FileExistsError):
        dumps.write("default", path)
    assert path.read_text() == "another backup"
