"""What the database itself refuses, whatever code there is."""

import pytest
from django.db import IntegrityError, transaction

from exercises import access
from exercises.models import Share
from tests.exercises.pulse.checkin import told
from tests.exercises.pulse.conftest import THIS


def refused(**fields):
    """Whether the database takes no such row."""
    try:
        with transaction.atomic():
            Share.objects.create(since="2026-05-03", **fields)
    except IntegrityError:
        return True
    return False


@pytest.fixture
def good(page, answer, couple):
    """The fields of a share with the partner."""
    pin = Share.fields_of(answer, answer.head)
    return {"owner": page.person, "audience": "partner", "couple": couple, **pin}


def test_one_of_each_audience(good, care):
    assert not refused(**good)
    assert refused(**good)
    assert not refused(**good | {"audience": "therapist", "couple": None, "care": care})


@pytest.mark.parametrize(
    "wrong",
    [
        {"couple": None},
        {"audience": "therapist"},
        {"audience": "therapist", "couple": None},
        {"audience": "everybody"},
        {"audience": "everybody", "couple": None},
        {"answer_revision": None},
        {"answer": None},
        {"answer": None, "answer_revision": None},
    ],
    ids=str,
)
def test_half_a_share(good, wrong):
    assert refused(**good | wrong)
    assert not refused(**good)


def test_two_things_in_one(good, page):
    told(page.person, THIS, {"openness": 3})

    [pulse] = access.own_pulses(page.person)
    assert refused(**good | Share.fields_of(pulse, pulse.head))
