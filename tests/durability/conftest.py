"""Installations to be killed. Their tests leave the databases of the test runner alone."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.durability.installation import Installation
from tests.servers.missing import missing
from tests.servers.places import NoPostgres
from tests.servers.postgres import FAST, Postgres


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """tests/conftest.py gives its databases to every test that does not say ``no_db``."""
    for item in items:
        if "own_databases" in getattr(item, "fixturenames", []):
            item.keywords["no_db"] = True


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """trustbook on SQLite files, then on a PostgreSQL with its own durable settings."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield prepared(Installation(folder))
    else:
        with on_postgres(folder, {}) as installation:
            yield installation


@pytest.fixture
def own_databases(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test brings databases of its own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def here(installation: Installation, own_databases: None) -> Iterator[None]:
    """The test works on the installation with its own hands."""
    with installation.here():
        yield


@contextmanager
def on_postgres(folder: Path, options: Mapping[str, str]) -> Iterator[Installation]:
    """trustbook on a PostgreSQL with these settings."""
    try:
        postgres = Postgres(options, like=_cluster())
    except NoPostgres as error:
        missing(str(error))
    with postgres:
        yield prepared(Installation(folder, postgres))


def prepared(installation: Installation) -> Installation:
    """With its tables made: a copy of what the program made once in this process."""
    installation.data.mkdir(mode=0o700)
    if installation.postgres is None:
        for file in _files().glob("*.sqlite3*"):
            shutil.copy(file, installation.folder)
    return installation


@cache
def _files() -> Path:
    """A folder with both databases as ``manage.py prepare`` leaves them."""
    folder = Path(tempfile.mkdtemp(prefix="prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Installation(folder).prepare()
    return folder


@cache
def _cluster() -> Path:
    """The files of a PostgreSQL that was prepared and stopped. Raises ``NoPostgres``."""
    postgres = Postgres(FAST)
    atexit.register(postgres.close)
    postgres.start()
    Installation(postgres.folder / "site", postgres).prepare()
    postgres.stop()
    return postgres.data
