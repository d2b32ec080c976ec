"""The files of deploy/ keep up with the program."""

import re

from tests.servers.places import ROOT

VARIABLE = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)


def test_the_example_names_every_variable_that_is_read():
    settings = (ROOT / "trustbook" / "settings.py").read_text()
    read = set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", settings))
    example = (ROOT / "deploy" / "trustbook.env.example").read_text()
    assert len(read) > 10
    assert set(VARIABLE.findall(example)) == read


def test_the_proxy_keeps_the_help_page_and_query_strings_out_of_its_log():
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text()
    assert "@unlogged path /help /help/* " in caddyfile
    assert "log_skip @unlogged" in caddyfile
    assert r'request>uri regexp \?.* ""' in caddyfile


def test_the_proxy_keeps_addresses_that_are_keys_out_of_its_log():
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text()
    [unlogged] = re.findall(r"@unlogged path (.*)", caddyfile)
    assert {
        "/accounts/password/reset/key/*",
        "/accounts/confirm-email/*",
        "/reminders/stop/*",
    } <= set(unlogged.split())


def test_mail_is_sent_every_five_minutes():
    unit = (ROOT / "deploy" / "trustbook-mail.service").read_text()
    timer = (ROOT / "deploy" / "trustbook-mail.timer").read_text()
    assert re.findall(r"^ExecStart=(.*)", unit, re.MULTILINE) == [
        "/opt/trustbook/.venv/bin/python manage.py send_mail_due"
    ]
    assert "OnCalendar=*:0/5\n" in timer
    assert "trustbook-mail.timer" in (ROOT / "deploy" / "README.md").read_text()
