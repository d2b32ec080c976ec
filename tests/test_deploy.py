"""The files of deploy/ keep up with the program."""

import re
from contextlib import suppress
from datetime import date
from fnmatch import fnmatchcase
from itertools import product
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.urls import NoReverseMatch, reverse

from tests.access.table import ROWS
from tests.servers.places import ROOT

VARIABLE = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)


def test_the_example_names_every_variable_that_is_read():
    settings = (ROOT / "trustbook" / "settings.py").read_text()
    read = set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", settings))
    example = (ROOT / "deploy" / "trustbook.env.example").read_text()
    assert len(read) > 10
    assert set(VARIABLE.findall(example)) == read


def test_mail_is_sent_every_five_minutes():
    unit = (ROOT / "deploy" / "trustbook-mail.service").read_text()
    timer = (ROOT / "deploy" / "trustbook-mail.timer").read_text()
    assert re.findall(r"^ExecStart=(.*)", unit, re.MULTILINE) == [
        "/opt/trustbook/.venv/bin/python manage.py send_mail_due"
    ]
    assert "OnCalendar=*:0/5\n" in timer
    assert "trustbook-mail.timer" in (ROOT / "deploy" / "README.md").read_text()


def test_a_backup_is_made_every_day_in_the_folders_that_it_may_write_to():
    unit = (ROOT / "deploy" / "trustbook-backup.service").read_text()
    timer = (ROOT / "deploy" / "trustbook-backup.timer").read_text()
    example = (ROOT / "deploy" / "trustbook.env.example").read_text()
    assert re.findall(r"^ExecStart=(.*)", unit, re.MULTILINE) == [
        "/opt/trustbook/.venv/bin/python manage.py backup"
    ]
    (places,) = re.findall(r"^ReadWritePaths=(.*)", unit, re.MULTILINE)
    assert places.split() == re.findall(
        r"^TRUSTBOOK_BACKUP_(?:KEYS_)?DIR=(.*)", example, re.MULTILINE
    )
    assert re.findall(r"^OnCalendar=(.*)", timer, re.MULTILINE) == ["*-*-* 03:00"]
    assert "trustbook-backup.timer" in (ROOT / "deploy" / "README.md").read_text()


CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text()


def logged(address: str) -> str:
    """What the log keeps of an address: nothing, or what the rule in the Caddyfile leaves."""
    paths = re.findall(r"@unlogged path (.+)\n", CADDYFILE)[0].split()
    if any(fnmatchcase(urlsplit(address).path, pattern) for pattern in paths):
        return ""
    [(pattern, left)] = re.findall(r"request>uri regexp (\S+) (\S+)\n", CADDYFILE)
    return re.sub(pattern, left.replace("$", "\\"), address)


def test_the_proxy_logs_of_an_address_only_what_tells_nothing():
    assert "log_skip @unlogged" in CADDYFILE
    assert logged("/lessons/trust/promises/?q=heron") == "/lessons"
    assert logged("/accounts/password/reset/key/1-secret/") == "/accounts"
    assert logged("/workbook/answers/12345678-1234-5678-1234-567812345678/") == "/workbook"
    assert logged("/?q=heron") == "/"
    for address in (
        "/help/",
        "/help",
        "/leave/",
        "/privacy/export/",
        "/reminders/stop/key/?a=b",
        "/never-write/key/",
    ):
        assert logged(address) == ""


def address_of(name: str, names: list[str]) -> str:
    """An address with something to hide in each of its parts, whatever fits there."""
    for parts in product(("heron", UUID(int=7), 7654, date(2026, 5, 4)), repeat=len(names)):
        with suppress(NoReverseMatch, AttributeError):  # a converter wants a day
            return reverse(name, kwargs=dict(zip(names, parts, strict=True)))
    raise NoReverseMatch(name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_address_is_logged_without_what_it_names(row):
    names = [name.partition("=")[0] for name in row.names]
    kept = logged(f"{address_of(row.name, names)}?word=heron")
    assert not {"heron", str(UUID(int=7)), "7654", "2026-05-04"} & set(re.split("[/?=]", kept))
    assert kept.count("/") == bool(kept)
    if row.name in ("lessons:help", "leave"):
        assert kept == ""
