"""Two people who share a workbook on the live site, and write into all that there is for two."""

import re

from tests.canary.browser import Browser

PASSWORD = "a quiet place by the window"
OURS = "/together/ours/for-two/line/"
PROMISES = "/together/promises/"
TOPIC = "/together/reveal/answer.every-kind.moment/"


def newcomer(url: str, says: str, email: str) -> Browser:
    """The browser of somebody who has just signed up."""
    browser = Browser(url, says)
    browser.get("/accounts/signup/")
    fields = {"email": email, "password1": PASSWORD, "consent": "on", "time_zone": "UTC"}
    browser.post("/accounts/signup/", fields)
    return browser


def handed(browser: Browser) -> list[str]:
    """The link and the code of an invitation that is for former partners too."""
    browser.get("/together/invite/")
    _, page = browser.post("/together/invite/", {"again": "on"})
    return re.findall(r'<p class="handed[^>]*>([^<]+)</p>', page)


def join(invited: Browser, inviter: Browser) -> None:
    """The one invites, the other accepts."""
    fields = {"invitation": handed(inviter)[0], "again": "on"}
    invited.get("/together/join/")
    invited.post("/together/join/", fields)
    _, page = invited.post("/together/join/", fields | {"accept": "yes"})
    assert "/together/leave/" in page


def write(browser: Browser, word: str) -> None:
    """A joint answer and a promise that both see; an answer shared, the same made ready."""
    press(browser, OURS, f"{OURS}save/", {"line": word, "save": "1"})
    wording = {"by": "me", "what": word, "until": word, "due": "2026-05-03"}
    press(browser, PROMISES, f"{PROMISES}write/", wording)
    _, page = browser.get(PROMISES)
    [promise] = set(re.findall(rf'href="({PROMISES}[0-9a-f-]{{36}}/)"', page))
    press(browser, promise, f"{promise}say/", {"state": "kept"})
    press(browser, TOPIC, TOPIC)
    _, page = browser.get("/workbook/trial/every-kind/")
    share = re.findall(r'href="(/sharing/[0-9a-f-]{36}/)"', page)[0]
    press(browser, share, share)
    assert f"{share}withdraw/" in browser.get("/sharing/")[1]


def press(browser: Browser, path: str, target: str, typed: dict[str, str] | None = None) -> None:
    """Sends the form of the page at ``path`` that leads to ``target``, and the next one, if any."""
    _, page = browser.get(path)
    for _ in range(2):
        form = re.search(rf'<form[^>]*action="{target}[^"]*"[^>]*>.*?</form>', page, re.DOTALL)
        if form is None:
            return
        fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))
        status, page = browser.post(target, fields | (typed or {}))
        assert status == 200, (target, status, page[:2000])
        if fields.get("step") != "look":
            return


def leave(browser: Browser) -> None:
    """At once."""
    browser.get("/together/leave/")
    browser.post("/together/leave/", {})
