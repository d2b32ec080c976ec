"""Saved means saved: it survives kill -9 of the server and of the database, at any moment."""

import pytest
from django.db import connections

from tests.durability.conftest import on_postgres
from tests.durability.storm import Storm, history

SAVES = 15
"""Between one kill and the next, at least."""
CARELESS = {"synchronous_commit": "off"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.prove)])
def test_what_was_told_to_be_saved_is_there(installation, kills):
    storm = Storm(installation)
    installation.start()
    try:
        storm.rage(kills, SAVES, installation.struck)
        assert storm.lost() == []
        for person, _ in storm.tabs:
            texts = history(person)
            assert len(texts) == len(set(texts)), "a text that was sent again was saved again"
        told = storm.statuses
        assert min(told["200"], told["409"], told["failed"]) >= kills, f"not a storm: {told}"
    finally:
        installation.kill9()


@pytest.mark.prove
def test_a_database_that_does_not_wait_for_the_disk_loses_some(tmp_path, own_databases):
    """Else the test above is blind."""
    with on_postgres(tmp_path, CARELESS) as careless, careless.here():
        storm = Storm(careless)
        # A clean stop puts the people and their sessions on the disk.
        assert careless.postgres
        careless.postgres.restart()
        connections.close_all()
        careless.start()
        try:
            storm.rage(1, SAVES, careless.struck)
            assert storm.lost()
        finally:
            careless.kill9()
