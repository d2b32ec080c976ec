"""The session sheet: what is new since the last session, on paper too, and in the record."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exercises.models import Opening, Response, Share
from tests.conftest import at_the_desk
from tests.exercises.care.client_page import at, record_of, today, week_shared, words_of
from tests.exercises.care.notes import NoteBook
from tests.exercises.care_of import CANARY, SAID, assigned, shared
from tests.exercises.talk import BACK, WORDS, replies, responds
from tests.privacy.pdf import Pdf
from trustbook.lib import typesetting

NOW = datetime(2026, 5, 10, 12, 0, tzinfo=UTC)
BEFORE, SINCE = date(2026, 5, 1), date(2026, 5, 3)
NOTED = "a rook sat on the roof"


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """On the small course."""


def without_blanks(text: str) -> str:
    """Where lines break says nothing."""
    return "".join(text.split())


def pdf_of(desk, care, query: str = "") -> Pdf:
    """The sheet as a PDF."""
    response = desk.get(at(care, f"sheet.pdf{query}"))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    return Pdf(response.content)


def opened_before(care, share: Share) -> None:
    """The therapist opened it before the last session, as it is shared now."""
    Opening.objects.create(
        owner=care.client,
        reader=care.therapist_id,
        row=share.row_id,
        revision=share.revision_id,
        how="screen",
        opened_at=datetime(2026, 5, 2, 12, tzinfo=UTC),
    )


def met(care, day: date) -> None:
    """The last session was that day."""
    care.file.met_on = day
    care.file.save()


def test_everything_while_there_was_no_session(care, writing, desk):
    shared(care, writing)
    assigned(care)
    words = words_of(desk, at(care, "sheet/"))
    assert "Everything that is shared with you now." in words
    assert CANARY in words
    assert "Every kind – Not begun" in words


def test_what_is_new_since_the_last_session(care, writing, desk):
    old = shared(care, writing, "sure", "3")
    shared(care, writing)
    Share.objects.filter(pk=old.pk).update(since=BEFORE)
    opened_before(care, old)
    met(care, SINCE)
    words = words_of(desk, at(care, "sheet/"))
    assert "What is new since the last session, on 3 May 2026." in words
    assert CANARY in words
    assert "How sure are you?" not in words
    assert "How sure are you?" in words_of(desk, at(care, "sheet/?all=1"))


def test_what_was_never_opened_is_new_and_stays_so_until_the_next_session(care, writing, desk):
    Share.objects.filter(pk=shared(care, writing).pk).update(since=BEFORE)
    met(care, SINCE)
    for _ in range(2):
        assert CANARY in words_of(desk, at(care, "sheet/"))
    assert without_blanks(CANARY) in without_blanks(pdf_of(desk, care).text())
    met(care, today() + timedelta(days=1))
    assert CANARY not in words_of(desk, at(care, "sheet/"))


def test_begun_and_done_since(care, desk):
    assigned(care, "every-kind", begun_on=BEFORE)
    assigned(care, "looking-back", begun_on=BEFORE, done_on=SINCE)
    assigned(care, "last", begun_on=SINCE)
    met(care, SINCE)
    words = words_of(desk, at(care, "sheet/"))
    assert "Every kind" not in words
    assert "Looking back – Done 3 May" in words
    assert words.count("Begun 3 May") == 1
    assert SAID not in words


def test_weeks_are_on_it(care, desk):
    week_shared(care, date(2026, 3, 2), 3)
    week_shared(care, date(2026, 3, 9), 5)
    assert "3 of 7 in the week of 2 March 2026, 5 of 7" in words_of(desk, at(care, "sheet/"))
    pdf = pdf_of(desk, care)
    assert pdf.tags().count("Figure") == 5
    assert "2March2026" in without_blanks(pdf.text())


def test_private_notes_only_if_asked_for(care, desk, therapist):
    NoteBook(desk, therapist, care.file.pk).saved("note", NOTED)
    assert NOTED not in words_of(desk, at(care, "sheet/"))
    assert NOTED not in words_of(desk, at(care, "sheet/?all=1"))
    assert NOTED in words_of(desk, at(care, "sheet/?notes=1"))
    assert without_blanks(NOTED) not in without_blanks(pdf_of(desk, care).text())
    assert without_blanks(NOTED) in without_blanks(pdf_of(desk, care, "?notes=1").text())
    met(care, today() + timedelta(days=1))
    assert NOTED not in words_of(desk, at(care, "sheet/?notes=1"))


def test_the_pdf_is_tagged_and_neutral(care, writing, desk):
    shared(care, writing)
    assigned(care)
    response = desk.get(at(care, "sheet.pdf"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
    pdf = Pdf(response.content)
    about = re.search(rb"<\?xpacket.*?<\?xpacket end", pdf.whole, re.DOTALL)
    assert about is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about[0]
    assert b"/Title(Session sheet)" in pdf.whole
    assert b"Tuesday" not in about[0]
    text = without_blanks(pdf.text())
    for said in ("Tuesday,10:00", "Whichmomentcomestomind?", CANARY, "Shared3May", "Notbegun"):
        assert without_blanks(said) in text
    assert SAID not in text
    assert pdf.tags().count("H1") == 2
    assert pdf.tags().count("H2") == 1
    assert record_of(care) == [("moment", "pdf")]


def test_an_empty_pdf_says_so(care, desk):
    assert "Nothingisnew." in without_blanks(pdf_of(desk, care).text())


def test_where_it_cannot_be_set_the_page_says_so(care, writing, desk, monkeypatch):
    def broken(*_):
        raise typesetting.NotSet("TimeoutExpired")

    shared(care, writing)
    monkeypatch.setattr(typesetting, "pdf", broken)
    response = desk.get(at(care, "sheet.pdf?notes=1"))
    assert response.status_code == 503
    assert f'href="{at(care, "sheet/")}?notes=1"' in response.content.decode()
    assert CANARY not in response.content.decode()


def test_the_session_was_held(care, desk):
    assert f'value="{today()}"' in desk.get(at(care)).content.decode()
    response = desk.post(at(care, "met/"), {"day": "2026-05-03"})
    assert (response.status_code, response.headers["Location"]) == (302, at(care))
    assert "The last session was held on 3 May 2026." in words_of(desk, at(care))
    desk.post(at(care, "met/"), {"day": "2026-05-01"})
    assert "The last session was held on 1 May 2026." in words_of(desk, at(care))


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "1999-12-31", "tomorrow"])
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(care, desk, day):
    typed = (today() + timedelta(days=1)).isoformat() if day == "tomorrow" else day
    response = desk.post(at(care, "met/"), {"day": typed})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode() or not typed
    care.file.refresh_from_db()
    assert care.file.met_on is None


def test_today_is_the_therapists(care, therapist):
    therapist.time_zone = "Pacific/Kiritimati"
    therapist.save()
    with time_machine.travel(datetime(2026, 5, 3, 12, tzinfo=UTC), tick=False):
        page = at_the_desk(therapist).get(at(care, "met/")).content.decode()
    assert 'value="2026-05-04"' in page


def test_what_was_said_since_is_new_with_the_text_that_it_is_about(care, writing, desk):
    share, other = shared(care, writing), shared(care, writing, "sure", "3")
    week = week_shared(care, date(2026, 3, 2), 3)
    Share.objects.filter(pk__in=[share.pk, other.pk, week.pk]).update(since=BEFORE)
    share, week = (Share.objects.get(pk=one.pk) for one in (share, week))
    responds(desk, care, share)
    replies(writing, care, share)
    responds(desk, care, week, "about these seven days")
    Response.objects.filter(answer=share.row_id).exclude(writer=care.client).update(
        written_at=datetime(2026, 5, 2, 12, tzinfo=UTC)
    )
    for one in (share, other, week):
        opened_before(care, one)
    met(care, SINCE)
    words = words_of(desk, at(care, "sheet/"))
    assert f"{CANARY} Shared 1 May 2026 Your client" in words
    assert words.count(BACK) == 1
    assert "Write" not in words
    assert WORDS not in words
    assert "about these seven days" in words
    assert "How sure are you?" not in words
    text = without_blanks(pdf_of(desk, care).text())
    for said, is_there in ((CANARY, True), (BACK, True), ("about these seven days", True)):
        assert (without_blanks(said) in text) == is_there
    assert without_blanks(WORDS) not in text
    assert WORDS in words_of(desk, at(care, "sheet/?all=1"))
