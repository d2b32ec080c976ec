"""For machines that watch the site."""

import pytest
from django.db import DatabaseError, InterfaceError, connections


def test_the_process_answers(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_both_databases_answer(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.parametrize("name", ["default", "keys"])
@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_one_does_not(client, monkeypatch, name, error):
    def refuse():
        raise error("it is away")

    monkeypatch.setattr(connections[name], "cursor", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"a database does not answer\n")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_no_cache_keeps_the_answer(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
