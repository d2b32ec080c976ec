"""What was deleted does not stay behind in SQLite's log."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connections

from trustbook.lib import sqlite_log
from trustbook.lib.env import SQLITE_OPTIONS

SECRET = "a heron stood in the rain " * 20


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A database as trustbook opens it, from which a text was deleted a moment ago."""
    path = tmp_path / "some.sqlite3"
    settings = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
    }
    monkeypatch.setitem(connections.databases, "some", settings)
    with closing(sqlite3.connect(path, isolation_level=None)) as server:
        server.executescript(str(SQLITE_OPTIONS["init_command"]))
        server.execute("CREATE TABLE texts (text)")
        server.execute("INSERT INTO texts VALUES (?)", [SECRET])
        server.execute("DELETE FROM texts")
        yield path
    del connections["some"]


def found(path):
    """The files in which the text is."""
    files = [path, path.with_name(f"{path.name}-wal")]
    return [file.name for file in files if SECRET.encode() in file.read_bytes()]


def test_it_is_emptied(path):
    assert found(path) == ["some.sqlite3-wal"], "the positive control"
    sqlite_log.forget("some")
    assert found(path) == []


def test_who_reads_just_now_is_not_disturbed_and_it_is_emptied_later(path):
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM texts").fetchall()
        sqlite_log.forget("some")
        reader.execute("COMMIT")
    sqlite_log.forget("some")
    assert found(path) == []


def test_a_database_in_memory_has_none():
    sqlite_log.forget("default")
