"""What people write is nowhere on the disk: not in databases, their logs, mails or the console.

The real program runs on SQLite files; a word that occurs nowhere else is typed into every kind of
prompt and sent in every way that is kept or refused. Then every byte below its folder is searched.
"""

import base64
import gzip
import re
import shutil
import sqlite3
import uuid
import zlib
from pathlib import Path

import pytest

from tests.canary.browser import FORM, Browser
from tests.canary.search import found_in, spellings
from tests.servers.live import LiveServer

WORD = f"a heron {uuid.uuid4().hex}"
"""Not in any code, lesson or address; has blanks, which addresses and forms spell otherwise."""
WAITING = f"{WORD}-in-a-search"
LESSON = "/workbook/trial/every-kind/"
SAVE = "/workbook/save/every-kind/"
WEEK = "/workbook/pulse/"
TYPED = {
    "moment": {"": WORD},
    "signs": {".1.line": WORD, ".2.line": f"and {WORD} again"},
    "said": {".1.said": WORD, ".1.did": WORD},
    "plan": {".when": WORD, ".then": WORD},
    "sorry": {".harm": WORD},
    "theirs": {".mine": WORD, ".guess": WORD},
    "given": {".1.what": WORD, ".1.until": WORD, ".1.by": "me", ".1.state": "open"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server, still running, to which everything was written that can be."""
    folder = tmp_path_factory.mktemp("site")
    content = Path(__file__).parent.parent / "content"
    with LiveServer(folder, {"TRUSTBOOK_CONTENT_DIR": str(content)}) as server:
        Writer(Browser(server.url)).write_everything()
        yield folder
        server.stop()
        assert found_in(folder, WORD) == []


class Writer:
    """Signs up and writes, well and badly."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.statuses: dict[str, int] = {}

    def write_everything(self) -> None:
        self._sign_up()
        for prompt in TYPED:
            self.statuses[prompt] = self._save(prompt)
        self.statuses["note"] = self._save("note", path=f"{WEEK}save/note/", text=WORD)
        self.statuses["conflict"] = self._save("moment", text=f"{WORD} from another tab")
        self._look()
        self._send_badly()
        self.browser.post("/accounts/password/reset/", {"email": "writer@example.org"})
        self._sign_out()
        self.statuses["signed out"] = self._save("moment")
        expected = dict.fromkeys(TYPED, 200) | {
            "note": 200,
            "conflict": 409,
            "too long": 422,
            "NUL": 422,
            "no token": 422,
            "no owner": 403,
            "no CSRF token": 403,
            "gone": 404,
            "JSON": 415,
            "a file": 403,
            "too large": 413,
            "half a character": 400,
            "signed out": 401,
        }
        assert self.statuses == expected

    def _sign_up(self) -> None:
        self.browser.get("/accounts/signup/")
        fields = {"email": "writer@example.org", "password1": "a longer password", "consent": "on"}
        self.browser.post("/accounts/signup/", fields)
        _, page = self.browser.get(LESSON)
        found = re.search(r'name="owner" value="([0-9a-f]{32})"', page)
        assert found is not None
        self.owner = found.group(1)

    def _save(self, prompt: str, *, path: str = "", text: str = "", **changes: str) -> int:
        typed = {"": text} if text else TYPED[prompt]
        fields = {f"{prompt}{part}": value for part, value in typed.items()}
        hidden = {"owner": self.owner, f"{prompt}:base": "", f"{prompt}:token": str(uuid.uuid4())}
        return self.browser.post(path or f"{SAVE}{prompt}/", fields | hidden | changes)[0]

    def _look(self) -> None:
        """At the lesson, the week, all answers, a search, a history and a comparison."""
        assert WORD in self.browser.get(LESSON)[1]
        assert WORD in self.browser.get(WEEK)[1]
        _, page = self.browser.post("/workbook/answers/", {"words": WORD})
        assert WORD in page
        self.browser.post("/workbook/answers/", {"words": WAITING})
        history = re.search(r'href="(/workbook/answers/[0-9a-f-]{36}/)"', page)
        assert history is not None
        _, page = self.browser.get(history.group(1))
        for version in re.findall(r'href="(\?version=[0-9a-f-]{36})"', page):
            assert WORD in self.browser.get(history.group(1) + version)[1]

    def _send_badly(self) -> None:
        self.statuses["too long"] = self._save("moment", text=WORD + "x" * 20_000)
        self.statuses["NUL"] = self._save("moment", text=f"{WORD}\0")
        self.statuses["no token"] = self._save("moment", **{"moment:token": WORD})
        self.statuses["no owner"] = self._save("moment", path=SAVE, owner=WORD)
        self.statuses["no CSRF token"] = self._save("moment", csrfmiddlewaretoken=WORD)
        self.statuses["gone"] = self._save("moment", path=f"{SAVE}gone/")
        post = self.browser.post
        json = f'{{"moment": "{WORD}"}}'.encode()
        token = {"X-CSRFToken": self.browser.token}
        self.statuses["JSON"] = post(f"{SAVE}moment/", json, "application/json", **token)[0]
        part = (
            f'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n{WORD}\r\n--x--'
        )
        self.statuses["a file"] = post(SAVE, part.encode(), "multipart/form-data; boundary=x")[0]
        large = f"moment={WORD}".encode() + b"x" * 5_000_000
        self.statuses["too large"] = post(f"{SAVE}moment/", large)[0]
        half = f"owner={self.owner}&csrfmiddlewaretoken={self.browser.token}".encode()
        self.statuses["half a character"] = post(
            f"{SAVE}moment/", half + f"&moment={WORD}%ED%A0%80".encode(), FORM
        )[0]

    def _sign_out(self) -> None:
        self.browser.get("/accounts/logout/")
        self.browser.post("/accounts/logout/", {})
        self.browser.get("/accounts/login/")


def test_there_is_something_to_search(site):
    names = {path.name for path in site.rglob("*") if path.is_file()}
    assert {"trustbook.sqlite3", "trustbook.sqlite3-wal", "keys.sqlite3", "server.log"} <= names
    assert [path.suffix for path in (site / "data" / "mail").iterdir()] == [".log"]


def test_what_was_written_is_nowhere(site):
    assert found_in(site, WORD) == []


def test_what_is_not_secret_is_found(site):
    """The address, by the same search: in the database and in the mail."""
    found = found_in(site, "writer@example.org")
    assert any(line.startswith("data/trustbook.sqlite3") for line in found)
    assert any(line.startswith("data/mail/") for line in found)


SPELT = {
    **spellings(WORD),
    "zlib": zlib.compress(f"before {WORD} after".encode()),
    "gzip": gzip.compress(WORD.encode()),
    **{f"base64 {n}": base64.b64encode(b"x" * n + WORD.encode() + b"y" * n) for n in range(4)},
}


@pytest.mark.parametrize("spelling", SPELT)
@pytest.mark.parametrize(
    "place", ["data/trustbook.sqlite3", "data/mail/20260101.log", "server.log"]
)
def test_a_planted_word_is_found(tmp_path, place, spelling):
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0 before " + SPELT[spelling] + b" after \xff")
    assert {line.partition(":")[0] for line in found_in(tmp_path, WORD)} == {place}


def test_a_word_planted_in_the_databases_is_found(site, tmp_path):
    """In a row, in what is left of a deleted row, and in the log ahead of the database."""
    for number, name in enumerate(["trustbook", "keys"]):
        folder = tmp_path / name
        shutil.copytree(site / "data", folder)
        database = sqlite3.connect(folder / f"{name}.sqlite3")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA wal_autocheckpoint=0")
        database.execute("CREATE TABLE planted (word TEXT)")
        database.execute("INSERT INTO planted VALUES (?)", [WORD])
        database.commit()
        assert found_in(folder, WORD) == [f"{name}.sqlite3-wal: plain"]
        database.close()
        assert found_in(folder, WORD) == [f"{name}.sqlite3: plain"]
        assert number < 2
