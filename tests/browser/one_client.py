"""A therapist's clients on a live server, with all that their pages can hold."""

import json

from tests.browser.people import People, Person
from tests.servers.live import LiveServer

MAKE = """
import json
import uuid
from datetime import date, timedelta

from exercises import sessionnotes
from exercises.care.side_by_side import put_beside
from exercises.carelinks import make_link
from exercises.models import Answer, Share
from exercises.recording import Draft, record
from lessons.catalogue import catalogue
from tests.conftest import a_file
from tests.exercises.care.client_page import week_shared
from tests.exercises.care_of import assigned
from trustbook.accounts.models import User

LONG = "averylongwordwithoutanybreakinitatallforonce " * 3
therapist = User.objects.get(email={email!r})
links = [
    make_link(a_file(therapist, label), User.objects.create_user(f"{{uuid.uuid4()}}@example.org"))
    for label in (LONG.replace(" ", "")[:90], "M. and partner", "Nobody beside")
]
lesson = catalogue().lesson_by_id("honest-and-open")
for link in links[:2]:
    for prompt in (one for one in lesson.exercise.prompts if one.kind == "text"):
        where = {{"lesson_id": lesson.id, "prompt_id": prompt.id}}
        made = record(Answer, where, link.client, prompt, Draft(LONG * 3, None, uuid.uuid4()))
        pin = Share.fields_of(made.row, made.revision)
        Share.objects.create(
            owner=link.client, care=link, audience="therapist", since="2026-05-03", **pin
        )
first = links[0]
for week in (0, 1, 3):
    week_shared(first, date(2026, 3, 2) + timedelta(weeks=week), 3 + week)
assigned(first, "promises", LONG, due_on=date(2026, 5, 20), begun_on=date(2026, 5, 4))
draft = Draft(LONG, None, uuid.uuid4())
sessionnotes.save(therapist, first.file.pk, date(2026, 5, 3), sessionnotes.NOTE, draft)
put_beside(therapist, first.file.pk, links[1].file.pk)
print(json.dumps([str(first.file.pk), str(links[2].file.pk), str(a_file(therapist, "New").pk)]))
"""
FULL = ("", "shared/", "weeks/", "beside/", "sheet/?notes=1", "notes/", "notes/2026-05-03/")
"""The pages of a client who shares something, and has somebody beside them."""
BARE = ("beside/", "met/")
"""Those that are otherwise where there is nothing and nobody."""


def with_clients(site: LiveServer, people: People) -> tuple[Person, list[str]]:
    """A therapist, and the addresses of their clients' pages."""
    therapist = people.therapist()
    printed = site.manage("shell", "--verbosity=0", "-c", MAKE.format(email=therapist.email))
    full, bare, unlinked = json.loads(printed.splitlines()[-1])
    return therapist, [
        *(f"/care/clients/{full}/{what}" for what in FULL),
        *(f"/care/clients/{bare}/{what}" for what in BARE),
        f"/care/clients/{unlinked}/",
    ]
