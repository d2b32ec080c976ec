"""Passkeys belong to a name, so pages at 127.0.0.1 are sent to localhost."""

import pytest

PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    ("host", "target"),
    [
        ("127.0.0.1:8000", "http://localhost:8000/help/?a=b"),
        ("127.0.0.1", "http://localhost/help/?a=b"),
    ],
)
def test_a_page_is_sent_on(client, host, target):
    response = client.get("/help/?a=b", headers={"host": host, **PAGE})
    assert (response.status_code, response["Location"]) == (302, target)


def test_elsewhere_a_page_is_where_it_is(client):
    for host in ("localhost:8000", "localhost"):
        assert client.get("/help/", headers={"host": host, **PAGE}).status_code == 200


def test_what_is_no_page_is_left_alone(client):
    assert client.get("/healthz", headers={"host": "127.0.0.1"}).status_code == 200
    assert (
        client.post("/workbook/save/x/", headers={"host": "127.0.0.1", **PAGE}).status_code == 401
    )


def test_another_host_never_becomes_a_target(client):
    response = client.get("/", headers={"host": "127.0.0.1:8000@evil.example", **PAGE})
    assert response.status_code in (302, 400)
    assert not response.get("Location", "").startswith("http://evil")
