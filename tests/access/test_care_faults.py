"""The walk of therapists and clients finds what it looks for: each check is taken out once."""

from typing import NamedTuple

import pytest

from tests.access.care_scenes import CareScene
from tests.access.care_walking import cells, elsewhere
from tests.access.test_care_states import ASKED, OURS, findings
from tests.access.test_faults import Fault, plant

pytestmark = pytest.mark.prove

ACCESS, MODELS = "exercises.access.", "exercises.models."
GATE = "trustbook.accounts.therapists:"
LIVE = "link__in=CareLink.objects.live().filter(client=person)"
ANY = "link__in=CareLink.objects.live()"


class Gone(NamedTuple):
    """Where ``was`` becomes ``is_now``, ``role`` finds it in ``state``."""

    function: str
    was: str
    role: str
    state: str = "responded"
    is_now: str = ""


FAULTS = {
    "anybody’s file": Gone(ACCESS + "care:own_file", "therapist=therapist, ", "other"),
    "anybody’s client": Gone(ACCESS + "care:own_link", "therapist=therapist, ", "other"),
    "a link that has ended": Gone(
        MODELS + "care:CareLinkQuerySet.live", "ended_at=None,", "therapist", "ended half way"
    ),
    "a link that has ended, for the client": Gone(
        MODELS + "care:CareLinkQuerySet.live", "ended_at=None,", "client", "ended half way"
    ),
    "a therapist who is disabled": Gone(
        MODELS + "care:CareLinkQuerySet.live",
        "therapist__is_active=True,",
        "client",
        "therapist disabled",
    ),
    "what anybody shares": Gone(ACCESS + "openings:read_shared", "care=link, ", "therapist"),
    "the newest text for the one that was shared": Gone(
        ACCESS + "openings:_read", "share.revision,", "therapist", is_now="share.row.head,"
    ),
    "what the client said, to change it": Gone(
        ACCESS + "responses:_said", "writer=writer, ", "therapist"
    ),
    "what was said to anybody": Gone(
        ACCESS + "responses:own_responses", ".filter(client=client)", "partner"
    ),
    "anybody’s assignment": Gone(
        ACCESS + "care:given_assignment", ".filter(therapist=therapist)", "other"
    ),
    "another client’s assignment": Gone(
        ACCESS + "client:own_assignment", LIVE, "partner", is_now=ANY
    ),
    "what any client was assigned": Gone(
        ACCESS + "client:own_assignments", LIVE, "pupil", is_now=ANY
    ),
    "anybody’s therapist": Gone(ACCESS + "client:care_of", "client=person", "stranger"),
    "anybody’s pathway": Gone(ACCESS + "care:own_pathway", "therapist=therapist, ", "other"),
    "anybody’s lesson": Gone(ACCESS + "care:written_lesson", "therapist=therapist, ", "other"),
    "any therapist’s lesson, to read": Gone(ACCESS + "client:_given", LIVE, "pupil", is_now=ANY),
    "any lesson’s text, for a client of nobody": Gone(
        ACCESS + "client:_given", LIVE, "stranger", is_now=ANY
    ),
    "anybody for a therapist": Gone(
        GATE + "has_role", 'bool(getattr(person, "is_therapist", False))', "stranger", is_now="True"
    ),
    "a proof of any age": Gone(GATE + "standing", " and _within(record, PROOF_LASTS)", "late"),
    "no second step": Gone(GATE + "standing", "if not steps:", "unready", is_now="if False:"),
    "anybody’s note": Gone(ACCESS + "care:locked_file", "therapist=therapist, ", "other"),
    "anybody’s practice page": Gone(
        ACCESS + "care:practice_of", "filter(", "partner", is_now="exclude("
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_check_that_is_gone_is_missed(trial, monkeypatch, name):
    gone = FAULTS[name]
    scene = CareScene(gone.state)
    asked = [*cells(scene, OURS, [gone.role], ASKED), *elsewhere(scene, [gone.role])]
    plant(Fault(gone.function, gone.was, gone.state, gone.role, gone.is_now), monkeypatch)
    assert next(findings(scene, asked), "")
