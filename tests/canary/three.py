"""A therapist on the live site, who writes into all that there is, for a client who does so too."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

from tests.accounts.test_second_step import code_of
from tests.canary.browser import Browser
from tests.canary.two import PASSWORD, newcomer

Manage = Callable[..., Any]
LESSON = "every-kind"
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
HANDED = re.compile(r'<p class="handed[^>]*>([^<]+)</p>')


class Therapist:
    """Has the role and a second step; writes one word wherever a therapist can write."""

    def __init__(self, url: str, says: str, email: str, manage: Manage) -> None:
        self.browser = newcomer(url, says, email)
        self.secret = self._second_step()
        manage("grant_therapist", email)
        self._sign_in(email)
        self.handed: list[str] = []

    def _second_step(self) -> str:
        browser = self.browser
        browser.get("/accounts/reauthenticate/")
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
        _, page = browser.get("/accounts/2fa/totp/activate/")
        [secret] = re.findall(r'<code class="secret">([A-Z2-7]{32})</code>', page)
        browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
        return str(secret)

    def _sign_in(self, email: str) -> None:
        self.browser.get("/accounts/login/")
        self.browser.post("/accounts/login/", {"login": email, "password": PASSWORD})
        self.browser.post("/accounts/2fa/authenticate/", {"code": code_of(self.secret)})
        assert self.browser.get("/care/")[0] == 200

    def send(self, path: str, to: str = "", **typed: Any) -> tuple[int, str]:
        """Sends the form of a page that leads to ``to``, or has no address, filled in."""
        return fill(self.browser, path, to, **typed)

    def invite(self, label: str) -> str:
        """The link in an invitation for a new client."""
        status, page = self.send("/care/invite/", label=label, email="")
        assert status == 200, page[:2000]
        link, code = HANDED.findall(page)
        self.handed += [link, code]
        return str(link)

    def file_of(self, label: str) -> str:
        """The address of a client’s page, by the label."""
        _, page = self.browser.get("/care/")
        for path, words in re.findall(
            r'href="(/care/clients/[0-9a-f-]{36}/)"[^>]*>(.*?)</a>', page
        ):
            if unescape(re.sub("<[^>]*>", "", words)).strip() == label:
                return str(path)
        raise AssertionError(f"no client {label} in {page}")

    def write_for_all(self, word: str) -> None:
        """What is for no client in particular: a practice, a lesson, a pathway."""
        names = ("name", "credentials", "licence", "licensed_by", "languages", "about")
        booking = f"https://example.org/?{word.split()[-1]}"
        practice = dict.fromkeys(names, word) | {"booking": booking}
        assert self.send("/care/practice/", **practice)[0] == 200
        lesson = {"title": word, "summary": word, "minutes": "5", "text": word, "intro": word}
        lesson |= {"q0-kind": "text", "q0-ask": word, "questions": "1", "save": "1"}
        status, page = self.send("/care/lessons/new/", "/care/lessons/new/save/", **lesson)
        assert (status, word in page) == (200, True), page[:3000]
        path = {"name": word, "lesson": LESSON, "days": "7", "do": "save"}
        status, page = self.send("/care/pathways/new/", **path)
        assert (status, word in page) == (200, True), page[:3000]

    def write_to(self, file: str, word: str) -> None:
        """A note with a lesson, and one for oneself, twice."""
        client = file.split("/")[-2]
        given = {"clients": client, "lessons": LESSON, "note": word, "due": "", "starts": ""}
        status, page = self.send("/care/assign/", "/care/assign/", step="first", **given)
        assert status == 200, page[:3000]
        day = f"{file}notes/{date.today():%Y-%m-%d}/"  # noqa: DTZ011 - the machine’s day
        for text in (word, f"{word} again"):
            status, page = self.send(day, f"{day}save/", note=text, save="1")
            assert (status, text in page) == (200, True), page[:3000]

    def answer(self, file: str, row: str, word: str) -> None:
        """Reads all that is shared, in every way, and says something about one of it."""
        for path in (f"{file}shared/", f"{file}lessons/{LESSON}/", f"{file}sheet/"):
            assert word in self.browser.get(path)[1], path
        for path in (f"{file}sheet.pdf", f"{file}fhir/{LESSON}/", "/care/clients.csv"):
            status, sent = self.browser.get(path)
            assert (status, "<html" in sent) == (200, False), path
        about = f"{file}respond/{row}/"
        status, page = self.send(about, f"{about}send/", text=word)
        assert (status, word in page) == (200, True), page[:3000]

    def write_badly(self, file: str, word: str) -> dict[str, int]:
        """What is refused, by what it was."""
        day = f"{file}notes/{date.today():%Y-%m-%d}/"  # noqa: DTZ011 - the machine’s day
        sent = {
            "a label that is too long": ("/care/invite/", "", {"label": word * 9, "email": ""}),
            "an invitation of no client": ("/care/invite/", "", {"label": word, "email": word}),
            "no booking address": ("/care/practice/", "", {"name": word, "booking": word}),
            "a day that is none": ("/care/assign/", "", {"note": word, "due": word}),
            "a note that is too long": (day, f"{day}save/", {"note": word * 999, "save": "1"}),
            "a lesson without a title": (
                "/care/lessons/new/",
                "/care/lessons/new/save/",
                {"title": "", "text": f"<b>{word}</b>", "q0-kind": "text", "save": "1"},
            ),
            "a pathway without a lesson": ("/care/pathways/new/", "", {"name": word, "do": "save"}),
        }
        refused = {}
        for what, (path, to, typed) in sent.items():
            refused[what] = self.send(path, to, **typed)[0]
        refused["a search among clients"] = self.browser.post("/care/", {"words": word})[0]
        refused["a page of no client"] = self.browser.get(f"/care/clients/{word[-32:]}/")[0]
        return refused


def fill(browser: Browser, path: str, to: str, **typed: Any) -> tuple[int, str]:
    """Sends the form of a page that leads to ``to``, or that has no address, with ``typed``."""
    _, page = browser.get(path)
    where = rf'[^>]*action="{re.escape(to)}' if to else "[^>]*"
    forms = re.findall(rf'<form[^>]*method="post"{where}.*?</form>', page, re.DOTALL)
    # The way out stands on every page.
    found = [form for form in forms if "/accounts/logout/" not in form]
    assert found, (path, to, page[:3000])
    fields = {name: unescape(value) for name, value in HIDDEN.findall(found[0])}
    return browser.post(to or path, fields | typed)


def become_client(browser: Browser, link: str) -> None:
    """Accepts an invitation, having been told what will be seen."""
    browser.get("/therapist/accept/")
    browser.post("/therapist/accept/", {"invitation": link})
    _, page = browser.post("/therapist/accept/", {"invitation": link, "accept": "yes"})
    assert browser.get("/therapist/")[0] == 200, page[:2000]


def share(browser: Browser) -> str:
    """The first answer is shared with the therapist, in two steps; its id."""
    _, page = browser.get("/workbook/trial/every-kind/")
    row = re.findall(r'href="/sharing/([0-9a-f-]{36})/"', page)[0]
    _, page = browser.get(f"/sharing/{row}/")
    for _ in range(2):
        forms = re.findall(r'<form[^>]*action="/sharing/[^"]*".*?</form>', page, re.DOTALL)
        [form] = [one for one in forms if 'value="therapist"' in one and "withdraw/" not in one]
        fields = dict(HIDDEN.findall(form))
        _, page = browser.post(f"/sharing/{row}/", fields)
    assert "withdraw/" in browser.get(f"/sharing/{row}/")[1]
    return str(row)


def reply(browser: Browser, row: str, word: str) -> None:
    """The client says something in return."""
    thread = f"/therapist/answers/{row}/"
    status, page = fill(browser, thread, f"{thread}reply/", text=word)
    assert (status, word in page) == (200, True), page[:3000]
