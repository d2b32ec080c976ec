"""Whatever a therapist’s page opens of a client’s is in the record, and nothing else is."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from exercises.care.side_by_side import put_beside
from exercises.carelinks import make_link
from exercises.models import Answer, Opening, Pulse
from exercises.models.revisions import Kept
from tests.access.test_addresses import names
from tests.conftest import a_file
from tests.exercises.care.client_page import week_shared
from tests.exercises.care_of import CANARY, assigned, shared

THEIRS = "a wren sang in the hedge"
NOWHERE = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def addresses(trial, care, therapist, partner, writing, beside):
    """Every page of a therapist whose two clients share something and have something assigned."""
    other = make_link(a_file(therapist, "M. and partner"), partner)
    for link, browser, text in ((care, writing, CANARY), (other, beside, THEIRS)):
        shared(link, browser, text=text)
        shared(link, browser, "sure", "3")
        week_shared(link, date(2026, 3, 2), 3)
    row = assigned(care)
    put_beside(therapist, care.file.pk, other.file.pk)
    parts = {
        "file": care.file.pk,
        "lesson": "every-kind",
        "day": "2026-05-03",
        "row": Answer.objects.filter(author=care.client)[0].pk,
        "assignment": row.pk,
        "response": NOWHERE,
        "pathway": NOWHERE,
        "name": "first-steps",
    }
    return [
        path
        for name in names(get_resolver())
        if name.startswith("care:")
        for path in _paths(name, parts)
    ]


def _paths(name, parts):
    """The address of a page, with those of its parts that it has."""
    tried = [{}, *({"file": parts["file"]} | {key: parts[key]} for key in parts)]
    tried += [{key: parts[key]} for key in parts]
    for kwargs in tried:
        try:
            yield reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
        else:
            return


def test_every_text_that_is_opened_is_recorded_once_in_the_same_request(
    addresses, desk, monkeypatch
):
    opened = []
    read = Kept.open

    def noted(row, revision, keeper):
        if isinstance(row, Answer | Pulse):
            opened.append(revision.pk)
        return read(row, revision, keeper)

    monkeypatch.setattr(Kept, "open", noted)
    shown = []
    for path in addresses:
        opened.clear()
        before = set(Opening.objects.values_list("pk", flat=True))
        page = desk.get(path).content.decode(errors="replace")
        recorded = Opening.objects.exclude(pk__in=before).values_list("revision", flat=True)
        assert (path, sorted(opened)) == (path, sorted(recorded))
        assert not (CANARY in page or THEIRS in page) or opened
        shown += [path.rsplit("/", 2)[-2]] if CANARY in page else []
    assert {"shared", "every-kind", "beside", "sheet"} <= set(shown)
