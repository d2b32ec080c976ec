"""What a deployment needs, and what it says when something is missing or wrong."""

import os
import subprocess
import sys

import pytest
from django.core.checks.registry import registry

from tests.servers.places import ROOT
from trustbook.lib.encryption import MasterKeys

CONTENT = str(ROOT / "tests" / "content")
"""The faults of the real course are another test's matter."""
NEEDED = {
    "SECRET_KEY": "s" * 60 + "ecret12",
    "TRUSTBOOK_MASTER_KEYS": MasterKeys.make(),
    "ALLOWED_HOSTS": "workbook.example.org",
    "DATABASE_URL": "sqlite:////nowhere/main.sqlite3",
    "KEYS_DATABASE_URL": "sqlite:////nowhere/keys.sqlite3",
    "EMAIL_URL": "smtp+tls://user:word@mail.example.org",
}


def manage(folder, *arguments, **env):
    """What ``manage.py`` prints and complains of, with these variables and none of our own."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | {"TRUSTBOOK_DATA_DIR": str(folder), "TRUSTBOOK_CONTENT_DIR": CONTENT} | env,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def deployed(folder, *arguments, **env):
    return manage(folder, *arguments, **(NEEDED | {"TRUSTBOOK_PRODUCTION": "1"} | env))


def last_line(complaint):
    return complaint.strip().splitlines()[-1]


def test_all_that_is_missing_is_named_at_once(tmp_path):
    code, _, complaint = manage(tmp_path, "check", TRUSTBOOK_PRODUCTION="1")
    assert code == 1
    assert last_line(complaint) == (
        "trustbook cannot start. TRUSTBOOK_PRODUCTION=1 needs these "
        "variables, which are not set: SECRET_KEY, TRUSTBOOK_MASTER_KEYS, ALLOWED_HOSTS, "
        "DATABASE_URL, KEYS_DATABASE_URL, EMAIL_URL. The README says what each of them is."
    )


@pytest.mark.parametrize("name", NEEDED)
def test_each_that_is_missing_is_named(tmp_path, name):
    code, _, complaint = deployed(tmp_path, "check", **{name: " "})
    assert code != 0
    assert f"which are not set: {name}. The README" in last_line(complaint)


def test_no_secret_is_made_for_a_deployment(tmp_path):
    deployed(tmp_path, "check", SECRET_KEY="", TRUSTBOOK_MASTER_KEYS="")
    assert list(tmp_path.iterdir()) == []


def test_the_deployment_check_is_clean(tmp_path):
    tags = [f"--tag={tag}" for tag in registry.tags_available(True) if tag != "content"]
    how = ("--deploy", "--fail-level", "WARNING", *tags)
    code, shown, complaint = deployed(tmp_path, "check", *how)
    assert (code, shown + complaint) == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TRUSTBOOK_MASTER_KEYS", "short", "TRUSTBOOK_MASTER_KEYS cannot be used"),
        ("DATABASE_URL", "words", "A database address cannot be read"),
        ("KEYS_DATABASE_URL", NEEDED["DATABASE_URL"], "name the same database"),
        ("EMAIL_URL", "words", "EMAIL_URL cannot be read"),
        ("TRUSTBOOK_PRODUCTION", "yes", "TRUSTBOOK_PRODUCTION is 'yes'"),
        ("PORT", "high", "PORT is 'high'"),
        ("TRUSTBOOK_EXIT_URL", "http://w.example", "TRUSTBOOK_EXIT_URL cannot be used"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, name, value, says):
    code, _, complaint = deployed(tmp_path, "check", **{name: value})
    assert code != 0
    assert says in last_line(complaint)


def test_every_secure_setting_is_on(tmp_path):
    names = [
        *("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
        *("SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SHOW_DRAFTS"),
        *("ACCOUNT_EMAIL_VERIFICATION", "MFA_ALLOW_UNVERIFIED_EMAIL", "PRODUCTION"),
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    ]
    show = f"from django.conf import settings; print({', '.join(f'settings.{n}' for n in names)})"
    _, shown, _ = deployed(tmp_path, "shell", "-v0", "-c", show, TRUSTBOOK_DEBUG="1")
    assert shown.split() == [
        *("False", "True", "True", "True"),
        *("31536000", "__Host-session", "__Host-csrf", "False"),
        *("mandatory", "False", "True"),
        "False",
    ]


def test_nothing_is_needed_for_the_embedded_default(tmp_path):
    folder = tmp_path / "data"
    code, _, complaint = manage(folder, "prepare")
    assert (code, complaint) == (0, "")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()}
    assert {"secret_key", "master_keys", "trustbook.sqlite3", "keys.sqlite3"} <= modes.keys()
    assert (modes["secret_key"], modes["master_keys"]) == ("0o600", "0o600")
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_its_secrets_stay(tmp_path):
    read = []
    for _ in range(2):
        manage(tmp_path, "check")
        read.append([(tmp_path / name).read_text() for name in ("secret_key", "master_keys")])
    assert read[0] == read[1]
    assert len(read[0][0]) > 50
    assert len(MasterKeys.parse(read[0][1]).keys) == 1


def test_no_migration_is_missing(tmp_path):
    code, shown, _ = manage(tmp_path, "makemigrations", "--check", "--dry-run")
    assert (code, shown) == (0, "No changes detected\n")


@pytest.mark.parametrize(
    ("hosts", "origin"),
    [
        ("workbook.example.org,www.example.org", "https://workbook.example.org"),
        (".example.org", "https://example.org"),
        ("*,workbook.example.org", "https://workbook.example.org"),
    ],
)
def test_public_pages_say_where_they_are(tmp_path, hosts, origin):
    script = "from django.conf import settings; print(settings.SITE_ORIGIN)"
    command = ("shell", "--no-imports", "--verbosity=0", "-c", script)
    assert deployed(tmp_path, *command, ALLOWED_HOSTS=hosts)[1].strip() == origin


def test_on_ones_own_machine_they_are_at_localhost(tmp_path):
    script = "from django.conf import settings; print(settings.SITE_ORIGIN)"
    command = ("shell", "--no-imports", "--verbosity=0", "-c", script)
    assert manage(tmp_path, *command, PORT="8123")[1].strip() == "http://localhost:8123"
