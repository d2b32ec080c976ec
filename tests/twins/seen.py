"""What somebody receives, byte for byte, without what is chance.

Masked are: CSRF tokens and cookies, the session's cookie, and what is a world's own by name (the
addresses and marks of its people). A random id becomes its number in the order in which its
reader first meets it, in whatever they receive: what is the same thing twice must be so in the
other world too, and nothing but that can be told from a random number.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from difflib import unified_diff

from django.core.mail import EmailMessage
from django.http.response import HttpResponseBase

CHANCE = [
    re.compile(r'name="csrfmiddlewaretoken" value="\w+'),
    re.compile(r'"csrf": "\w+'),
    re.compile(r"\bcsrf=\w+"),
    re.compile(r"\bsession=\w+"),
    re.compile(r'name="token" value="[\w-]{22,36}"'),
]
RANDOM_ID = [
    re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
    # of a mail
    re.compile(r"(?<=Message-ID: <)[0-9a-f]{32}(?=@)"),
    # of all weeks of one's own: a digest of their ids
    re.compile(r'(?<=name="digest" value=")[0-9a-f]{64}'),
    # of a promise in a list of one's own, where it is typed into and where it is taken along
    re.compile(r'(?<=\.id" value=")[0-9a-f]{32}(?=")'),
    re.compile(r'(?<="id":")[0-9a-f]{32}(?=")'),
]


class Eyes:
    """What one person of one world gets to see. ``names`` are of that world: each with its mask."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = dict(names)
        self.met: dict[str, int] = {}

    def answer(self, path: str, response: HttpResponseBase, hidden: str = "") -> str:
        """Status, headers in their order, cookies and body of what came back from ``path``.

        ``hidden`` is an id that only the asker of this test knows.
        """
        head = [f"{path} → {response.status_code} {response.reason_phrase}"]
        head += [f"{name}: {value}" for name, value in response.items()]
        head += [morsel.OutputString() for morsel in response.cookies.values()]
        whole = "\n".join([*head, "", _text(response)])
        return self.masked(whole.replace(hidden, "<hidden>") if hidden else whole)

    def mail(self, mail: EmailMessage) -> str:
        """A mail as it is sent."""
        return self.masked(mail.message().as_string())

    def masked(self, text: str) -> str:
        """The text without what is chance, and without the names of this world."""
        for name, mask in self.names.items():
            text = text.replace(name, mask)
        for chance in CHANCE:
            text = chance.sub("*", text)
        for random_id in RANDOM_ID:
            text = random_id.sub(self._number, text)
        return text

    def _number(self, found: re.Match[str]) -> str:
        return f"<id {self.met.setdefault(found[0], len(self.met) + 1)}>"


def difference(one: str, other: str) -> str:
    """The lines by which two things that were seen differ."""
    lines = unified_diff(one.splitlines(), other.splitlines(), "one world", "other", n=1)
    return "\n".join(lines)


def _text(response: HttpResponseBase) -> str:
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    if response.headers.get("Content-Type") == "application/zip":
        return _unpacked(body)
    return body.decode()


def _unpacked(archive: bytes) -> str:
    """The files of an archive, with what the archive says of each."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return "\n".join(
            f"{about.filename} {about.date_time} {about.external_attr}\n"
            f"{files.read(about).decode(errors='replace')}"
            for about in files.infolist()
        )
