"""A browser that writes: what it was told is saved, and nothing else, counts as saved."""

import http.client
import json
import re
import uuid
from html import unescape
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tests.durability.installation import Installation
from trustbook.accounts.models import User

PAGE = "/workbook/trial/every-kind/"
SAVE = "/workbook/save/every-kind/moment/"
PROMPT = "moment"


class NotSaved(Exception):
    """No success was told: the text stays in the page, to be sent again."""


class Browser:
    """One tab with the lesson open. ``cookies`` are those of a person who is signed in."""

    def __init__(self, installation: Installation, cookies: dict[str, str]) -> None:
        self.port, self.cookies = installation.port, cookies
        self.hidden: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None

    def open(self) -> None:
        """Loads the page. Raises ``NotSaved`` when it does not come."""
        status, page = self._ask("GET", PAGE)
        if status != 200:
            raise NotSaved(f"the page came with {status}")
        names = ["csrfmiddlewaretoken", "owner", f"{PROMPT}:base"]
        self.hidden = {name: _hidden(page, name) for name in names}

    def save(self, text: str, token: str) -> int:
        """Sends a text; 200 or 409 once it is saved, and the page goes on from what is newest.

        Raises ``NotSaved`` for a server that failed or fell silent.
        """
        fields = self.hidden | {PROMPT: text, f"{PROMPT}:token": token}
        status, body = self._ask("POST", SAVE, urlencode(fields))
        if status >= 500:
            raise NotSaved(f"the server said {status}")
        assert status in (200, 409), f"{status}: {body}"
        told = json.loads(body)
        self.hidden[f"{PROMPT}:base"] = told["revision"] if status == 200 else told["head"]
        return status

    def close(self) -> None:
        """Hangs up."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Host": f"localhost:{self.port}",
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NotSaved(str(error)) from error


def signed_in_person() -> tuple[User, dict[str, str]]:
    """A new person, and the cookies of a browser in which they are signed in."""
    person = User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    assert client.get(PAGE).status_code == 200
    names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
    return person, {name: client.cookies[name].value for name in names}


def _hidden(page: str, name: str) -> str:
    """The value of a hidden input."""
    found = re.search(f'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, f"the page has no {name}"
    return unescape(found[1])
