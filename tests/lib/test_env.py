"""Readers of the environment: typed, and loud with the variable's name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from trustbook.lib.env import Env, database, email


def test_text():
    env = Env({"A": "  words  ", "B": "   "})
    assert (env.text("A"), env.text("B", "none"), env.text("C", "none")) == (
        "words",
        "none",
        "none",
    )


def test_what_is_missing_is_collected():
    env = Env({"A": "x", "B": " "})
    assert [env.required(name) for name in ("A", "B", "C")] == ["x", "", ""]
    assert env.missing == ["B", "C"]


@pytest.mark.parametrize("value", ["https://www.example.org/weather", "https://h:8443/?q=a"])
def test_the_address_of_a_site(value):
    assert Env({"A": value}).url("A", "https://other.example", "https") == value
    assert Env({}).url("A", value, "https") == value


@pytest.mark.parametrize(
    "value",
    [
        *("http://h/", "//h/", "h", "/path", "javascript:alert(1)", "https://", "https://[h/"),
        *("https://ann:secret@h/", "https://h/\nX: y", "https://h/ z", "https://wetter.example/ü"),
    ],
)
def test_what_is_no_address_of_a_site(value):
    with pytest.raises(ImproperlyConfigured, match="A cannot be used: write the address of"):
        Env({"A": value}).url("A", "https://other.example", "https")


@pytest.mark.parametrize(("value", "flag"), [("1", True), ("0", False), ("", False), (" 1 ", True)])
def test_a_flag(value, flag):
    assert Env({"A": value}).flag("A") is flag


@pytest.mark.parametrize("value", ["yes", "true", "2", "on"])
def test_no_flag(value):
    with pytest.raises(ImproperlyConfigured, match=f"A is '{value}': write 1 for yes or 0 for no"):
        Env({"A": value}).flag("A")


@pytest.mark.parametrize(("value", "number"), [("8001", 8001), ("", 7), ("0", 0)])
def test_a_number(value, number):
    assert Env({"A": value}).number("A", 7) == number


@pytest.mark.parametrize("value", ["-1", "1.5", "x", "٣", "1e3"])
def test_no_number(value):
    with pytest.raises(ImproperlyConfigured, match=r"A is .*: write a whole number"):
        Env({"A": value}).number("A", 7)


def test_words():
    assert Env({"A": " a, b ,,c"}).words("A") == ["a", "b", "c"]
    assert Env({}).words("A") == []


def test_a_path_is_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/somebody")
    assert Env({"A": "data"}).path("A", Path("/d")) == tmp_path / "data"
    assert Env({"A": "~/data"}).path("A", Path("/d")) == Path("/home/somebody/data")
    assert Env({}).path("A", Path("/d")) == Path("/d")


def test_sqlite_waits_its_turn_and_reaches_the_disk():
    parsed = database("sqlite:////srv/x.sqlite3")
    assert parsed["NAME"] == "/srv/x.sqlite3"
    assert parsed["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert parsed["OPTIONS"]["init_command"] == (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    )
    assert parsed["CONN_MAX_AGE"] is None


def test_postgresql_keeps_its_connections():
    parsed = database("postgres://ann:p%40ss@db:5433/book")
    assert (parsed["USER"], parsed["PASSWORD"], parsed["HOST"], parsed["PORT"]) == (
        *("ann", "p@ss", "db"),
        5433,
    )
    assert (parsed["CONN_MAX_AGE"], parsed["CONN_HEALTH_CHECKS"]) == (None, True)


def test_postgresql_gets_values_beside_the_statement():
    parsed = database("postgres://ann@db/book?sslmode=verify-full")
    assert parsed["OPTIONS"] == {"server_side_binding": True, "sslmode": "verify-full"}


@pytest.mark.parametrize("url", ["nosuch://x/y", "postgres://h:port/x", "just words"])
def test_no_database(url):
    with pytest.raises(ImproperlyConfigured, match="A database address cannot be read"):
        database(url)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://host", 25, False, False),
        ("smtp+tls://host", 587, True, False),
        ("smtps://host", 465, False, True),
        ("smtps://host:2465", 2465, False, True),
    ],
)
def test_a_mail_server(url, port, tls, ssl):
    read = email(url)
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == ("host", port)
    assert (read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (tls, ssl)


def test_a_mail_server_with_a_name_and_a_sender():
    read = email("smtp+tls://a%40b:p%2Fw@host?from=book@example.org")
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("a@b", "p/w")
    assert read["DEFAULT_FROM_EMAIL"] == "book@example.org"
    assert email("smtp://host")["DEFAULT_FROM_EMAIL"] == "trustbook@host"


@pytest.mark.parametrize("url", ["http://host", "smtp://", "host:25", ""])
def test_no_mail_server(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL cannot be read"):
        email(url)


@pytest.mark.parametrize("url", ["postgres://ann:secret@h:port/x", "ftp://ann:secret@host"])
def test_no_complaint_tells_a_password(url):
    with pytest.raises(ImproperlyConfigured) as caught:
        (database if url.startswith("postgres") else email)(url)
    assert "secret" not in str(caught.value)
