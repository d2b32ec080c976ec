"""PostgreSQL's own log: a statement that fails shows neither its values nor the row it refused."""

import re

import psycopg
import pytest
from django.core.checks import Tags, run_checks
from django.db import DatabaseError, connections, transaction

from tests.canary.search import found_in
from tests.durability.conftest import on_postgres
from tests.servers.places import ROOT
from trustbook.accounts.checks import SILENT
from trustbook.accounts.models import User

ALIASES = ["default", "keys"]
USUAL = {
    "log_error_verbosity": "default",
    "log_parameter_max_length": "-1",
    "log_min_duration_statement": "0",
}
"""PostgreSQL's own settings, and an operator who looks for slow statements."""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """trustbook on a PostgreSQL that logs as it is installed, and times every statement."""
    with on_postgres(tmp_path_factory.mktemp("site"), USUAL) as installation:
        yield installation


def fail_in_every_way(word: str) -> int:
    """Statements that carry ``word`` and are refused; returns how many."""
    ways = [
        lambda: User.objects.create(email=f"{word}@example.org"),
        lambda: User.objects.filter(email=f"{word}@example.org").update(email=word.upper()),
        lambda: User.objects.filter(email=f"{word}@example.org").update(display_name=word * 20),
        lambda: ask("SELECT %s::text, 1 / 0", [word]),
        lambda: ask("SELECT * FROM nowhere WHERE word = %s", [word]),
    ]
    User.objects.create(email=f"{word}@example.org")
    for way in ways:
        with pytest.raises(DatabaseError), transaction.atomic():
            way()
    return len(ways)


def ask(statement, values):
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)


def told(installation, word: str, **options) -> tuple[int, str]:
    """How many statements failed, and the log that PostgreSQL wrote meanwhile."""
    before = len(installation.postgres.log.read_bytes())
    with installation.here():
        for connection in connections.all():
            connection.settings_dict["OPTIONS"].update(options)
        failed = fail_in_every_way(word)
    return failed, installation.postgres.log.read_bytes()[before:].decode()


def silence(installation) -> None:
    """What deploy/README.md asks for, as the check's own hint words it."""
    with installation.here():
        hints = [each.hint for each in run_checks(tags=[Tags.database], databases=ALIASES)]
    with psycopg.connect(installation.postgres._admin, autocommit=True) as superuser:
        for hint in hints:
            superuser.execute(str(hint).removeprefix("Let its superuser run: "))


def test_the_log_of_postgresql(installation, own_databases, tmp_path):
    failed, usual = told(installation, "godwit")
    assert failed == usual.count("STATEMENT:")
    assert "Key (email)=(godwit@example.org) already exists" in usual
    assert "Failing row contains" in usual
    assert re.search(r"DETAIL:  [Pp]arameters: .*'godwit@example.org'", usual)

    with installation.here():
        warnings = run_checks(tags=[Tags.database], databases=ALIASES)
    assert [(each.id, each.is_serious()) for each in warnings] == [("trustbook.D002", False)] * 2
    assert warnings[0].msg == (
        "PostgreSQL may write values into its log: log_error_verbosity, "
        "log_parameter_max_length of 'default'."
    )
    silence(installation)
    with installation.here():
        assert run_checks(tags=[Tags.database], databases=ALIASES) == []

    failed, silent = told(installation, "dunlin")
    assert failed == silent.count("STATEMENT:")
    assert "VALUES ($1" in silent
    (tmp_path / "silent.log").write_text(silent)
    assert found_in(tmp_path, "dunlin") == []

    _, careless = told(installation, "turnstone", server_side_binding=False)
    assert "turnstone@example.org" in careless


def test_the_deploy_notes_say_what_the_check_asks_for():
    """auto_explain is not installed by default; who loads it is told by the check."""
    notes = (ROOT / "deploy" / "README.md").read_text()
    for database in ("trustbook", "trustbook_keys"):
        for name, quiet in SILENT.items():
            line = f"ALTER DATABASE {database} SET {name} = '{quiet}';"
            assert (line in notes) is not name.startswith("auto_explain")
