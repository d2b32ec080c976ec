"""What every public page promises: the same bytes for everybody, and no trace of anybody."""

import gzip
import logging

import pytest

from lessons import public
from tests.lessons.conftest import no_queries

PAGES = [
    "/",
    "/lessons/",
    "/lessons/trust/",
    "/lessons/trust/first/",
    "/help/",
    "/help/leaving/",
    "/what-we-promise/",
    "/legal/privacy/",
    "/legal/terms/",
    "/sitemap.xml",
    "/robots.txt",
]
OTHER_METHODS = ["post", "put", "patch", "delete", "options", "trace"]


@pytest.fixture(autouse=True)
def _served(content, settings):
    settings.CONTENT_DIRS = [content.root]
    public._pages.clear()


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_looked_up_and_nothing_is_set(writing, path):
    for _ in range(2):
        with no_queries("default"), no_queries("keys"):
            response = writing.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert response.headers["Vary"] == "Accept-Encoding"
        assert response.headers["Cache-Control"] == "public, max-age=0"


@pytest.mark.parametrize("cookie", ["", "x", "é", "x" * 32, "x" * 5_000])
@pytest.mark.parametrize("path", [*PAGES, "/lessons/search/?q=trust"])
def test_a_cookie_that_is_no_session_is_not_even_looked_at(visiting, path, cookie, settings):
    visiting.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for _ in range(2):  # made, then kept
        response = visiting.get(path)
        assert (response.status_code, dict(response.cookies)) == (200, {})
        assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"


@pytest.mark.parametrize("path", PAGES)
def test_the_same_bytes_and_headers_for_everybody(visiting, writing, strange, path):
    visiting.cookies["csrf"] = "x" * 32
    responses = [client.get(path) for client in (visiting, writing, strange)]
    assert len({response.content for response in responses}) == 1
    assert len({repr(sorted(response.headers.items())) for response in responses}) == 1
    assert b"csrf" not in responses[0].content
    assert b"nonce" not in responses[0].content


def test_in_production_a_page_is_kept_for_five_minutes(visiting, settings):
    settings.PRODUCTION = True
    response = visiting.get("/lessons/")
    assert response.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_that_has_the_page_is_not_sent_it_again(visiting, path):
    first = visiting.get(path)
    again = visiting.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    other = visiting.get(path, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_a_compressed_page_says_the_same_and_has_a_mark_of_its_own(visiting):
    plain = visiting.get("/help/")
    packed = visiting.get("/help/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert visiting.get("/help/", headers=known).status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_head_tells_what_get_would(visiting, path):
    get, head = visiting.get(path), visiting.head(path)
    assert head.content == b""
    assert head.status_code == 200
    assert head.headers == get.headers


@pytest.mark.parametrize("method", OTHER_METHODS)
@pytest.mark.parametrize("path", PAGES)
def test_other_methods_are_refused_without_a_look_at_who_asks(writing, path, method):
    with no_queries("default"), no_queries("keys"):
        response = getattr(writing, method)(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.parametrize(
    "path", ["/lessons/other/", "/lessons/trust/other/", "/lessons/other/first/", "/legal/imprint/"]
)
def test_what_does_not_exist(writing, path):
    with no_queries("default"), no_queries("keys"):
        response = writing.get(path)
    assert response.status_code == 404
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_question_mark_changes_nothing(visiting):
    assert visiting.get("/lessons/?who=me").content == visiting.get("/lessons/").content


@pytest.mark.parametrize("method", ["get", "head", *OTHER_METHODS])
def test_that_somebody_opened_the_help_page_is_not_logged(writing, caplog, method):
    writing.get("/lessons/")  # reading the lessons is logged, but says nothing about anybody
    with caplog.at_level(logging.DEBUG):
        getattr(writing, method)("/help/")
    assert caplog.records == []


def test_a_changed_lesson_changes_its_page_and_its_mark(visiting, content):
    before = visiting.get("/lessons/trust/first/")
    content.lesson("01-first/01-first.md", "first", ("The text.", "Another text."))
    after = visiting.get("/lessons/trust/first/")
    assert after.headers["ETag"] != before.headers["ETag"]
    assert b"Another text." in after.content


def test_a_broken_edit_leaves_the_page_as_it_was(visiting, content):
    before = visiting.get("/lessons/trust/first/")
    content.write("trust/01-first/01-first.md", "Nothing sound")
    after = visiting.get("/lessons/trust/first/")
    assert (after.status_code, after.content) == (200, before.content)


def test_a_page_is_rendered_once(visiting, monkeypatch):
    first = visiting.get("/lessons/trust/first/")
    monkeypatch.setattr("lessons.public.render_to_string", None)
    assert visiting.get("/lessons/trust/first/").content == first.content


def test_while_templates_are_worked_on_pages_are_not_kept(visiting, settings, monkeypatch):
    settings.DEBUG = True
    visiting.get("/lessons/")
    monkeypatch.setattr("lessons.public.render_to_string", lambda *_: "new")
    assert visiting.get("/lessons/").content == b"new"
