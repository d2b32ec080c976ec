"""Chromium, the program on a port and a data folder of its own, and people who use it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.browser.people import People, Person
from tests.servers.chromium import NoChromium, launch
from tests.servers.elsewhere import Elsewhere
from tests.servers.live import LiveServer
from tests.servers.missing import missing
from tests.servers.places import ROOT

CONTENT = os.pathsep.join([str(ROOT / "content"), str(Path(__file__).parent / "content")])

expect.set_options(timeout=8_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests start a server of their own and leave Django's test databases alone."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.keywords["no_db"] = True
            item.add_marker("browser")


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    """The site to which people leave."""
    with Elsewhere() as other:
        yield other


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, elsewhere: Elsewhere) -> Iterator[LiveServer]:
    """trustbook with its own course and the twelve kinds, for the tests of one worker."""
    env = {"TRUSTBOOK_CONTENT_DIR": CONTENT, "TRUSTBOOK_EXIT_URL": elsewhere.url}
    with LiveServer(tmp_path_factory.mktemp("site"), env) as server:
        yield server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers of one worker."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would refuse its databases to
        # every test that comes after these.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for the tests of one worker."""
    try:
        browser = launch(playwright, tmp_path_factory.mktemp("home"))
    except NoChromium as error:
        missing(str(error))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def people(site: LiveServer) -> People:
    """Hands out people with accounts."""
    return People(site)


@pytest.fixture
def person(people: People) -> Person:
    """Whom the test is about."""
    return people.next()


@pytest.fixture(scope="session")
def therapist(people: People) -> Person:
    """Sees the pages about clients; has none."""
    return people.therapist()


@pytest.fixture
def new_context(site: LiveServer, chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a browser for a person, or for nobody; what its pages complain of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new(person: Person | None = None, **options: Any) -> BrowserContext:
        options = {"base_url": site.url, "viewport": {"width": 1280, "height": 900}, **options}
        browser = options.pop("browser", chromium)
        context: BrowserContext = browser.new_context(reduced_motion="reduce", **options)
        if person:
            context.add_cookies(
                [{"name": person.cookie_name, "value": person.cookie, "url": site.url}]
            )
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda said: _note(complaints, said.text))
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield new
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], text: str) -> None:
    """What the content security policy refused; a failed request is what some tests are about."""
    if "Content Security Policy" in text:
        complaints.append(text)


@pytest.fixture
def context(new_context: Callable[..., BrowserContext], person: Person) -> BrowserContext:
    """The browser of ``person``."""
    return new_context(person)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab in the browser of ``person``."""
    return context.new_page()


@pytest.fixture
def plain_page(new_context: Callable[..., BrowserContext], person: Person) -> Page:
    """The same without JavaScript."""
    return new_context(person, java_script_enabled=False).new_page()
