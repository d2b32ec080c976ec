"""Somebody who types into everything that there is, well and badly."""

import json
import re
import uuid
from html import unescape
from typing import Any

from tests.accounts.passkey import Passkey
from tests.accounts.test_second_step import code_of
from tests.canary import three, two
from tests.canary.browser import FORM, Browser
from tests.canary.faulty import FAULT

HEX = uuid.uuid4().hex
WORD = f"a heron {HEX}"
"""Not in any code, lesson or address; has blanks, which addresses and forms spell otherwise."""
WAITING = f"{WORD}-in-a-search"
PASSWORD = f"{WORD} as a password"
EMAIL, WANTED = f"writer.{HEX[:9]}@example.org", f"wanted.{HEX[:9]}@example.org"
"""The address, and one that is asked for but never accepted."""
INVITED = f"invited.{HEX[:9]}@example.org"
"""The address to which an invitation goes by mail."""
PARTNER, FRIEND, THERAPIST = (
    f"{who}.{HEX[:9]}@example.org" for who in ("partner", "friend", "therapist")
)
NAME, KEY_NAME = f"Ms Egret {HEX[:9]}", f"The ring with the egret {HEX[:9]}"
LESSON = "/workbook/trial/every-kind/"
SAVE = "/workbook/save/every-kind/"
WEEK = "/workbook/pulse/"
TYPED: dict[str, dict[str, str]] = {
    "moment": {"": WORD},
    "signs": {".1.line": WORD, ".2.line": f"and {WORD} again"},
    "said": {".1.said": WORD, ".1.did": WORD},
    "plan": {".when": WORD, ".then": WORD},
    "sorry": {".harm": WORD},
    "theirs": {".mine": WORD, ".guess": WORD},
    "given": {".1.what": WORD, ".1.until": WORD, ".1.by": "me", ".1.state": "open"},
    "week": {".safety": "3"},
}
EXPECTED = dict.fromkeys(TYPED, 200) | {
    "a note on a week": 200,
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
    "a fault in a save": 500,
    "a fault in signing up": 500,
    "a fault in the database": 500,
    "a fault that Django does not answer for": 500,
    "an answer that breaks off": 200,
    "a wrong password": 200,
    "a password that is too short": 200,
    "a wrong password before": 200,
    "an address without fresh proof": 200,
    "a foreign host": 400,
    "a name that is too long": 422,
    "reminders": 200,
    "no time of day": 422,
    "an invitation": 200,
    "an invitation by mail": 200,
    "an invitation to no address": 422,
    "what opens no invitation": 422,
    "what is no code": 422,
    "a label that is too long": 422,
    "an invitation of no client": 422,
    "no booking address": 422,
    "a day that is none": 422,
    "a note that is too long": 422,
    "a lesson without a title": 422,
    "a pathway without a lesson": 422,
    "a search among clients": 200,
    "a page of no client": 404,
    "an address of a lesson that is none": 404,
    "a place that is none": 422,
}
"""What came back for each; django-allauth shows a form that it refuses with 200."""


class Writer:
    """Signs up and writes in one browser; stays signed in, with a second step, in another."""

    def __init__(self, url: str, manage: three.Manage) -> None:
        self.manage = manage
        self.browser, self.other = Browser(url, HEX), Browser(url, HEX)
        self.statuses: dict[str, int] = {}
        self.secret = ""
        self.codes: list[str] = []
        self.handed: list[str] = []

    @property
    def secrets(self) -> dict[str, str]:
        """What must be nowhere, each with a name."""
        return {
            "what was typed": WORD,
            "the half of it that no spelling changes": HEX,
            "an address that was not accepted": WANTED,
            "the secret of the app": self.secret,
            "the cookie of the session": self.other.cookie("session"),
            "the cookie of an ended session": self.ended,
            "the secret in the link of an invitation": self.handed[0].partition("#")[2],
            "the code of an invitation": self.handed[1].replace("-", ""),
            "the code as it is shown": self.handed[1],
            "the secret in a link that is still open": self.handed[2].partition("#")[2],
            "the name of the fault": f"{FAULT} {HEX[:20]}",
            "the secret of the therapist’s app": self.therapist.secret,
            "the secret in a link that made a client": self.therapist.handed[0].partition("#")[2],
            "the code beside it": self.therapist.handed[1].replace("-", ""),
            "the secret in a link to a client to be": self.therapist.handed[-2].partition("#")[2],
            "the code beside that one": self.therapist.handed[-1],
        }

    def write_everything(self) -> None:
        """All of it. Raises ``AssertionError`` where something else came back than it should."""
        self._sign_up()
        for prompt in TYPED:
            self.statuses[prompt] = self._save(prompt)
        note = self._save("note", path=f"{WEEK}save/note/", text=WORD)
        self.statuses["a note on a week"] = note
        self.statuses["conflict"] = self._save("moment", text=f"{WORD} from another tab")
        self._look()
        self._send_badly()
        self._settle()
        self._invite()
        self._share_a_workbook()
        self._have_a_therapist()
        self._run_into_faults()
        self.ended = self.browser.cookie("session")
        self._sign_out()
        self.statuses["signed out"] = self._save("moment")
        self._mistake_passwords()
        self._secure()
        assert self.statuses == EXPECTED

    def _sign_up(self) -> None:
        self.browser.get("/accounts/signup/")
        fields = {"email": EMAIL, "password1": WORD[:9], "consent": "on"}
        self.statuses["a password that is too short"] = self._post("/accounts/signup/", fields)
        self._post("/accounts/signup/", fields | {"password1": PASSWORD, "time_zone": WORD})
        _, page = self.browser.get(LESSON)
        found = re.search(r'name="owner" value="([0-9a-f]{32})"', page)
        assert found is not None
        self.owner = found.group(1)

    def _post(self, path: str, fields: dict[str, Any] | bytes, *more: Any, **headers: str) -> int:
        return self.browser.post(path, fields, *more, **headers)[0]

    def _save(self, prompt: str, *, path: str = "", text: str = "", **changes: str) -> int:
        typed = {"": text} if text else TYPED[prompt]
        fields = {f"{prompt}{part}": value for part, value in typed.items()}
        hidden = {"owner": self.owner, f"{prompt}:base": "", f"{prompt}:token": str(uuid.uuid4())}
        if prompt == "week":
            hidden["week:week"] = self._week()
        return self._post(path or f"{SAVE}{prompt}/", fields | hidden | changes)

    def _week(self) -> str:
        found = re.search(r'name="week:week" value="([^"]+)"', self.browser.get(LESSON)[1])
        assert found is not None
        return found.group(1)

    def _look(self) -> None:
        """At the lesson, the week, all answers, a search, a history and a comparison."""
        assert WORD in self.browser.get(LESSON)[1]
        assert WORD in self.browser.get(WEEK)[1]
        _, page = self.browser.post("/workbook/answers/", {"words": WORD})
        assert WORD in page
        self._post("/workbook/answers/", {"words": WAITING})
        assert HEX in self.browser.get(f"/lessons/search/?q={HEX}")[1]
        self.statuses["an address of a lesson that is none"] = self.browser.get(
            f"/workbook/{HEX}/"
        )[0]
        self.statuses["a place that is none"] = self._post(
            "/workbook/place/every-kind/", {"place": WORD, "owner": self.owner}
        )
        history = re.search(r'href="(/workbook/answers/[0-9a-f-]{36}/)"', page)
        assert history is not None
        _, page = self.browser.get(history.group(1))
        for version in re.findall(r'href="(\?version=[0-9a-f-]{36})"', page):
            assert WORD in self.browser.get(history.group(1) + version)[1]

    def _send_badly(self) -> None:
        statuses, post = self.statuses, self._post
        statuses["too long"] = self._save("moment", text=WORD + "x" * 20_000)
        statuses["NUL"] = self._save("moment", text=f"{WORD}\0")
        statuses["no token"] = self._save("moment", **{"moment:token": WORD})
        statuses["no owner"] = self._save("moment", path=SAVE, owner=WORD)
        statuses["no CSRF token"] = self._save("moment", csrfmiddlewaretoken=WORD)
        statuses["gone"] = self._save("moment", path=f"{SAVE}gone/")
        json = f'{{"moment": "{WORD}"}}'.encode()
        token = {"X-CSRFToken": self.browser.token}
        statuses["JSON"] = post(f"{SAVE}moment/", json, "application/json", **token)
        part = (
            f'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n{WORD}\r\n--x--'
        )
        statuses["a file"] = post(SAVE, part.encode(), "multipart/form-data; boundary=x")
        large = f"moment={WORD}".encode() + b"x" * 5_000_000
        statuses["too large"] = post(f"{SAVE}moment/", large)
        half = f"owner={self.owner}&csrfmiddlewaretoken={self.browser.token}".encode()
        broken = half + f"&moment={WORD}%ED%A0%80".encode()
        statuses["half a character"] = post(f"{SAVE}moment/", broken, FORM)
        host = {"Host": HEX}
        statuses["a foreign host"] = post("/accounts/login/", {"login": WORD}, **host)

    def _settle(self) -> None:
        self.browser.get("/accounts/settings/")
        zone = {"time_zone": "Europe/Dublin"}
        self._post("/accounts/settings/", {"display_name": NAME} | zone)
        status = self._post("/accounts/settings/", {"display_name": f"{FAULT} {HEX[:20]}"} | zone)
        self.statuses["a fault in the database"] = status
        status = self._post("/accounts/settings/", {"display_name": WORD * 3} | zone)
        self.statuses["a name that is too long"] = status
        self.browser.get("/reminders/")
        wanted = {"weekly": "on", "return": "on", "weekday": "6", "at": "18:00"}
        self.statuses["reminders"] = self._post("/reminders/", wanted)
        self.statuses["no time of day"] = self._post("/reminders/", wanted | {"at": WORD})

    def _invite(self) -> None:
        """One invitation to hand on, whose link and code are secrets, and one by mail."""
        path, statuses = "/together/invite/", self.statuses
        self.browser.get(path)
        statuses["an invitation to no address"] = self._post(path, {"email": WORD})
        statuses["an invitation by mail"] = self._post(path, {"email": INVITED})
        statuses["an invitation"], page = self.browser.post(path, {"again": "on"})
        self.handed = re.findall(r'<p class="handed[^>]*>([^<]+)</p>', page)
        statuses["what opens no invitation"] = self._post(
            "/together/join/", {"invitation": self.handed[1]}
        )
        statuses["what is no code"] = self._post("/together/join/", {"invitation": WORD})

    def _share_a_workbook(self) -> None:
        """With a friend, who leaves and invites anew; then with a partner."""
        friend = two.newcomer(self.browser.url, HEX, FRIEND)
        two.join(self.browser, friend)
        two.write(self.browser, WORD)
        two.leave(friend)
        self.friend = friend
        two.join(self.browser, two.newcomer(self.browser.url, HEX, PARTNER))
        two.write(self.browser, WORD)
        self.handed += two.handed(friend)

    def _have_a_therapist(self) -> None:
        """Who writes into everything, to one who stays, and to one with whom it ends."""
        therapist = three.Therapist(self.browser.url, HEX, THERAPIST, self.manage)
        self.therapist = therapist
        therapist.write_for_all(WORD)
        three.become_client(self.browser, therapist.invite(WORD))
        file = therapist.file_of(WORD)
        therapist.write_to(file, WORD)
        row = three.share(self.browser)
        therapist.answer(file, row, WORD)
        three.reply(self.browser, row, WORD)
        self.statuses |= therapist.write_badly(file, WORD)
        three.become_client(self.friend, therapist.invite(f"{WORD} too"))
        therapist.write_to(therapist.file_of(f"{WORD} too"), WORD)
        three.fill(self.friend, "/therapist/end/", "")
        assert WORD in self.friend.get("/workbook/answers/")[1]
        therapist.invite(f"{WORD} to be")

    def _run_into_faults(self) -> None:
        self.browser.get(LESSON)
        text = f"{WORD} and {FAULT} {HEX[:20]}"
        self.statuses["a fault in a save"] = self._save("moment", text=text)
        asked = f"?{HEX}={FAULT}+{HEX}"
        self.statuses["a fault that Django does not answer for"] = self.browser.get(
            f"/healthz{asked}"
        )[0]
        status, page = self.browser.get(f"/readyz{asked}")
        assert page == "a beginning"
        self.statuses["an answer that breaks off"] = status

    def _sign_out(self) -> None:
        self._post("/accounts/password/reset/", {"email": EMAIL})
        self.browser.get("/accounts/logout/")
        self._post("/accounts/logout/", {})

    def _mistake_passwords(self) -> None:
        self.browser.get("/accounts/login/")
        wrong = {"login": EMAIL, "password": f"{WORD} is wrong", "next": f"/{HEX}/"}
        self.statuses["a wrong password"] = self._post("/accounts/login/", wrong)
        self.browser.get("/accounts/signup/")
        fields = {"email": f"{FAULT}@example.org", "password1": PASSWORD, "consent": "on"}
        self.statuses["a fault in signing up"] = self._post("/accounts/signup/", fields)

    def _secure(self) -> None:
        """In the other browser: a new address is asked for, and a second step is set up."""
        other, statuses = self.other, self.statuses
        other.get("/accounts/login/")
        other.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
        other.get("/accounts/email/")
        asked = {"email": WANTED, "action_add": ""}
        statuses["an address without fresh proof"] = other.post("/accounts/email/", asked)[0]
        other.get("/accounts/reauthenticate/")
        wrong = {"password": f"{WORD} is wrong"}
        statuses["a wrong password before"] = other.post("/accounts/reauthenticate/", wrong)[0]
        other.post("/accounts/reauthenticate/", {"password": PASSWORD})
        _, page = other.get("/accounts/2fa/totp/activate/")
        self.secret = found_one(r'<code class="secret">([A-Z2-7]{32})</code>', page)
        _, page = other.post("/accounts/2fa/totp/activate/", {"code": code_of(self.secret)})
        self.codes = re.findall(r"<li>(\d{8})</li>", page)
        _, page = other.get("/accounts/2fa/webauthn/add/")
        options = found_one(r'<script id="js_data" type="application/json">(.*?)</script>', page)
        [asked_for] = json.loads(unescape(options)).values()
        answer = Passkey("localhost").registered(asked_for)
        other.post("/accounts/2fa/webauthn/add/", {"name": KEY_NAME, "credential": answer})


def found_one(pattern: str, page: str) -> str:
    """What the group of ``pattern`` matched."""
    found = re.search(pattern, page)
    assert found is not None, f"no {pattern} in {page[:3000]}"
    return found.group(1)
