"""The databases are asked to wait for the disk, and are found out when they do not.

That a commit survives a power cut cannot be shown by killing processes: what they had written
stays in the memory of the system. So it is shown that the databases are set to wait for the disk.
"""

import pytest
from django.core.checks import Tags, run_checks
from django.db import connections

from tests.durability.conftest import on_postgres
from tests.servers.postgres import FAST
from trustbook.accounts.checks import DURABLE

ALIASES = ["default", "keys"]


def asked(alias, question):
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("alias", ALIASES)
def test_every_commit_waits_for_the_disk(installation, alias):
    if installation.postgres:
        assert [asked(alias, f"SHOW {setting}") for setting in DURABLE] == ["on", "on", "on"]
    else:
        assert asked(alias, "PRAGMA synchronous") == 2
        assert asked(alias, "PRAGMA journal_mode") == "wal"


@pytest.mark.usefixtures("here")
def test_the_check_accepts_it(installation):
    assert run_checks(tags=[Tags.database], databases=ALIASES) == []
    databases = ("--database", "default", "--database", "keys")
    installation.manage("check", "--tag", "database", *databases)


@pytest.mark.prove
def test_the_check_refuses_a_database_that_does_not_wait(tmp_path, own_databases):
    with on_postgres(tmp_path, FAST) as fast:
        with fast.here():
            errors = run_checks(tags=[Tags.database], databases=ALIASES)
        assert [error.id for error in errors] == ["trustbook.D001", "trustbook.D001"]
        for alias, error in zip(ALIASES, errors, strict=True):
            assert f"'{alias}'" in error.msg
            assert "fsync and full_page_writes and synchronous_commit are off" in error.msg
        with pytest.raises(RuntimeError, match=r"trustbook\.D001"):
            fast.manage("check", "--tag", "database", "--database", "keys")
        fast.manage("check", "--tag", "database")

        assert fast.postgres
        fast.postgres.restart({"synchronous_commit": "off"})
        with fast.here():
            errors = run_checks(tags=[Tags.database], databases=["default"])
        assert [error.msg.rpartition(": ")[2] for error in errors] == ["synchronous_commit is off."]
