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
