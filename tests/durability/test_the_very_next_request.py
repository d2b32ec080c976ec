"""Withdrawn, closed, left or ended: five open tabs of the other, on several workers, show nothing.

The real server, on SQLite and on PostgreSQL. No worker may remember who could see what.
"""

import os
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

import psutil
import pytest
from django.conf import settings

from exercises import access, carelinks, couples
from exercises.models import Answer, Audience, Opening
from exercises.recording import Draft, record
from exercises.sharing import actions as sharing
from exercises.together import opening
from exercises.topics import topic_called
from tests.conftest import a_file, a_therapist, at_the_desk
from tests.durability.browser import Browser, signed_in_person
from tests.durability.installation import CONTENT
from tests.twins import pages as twins

TEXT = "a heron stood in the rain"
PLACE = {"lesson_id": "one", "prompt_id": "wish"}
TOPIC = topic_called("answer.one.wish")
TABS, WORKERS = 5, 3


@pytest.fixture(scope="module")
def served(installation):
    """The server, with lessons for two beside the usual ones."""
    folders = [*CONTENT, twins.CONTENT]
    installation.env["TRUSTBOOK_CONTENT_DIR"] = os.pathsep.join(map(str, folders))
    installation.workers = WORKERS
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture(autouse=True)
def _lessons_for_two(here, settings):
    settings.CONTENT_DIRS = [*settings.CONTENT_DIRS, twins.CONTENT]


class Tab(Browser):
    """An open page, with a connection of its own."""

    def shows(self, path):
        """Whether the text stands there, whatever else comes back."""
        status, page = self._ask("GET", path)
        assert status < 500
        return TEXT in page

    def press(self, path, form, **fields):
        """Sends the form that stands on a page."""
        _, page = self._ask("GET", form)
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        sent = urlencode({"csrfmiddlewaretoken": token[1], **fields})
        status, _ = self._ask("POST", path, sent)
        assert status == 302


class Shown:
    """A couple; the author's text is shared and opened, and the partner has five tabs open."""

    def __init__(self, served):
        self.author, cookies = signed_in_person()
        self.partner, theirs = signed_in_person()
        couples.make_couple(self.author, self.partner)
        self.row, other = written(self.author, TEXT), written(self.partner, "theirs")
        opening.ready(self.author, TOPIC, [self.row.head_id])
        opening.ready(self.partner, TOPIC, [other.head_id])
        sharing.share(self.author, self.row, self.row.head_id, Audience.PARTNER)
        self.own = Tab(served, cookies)
        self.tabs = [Tab(served, theirs) for _ in range(TABS)]

    def withdraws(self):
        """Where it is shared."""
        form = f"/sharing/{self.row.pk}/"
        self.own.press(f"{form}withdraw/", form, audience="partner", back="who")

    def closes(self):
        """Where it was opened together."""
        form = f"/together/reveal/{TOPIC.name}/"
        self.own.press(f"{form}close/", form, open="1")

    def leaves(self):
        """Where both see it no more."""
        self.own.press("/together/leave/", "/together/leave/")


class Cared:
    """A client whose text is shared, and five tabs of the therapist, second step shown."""

    def __init__(self, served):
        self.author, cookies = signed_in_person()
        self.therapist = a_therapist(f"{uuid.uuid4().hex}@example.org")
        file = a_file(self.therapist, "Tuesday")
        carelinks.make_link(file, self.author)
        self.row = written(self.author, TEXT)
        sharing.share(self.author, self.row, self.row.head_id, Audience.THERAPIST)
        self.file = f"/care/clients/{file.pk}/"
        desk = at_the_desk(self.therapist)
        theirs = {settings.SESSION_COOKIE_NAME: desk.cookies[settings.SESSION_COOKIE_NAME].value}
        self.own = Tab(served, cookies)
        self.tabs = [Tab(served, theirs) for _ in range(TABS)]

    def withdraws(self):
        """Where it is shared."""
        form = f"/sharing/{self.row.pk}/"
        self.own.press(f"{form}withdraw/", form, audience="therapist", back="who")

    def ends(self):
        """Where the client ends it."""
        self.own.press("/therapist/end/", "/therapist/end/")


def written(person, text):
    asked = access.prompt_of(access.lesson_with("one"), "wish")
    saved = record(Answer, PLACE, person, asked, Draft(text, None, uuid.uuid4()))
    assert saved is not None
    return saved.row


def workers_of(served, tabs):
    """How many processes of the server hold these connections."""
    ports = {tab.connection.sock.getsockname()[1] for tab in tabs}
    family = psutil.Process(served.process.pid).children(recursive=True)
    return sum(
        any(held.raddr and held.raddr.port in ports for held in one.net_connections("tcp"))
        for one in family
    )


def at_once(*actions):
    """What each returns, all begun at one moment."""
    start = Barrier(len(actions))

    def run(action):
        start.wait(10)
        return action()

    with ThreadPoolExecutor(len(actions)) as hands:
        return list(hands.map(run, actions))


LESSON, REVEAL = "/together/lesson/one/", f"/together/reveal/{TOPIC.name}/"


@pytest.mark.parametrize(
    ("ends", "path"),
    [("withdraws", LESSON), ("closes", REVEAL), ("leaves", LESSON), ("leaves", REVEAL)],
)
def test_it_shows_nothing_in_five_tabs(served, ends, path):
    shown = Shown(served)
    if path == LESSON:
        shown.closes()
    assert [tab.shows(path) for tab in shown.tabs] == [True] * TABS
    for _ in range(50):
        if workers_of(served, shown.tabs) > 1:
            break
        shown.tabs[0].close()
        assert shown.tabs[0].shows(path)
    assert workers_of(served, shown.tabs) > 1
    getattr(shown, ends)()
    assert at_once(*(lambda tab=tab: tab.shows(path) for tab in shown.tabs)) == [False] * TABS
    for tab in (*shown.tabs, shown.own):
        tab.close()


@pytest.mark.prove
@pytest.mark.parametrize("ends", ["withdraws", "ends"])
@pytest.mark.parametrize("path", ["shared/", "lessons/one/", "sheet/", "fhir/one/"])
def test_it_shows_a_therapist_nothing_in_five_tabs(served, ends, path):
    shown = Cared(served)
    at = f"{shown.file}{path}"
    assert [tab.shows(at) for tab in shown.tabs] == [True] * TABS
    getattr(shown, ends)()
    noted = Opening.objects.filter(owner=shown.author).count()
    assert at_once(*(lambda tab=tab: tab.shows(at) for tab in shown.tabs)) == [False] * TABS
    assert Opening.objects.filter(owner=shown.author).count() == noted
    for tab in (*shown.tabs, shown.own):
        tab.close()
