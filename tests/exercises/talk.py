"""What two people say to each other about a shared text, as their browsers send it."""

import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from exercises.models import CareLink, Response, Share
from tests.exercises.workbook import FORM
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark

WORDS = "the otter dives under the bridge"
BACK = "the otter comes up again"


def respond_path(link: CareLink, share: Share) -> str:
    """The therapist's page about one shared text."""
    return f"/care/clients/{link.file.pk}/respond/{share.row_id}/"


def thread_path(share: Share) -> str:
    """The client's."""
    return f"/therapist/answers/{share.row_id}/"


def send(browser: Client, person: User, path: str, text: str, **fields: Any) -> Any:
    """Posts a text with what a form of ours would send besides."""
    sent = {"owner": owner_mark(person), "text": text}
    sent |= {f"text:{name}": str(value) for name, value in fields.items()}
    return browser.post(path, urlencode(sent), content_type=FORM)


def responds(desk: Client, link: CareLink, share: Share, text: str = WORDS, **fields: Any) -> Any:
    """The therapist says something."""
    fields = {"revision": share.revision_id, "token": uuid.uuid4()} | fields
    return send(desk, link.therapist, f"{respond_path(link, share)}send/", text, **fields)


def replies(browser: Client, link: CareLink, share: Share, text: str = BACK, **fields: Any) -> Any:
    """The client says something in return."""
    fields = {"revision": share.revision_id, "token": uuid.uuid4()} | fields
    return send(browser, link.client, f"{thread_path(share)}reply/", text, **fields)


def words(response: Any) -> str:
    """What a page says, from its heading on."""
    inner = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", inner.partition(">")[2]).split())


def stored(link: CareLink) -> list[str]:
    """All that both said, opened, in the order of writing."""
    rows = Response.objects.filter(link=link).order_by("written_at", "pk")
    return [row.open(link) for row in rows]
