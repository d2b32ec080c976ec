"""What makes the machine quick, and leaves everything that a partner receives as it is."""

import gc
import logging
import os
from itertools import count
from uuid import UUID

import pytest
from django.db import connection

from exercises.care import sheet
from exercises.models import Keepsake
from tests.twins.pages import CONTENT
from tests.twins.world import READ
from trustbook.accounts import sessions, therapists
from trustbook.accounts.sessions import SessionStore
from trustbook.privacy import workbook


@pytest.fixture(autouse=True)
def _lessons_for_two(settings):
    settings.CONTENT_DIRS = [CONTENT]


@pytest.fixture(autouse=True)
def _on_sqlite_only():
    if connection.vendor != "sqlite":
        pytest.skip("the pages are the same on PostgreSQL; SQLite is quicker")


@pytest.fixture(autouse=True)
def _typesetting_is_not_repeated(monkeypatch):
    """The PDF of an export comes from what it is made of, and from nothing else."""

    def not_set(*about):
        return repr(workbook.data_of(*about)).encode()

    monkeypatch.setattr("trustbook.privacy.workbook.pdf", not_set)

    def no_sheet(*about):
        return repr(sheet.data_of(*about)).encode()

    monkeypatch.setattr("exercises.care.sheets.pdf_of", no_sheet)


@pytest.fixture(autouse=True)
def _few_time_zones(monkeypatch):
    """Six hundred of them would take longer to draw than all the rest."""
    monkeypatch.setattr("trustbook.accounts.forms.available_timezones", lambda: {"UTC"})


@pytest.fixture(autouse=True)
def _a_session_is_read_once_a_step(monkeypatch):
    """Reading it, with its user, would be a quarter of the work; once written, it is read anew."""
    load, save = SessionStore.load, SessionStore.save

    def load_once(self):
        if self.session_key not in READ:
            contents = load(self)
            READ[self.session_key] = self.row, contents
        self.row, contents = READ[self.session_key]
        return dict(contents)

    def save_and_forget(self, must_create=False):
        READ.clear()
        save(self, must_create)

    monkeypatch.setattr(SessionStore, "load", load_once)
    monkeypatch.setattr(SessionStore, "save", save_and_forget)


@pytest.fixture(autouse=True)
def _the_second_step_is_always_fresh(monkeypatch):
    """Days pass here, after which a therapist would have to show it again, and to sign in."""
    monkeypatch.setattr(therapists, "standing", lambda request: therapists.Standing.PROVED)
    monkeypatch.setattr(sessions, "hold", lambda request, user: None)


@pytest.fixture(autouse=True)
def _copies_stand_in_one_order(monkeypatch):
    """Those of several partings stand in the order of random ids, which would be another one in
    each world; here their ids grow."""
    of_piece, numbers = Keepsake.of_piece, count(1)

    def growing(*about):
        keepsake = of_piece(*about)
        keepsake.id = keepsake.source = UUID(int=next(numbers) << 80, version=5)
        return keepsake

    monkeypatch.setattr(Keepsake, "of_piece", growing)


@pytest.fixture(autouse=True)
def _nothing_waits_for_the_disk(monkeypatch):
    """The ledger of what was erased; nobody is killed here."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture(autouse=True)
def _without_a_log():
    """Refusals are looked for here by the thousand."""
    logging.disable()
    gc.disable()
    yield
    gc.enable()
    logging.disable(logging.NOTSET)
