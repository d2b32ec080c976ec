"""The pages of one client, as their therapist finds them."""

import re
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from exercises.models import CareLink, Opening, Share
from exercises.models.pulse import Pulse
from tests.exercises.pulse.checkin import told

READING = ("shared/", "lessons/every-kind/", "weeks/", "sheet/", "sheet.pdf")
"""Every page on which something that was shared is opened; ``beside/`` is two clients'."""


def at(link: CareLink, what: str = "") -> str:
    """The address of a page of this client."""
    return f"/care/clients/{link.file.pk}/{what}"


def main_of(browser: Client, path: str) -> str:
    """What a page says in its main part; it must be there."""
    response = browser.get(path)
    assert response.status_code == 200, (path, response.status_code)
    found = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert found is not None
    return found[0]


def words_of(browser: Client, path: str) -> str:
    """The same without the marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", main_of(browser, path)).split())


def week_shared(link: CareLink, monday: date, number: int, **fields: Any) -> Share:
    """A week of the client's that the therapist is shown."""
    told(link.client, monday, {"openness": number})
    row = Pulse.objects.of(link.client).get(week=monday)
    pin = Share.fields_of(row, row.head)
    given = {"since": "2026-05-03"} | fields
    return Share.objects.create(owner=link.client, care=link, audience="therapist", **pin, **given)


def record_of(link: CareLink) -> list[tuple[str, str]]:
    """What stands in the client's record: what was opened, and how; the first time first."""
    rows = Opening.objects.filter(owner=link.client).order_by("opened_at", "prompt_id", "week")
    assert {row.reader for row in rows} <= {link.therapist_id}
    return [(row.prompt_id or str(row.week), row.how) for row in rows]


def today() -> date:
    """The therapist's own."""
    return timezone.localdate()
