"""The very next request after the end: in every tab and download of both, nothing is left of it."""

import pytest

from exercises import carelinks
from exercises.models import CareLink, Opening, Response
from tests.conftest import signed_in
from tests.exercises.care_of import CANARY, SAID, assigned, shared
from tests.exercises.talk import BACK, WORDS, replies, responds

LESSON = "every-kind"
SECRETS = (CANARY, SAID, WORDS, BACK)
AFTER = {
    "": 200,
    "shared/": 404,
    f"lessons/{LESSON}/": 404,
    "weeks/": 404,
    "beside/": 404,
    "sheet/": 404,
    "sheet.pdf": 404,
    f"fhir/{LESSON}/": 404,
    "respond/{row}/": 404,
    "notes/": 200,
    "label/": 200,
    "invite/": 200,
    "end/": 302,
}
"""What a therapist's browser gets, below the address of the client's file."""
ELSEWHERE = {
    "/care/": 200,
    "/care/clients.csv": 200,
    "/care/assign/": 200,
    "/care/assignments/{assignment}/": 404,
    "/care/responses/{response}/": 404,
}
OF_THE_CLIENT = (
    "/therapist/",
    "/therapist/assignments/{assignment}/",
    "/therapist/answers/{row}/",
    "/therapist/answers/",
    "/therapist/responses/{response}/",
    f"/therapist/fhir/{LESSON}/",
    "/therapist/end/",
    "/workbook/",
    "/sharing/",
)


class Tabs:
    """Of both, open on all that there was between them."""

    def __init__(self, care, desk, writing):
        self.care, self.desk, self.writing = care, desk, writing
        self.share = shared(care, writing)
        self.given = assigned(care)
        responds(desk, care, self.share)
        replies(writing, care, self.share)
        self.response, self.reply = (
            care.responses.get(writer=one).pk for one in (care.therapist, care.client)
        )
        self.file = f"/care/clients/{care.file.pk}/"

    def addresses(self):
        """All of the therapist's, with what they get afterwards."""
        below = {f"{self.file}{path}": status for path, status in AFTER.items()}
        return {self.spelt(path): status for path, status in (below | ELSEWHERE).items()}

    def spelt(self, path, response=None):
        return path.format(
            row=self.share.row_id,
            assignment=self.given.pk,
            response=response or self.response,
        )


@pytest.fixture
def tabs(trial, care, desk, writing):
    return Tabs(care, desk, writing)


def body(response):
    whole = b"".join(response) if response.streaming else response.content
    return whole.decode(errors="replace")


ENDINGS = {
    "by the link": lambda care: carelinks.end(care),
    "half, by a crash": lambda care: carelinks._part(care),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_every_tab_of_the_therapist(tabs, how):
    before = {path: tabs.desk.get(path) for path in tabs.addresses()}
    shown = "\n".join(body(response) for response in before.values())
    assert [secret for secret in SECRETS if secret not in shown] == []
    assert {path for path, one in before.items() if one.status_code != 200} <= {
        f"{tabs.file}{path}" for path in ("beside/", "invite/")
    }
    noted = Opening.objects.count()
    ENDINGS[how](tabs.care)
    after = {path: tabs.desk.get(path) for path in tabs.addresses()}
    assert {path: one.status_code for path, one in after.items()} == tabs.addresses()
    shown = "\n".join(body(response) for response in after.values())
    assert [secret for secret in SECRETS if secret in shown] == []
    assert Opening.objects.count() == noted


def test_what_is_sent_from_an_open_tab(tabs):
    """Both had a form before them; nothing of it is kept for the other."""
    was = CareLink.objects.select_related("file", "therapist", "client").get()
    carelinks.end(tabs.care)
    assert responds(tabs.desk, was, tabs.share, "too late").status_code == 404
    assert replies(tabs.writing, was, tabs.share, "too late").status_code == 404
    given = f"/therapist/assignments/{tabs.given.pk}/"
    for press in ("begin/", "done/", "aside/"):
        assert tabs.writing.post(f"{given}{press}").status_code == 404
    assert Response.objects.count() == 0


@pytest.mark.parametrize("how", ENDINGS)
def test_every_tab_of_the_client_is_that_of_who_never_had_a_therapist(tabs, stranger, how):
    ENDINGS[how](tabs.care)
    never = signed_in(stranger)
    never.get("/workbook/trial/every-kind/")
    paths = [tabs.spelt(path, tabs.reply) for path in OF_THE_CLIENT]
    told = [(tabs.writing.get(path), never.get(path)) for path in paths]
    assert [mine.status_code for mine, _ in told] == [none.status_code for _, none in told]
    shown = "\n".join(body(mine) for mine, _ in told)
    assert [secret for secret in (SAID, WORDS, BACK) if secret in shown] == []
