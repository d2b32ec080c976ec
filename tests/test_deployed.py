"""The real program as a deployment runs it, behind a proxy that speaks HTTPS for it."""

import http.client
import re

import pytest

from tests.access.test_headers import ALWAYS
from tests.access.test_pages import POLICY
from tests.servers.live import LiveServer
from tests.test_production import NEEDED

PROXIED = {"X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deployed")
    env = NEEDED | {
        "TRUSTBOOK_PRODUCTION": "1",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": f"sqlite:///{folder}/main.sqlite3",
        "KEYS_DATABASE_URL": f"sqlite:///{folder}/keys.sqlite3",
    }
    with LiveServer(folder, env) as live:
        yield live


@pytest.fixture
def get(server):
    def got(path, *, host="localhost", method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        about = {"Host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=about)
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        return response, page

    return got


@pytest.mark.parametrize("path", ["/", "/help/", "/workbook/", "/accounts/login/"])
def test_a_page_is_sent_over_to_https(get, path):
    response, _ = get(path)
    assert (response.status, response.headers["Location"]) == (301, f"https://localhost{path}")


def test_machines_that_watch_may_ask_without(get):
    assert [get(path)[0].status for path in ("/healthz", "/readyz")] == [200, 200]


def test_a_public_page_may_be_kept_by_all(get):
    response, page = get("/", **PROXIED)
    assert response.status == 200
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert (response.headers["Set-Cookie"], response.headers["Vary"]) in [
        *((None, None), (None, "Accept-Encoding")),
    ]
    assert "max-age=31536000; includeSubDomains; preload" in response.headers.values()
    again, _ = get("/", **PROXIED, If_None_Match=response.headers["ETag"])
    assert again.status == 304
    assert "127.0.0.1" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("/", 200), ("/help/", 200), ("/accounts/login/", 200), ("/nothing/", 404)),
        *(("/healthz", 200), ("/static/nothing.css", 404), ("/workbook/", 302)),
        ("/workbook/token/", 401),
    ],
)
def test_every_answer_says_what_a_browser_may_do_with_it(get, path, status):
    for _ in range(2):
        response, _ = get(path, **PROXIED, Origin="https://evil.example")
        assert response.status == status
        assert {name: response.headers[name] for name in ALWAYS} == ALWAYS
        assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
        assert "Access-Control-Allow-Origin" not in response.headers


def test_its_files_may_be_kept_for_ever(get):
    _, page = get("/", **PROXIED)
    names = re.findall(r'(?:href|src)="(/static/[^"]+\.[0-9a-f]{12}\.[a-z]+)"', page)
    assert len(names) >= 2
    for name in names:
        response, _ = get(name, **PROXIED)
        assert (response.status, "immutable" in response.headers["Cache-Control"]) == (200, True)
        assert {name: response.headers[name] for name in ALWAYS} == ALWAYS
        assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
        assert "Access-Control-Allow-Origin" not in response.headers


def test_cookies_belong_to_this_host_alone(get):
    response, _ = get("/accounts/login/", **PROXIED)
    cookies = response.headers.get_all("Set-Cookie")
    assert cookies is not None
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert cookie.startswith("__Host-")
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= parts
        assert not any(part.startswith("domain") for part in parts)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1", ""])
def test_another_host_is_refused(get, host):
    response, page = get("/accounts/login/", host=host, **PROXIED)
    assert response.status == 400
    assert "Traceback" not in page
    assert host not in page or not host


def test_a_public_page_is_the_same_under_any_name(get):
    """It is answered before the name is looked at, so it must not speak of it."""
    pages = [get("/", host=host, **PROXIED) for host in ("localhost", "evil.example")]
    assert pages[0][1] == pages[1][1]
    assert pages[0][0].headers["ETag"] == pages[1][0].headers["ETag"]


def test_a_page_that_is_none_tells_nothing_of_the_program(get):
    response, page = get("/nothing/", **PROXIED)
    assert response.status == 404
    assert "<h1>There is nothing here</h1>" in page
    assert "urlpatterns" not in page


def test_drafts_and_debugging_pages_are_not_there(get):
    for path in ("/admin/", "/__debug__/", "/accounts/3rdparty/", "/.env", "/static/../manage.py"):
        assert get(path, **PROXIED)[0].status == 404


def test_nothing_but_faults_is_logged(get, server):
    get("/help/", **PROXIED)
    get("/help/", method="POST", **PROXIED)
    assert "help" not in server.log.read_text()
