"""Opening an answer together: the pages, as two people find them."""

import re
import shutil
import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings

from exercises import couples, deletion, shown
from exercises.models import Answer, Ready, ReadyPin
from tests.conftest import signed_in
from tests.exercises.together.reveals import MOMENT, THEIRS, Reveal, masked, states
from tests.exercises.workbook import Workbook
from trustbook.accounts import erasure
from trustbook.accounts.keys import vault
from trustbook.accounts.models import User
from trustbook.lib import ledger
from trustbook.lib.outbox.choosing import choose
from trustbook.lib.outbox.models import Notice

pytestmark = pytest.mark.usefixtures("trial")

MINE = "a heron stood in the rain"
YOURS = "a wren sang in the hedge"
LATER = "the heron flew up"
HONEST = "It had been opened a moment before; it is closed again for both of you."
NOWHERE = [
    "answer.every-kind.place",
    "answer.every-kind.week",
    "answer.every-kind.nothing",
    "answer.nothing.moment",
    "answer.every-kind",
    "answer.every-kind.moment.more",
    "answer..moment",
    "week.2026-03-03",
    "week.2026-02-30",
    "week.9999-01-04",
    "week.",
    "weeks.2026",
    "moment",
    "ANSWER.every-kind.moment",
]


@pytest.fixture
def mine(couple, writing, writer) -> Reveal:
    """The writer's page, with an answer."""
    page = Reveal(writing, writer)
    page.book.saved("moment", MINE)
    return page


@pytest.fixture
def theirs(couple, beside, partner) -> Reveal:
    """The partner's page, with an answer."""
    page = Reveal(beside, partner)
    page.book.saved("moment", YOURS)
    return page


def test_both_open_at_the_same_moment(mine, theirs):
    assert mine.ready().status_code == 302
    assert [mine.says(MINE, YOURS), theirs.says(MINE, YOURS)] == [[True, False], [False, True]]
    theirs.ready()
    assert states() == [(MOMENT, True)] * 2
    assert [mine.says(MINE, YOURS), theirs.says(MINE, YOURS)] == [[True, True]] * 2


def test_both_get_the_same_day_which_is_all_that_is_told(mine, theirs):
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False):
        mine.ready()
    with time_machine.travel(datetime(2026, 3, 6, 23, 30, tzinfo=UTC), tick=False):
        theirs.ready()
        assert set(Ready.objects.values_list("opened_on", flat=True)) == {date(2026, 3, 6)}
        for page in (mine.get(), theirs.get()):
            assert "Open since 6 March 2026." in page
            assert "4 March" not in page
            assert "23:30" not in page


def test_before_that_the_others_page_is_the_same(mine, theirs):
    """Ready, ready with another text, taken back: byte for byte."""
    before = masked(theirs.get())
    mine.ready()
    assert masked(theirs.get()) == before
    mine.book.saved("moment", LATER, base=str(mine.book.answer("moment").head_id))
    mine.ready()
    assert masked(theirs.get()) == before
    mine.close()
    assert masked(theirs.get()) == before


def test_who_is_refused_learns_nothing_either(mine, theirs):
    old = str(uuid.uuid4())
    refused = [theirs.ready(seen) for seen in ("", old, "x")]
    mine.ready()
    again = [theirs.ready(seen) for seen in ("", old, "x")]
    assert [one.status_code for one in refused + again] == [409] * 6
    pages = [masked(one.content.decode()) for one in refused + again]
    assert pages[:3] == pages[3:]
    assert states() == [(MOMENT, False)]


def test_what_opens_is_the_text_that_was_confirmed(mine, theirs):
    mine.ready()
    mine.book.saved("moment", LATER, base=str(mine.book.answer("moment").head_id))
    theirs.ready()
    assert theirs.says(MINE, LATER) == [True, False]
    assert mine.says(MINE, LATER, "What you have written since stays with you.") == [
        True,
        False,
        True,
    ]


def test_a_text_that_was_not_seen_is_not_pinned(mine, theirs):
    theirs.ready()
    seen = mine.seen(mine.get())
    mine.book.saved("moment", LATER, base=str(mine.book.answer("moment").head_id))
    response = mine.ready(seen)
    page = response.content.decode()
    assert response.status_code == 409
    assert "A newer version was saved after this page was opened, so nothing was chosen." in page
    assert (LATER in page, MINE in page, YOURS in page) == (True, False, False)
    assert states() == [(MOMENT, False)]
    mine.ready()
    assert theirs.says(LATER, MINE) == [True, False]


def test_the_version_is_told_and_can_be_changed_before_it_opens(couple, writing, writer, theirs):
    mine = Reveal(writing, writer)
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False):
        mine.book.saved("moment", MINE)
        mine.ready()
        first = Ready.objects.get().pk
    with time_machine.travel(datetime(2026, 3, 6, 12, tzinfo=UTC), tick=False):
        head = str(mine.book.answer("moment").head_id)
        mine.book.saved("moment", LATER, base=head)
        page = mine.get()
        assert "This version, saved on 4 March 2026" in page
        assert page.index(MINE) < page.index("What you have written since") < page.index(LATER)
        assert "Be ready with this one instead" in page
        mine.ready()
        page = mine.get()
        assert (MINE in page, LATER in page) == (False, True)
        assert "What you have written since" not in page
    assert (shown.WORDS["ready"], first) == (Ready, dict(ledger.read(settings.LEDGER))["ready"])
    theirs.ready()
    assert theirs.says(MINE, LATER) == [False, True]


def test_emptied_after_being_ready(mine, theirs):
    mine.ready()
    mine.book.saved("moment", "", base=str(mine.book.answer("moment").head_id))
    assert mine.says(MINE, "You have emptied it.", "instead") == [True, True, False]
    theirs.ready()
    assert theirs.says(MINE) == [True]


def test_taking_back_leaves_no_trace(mine, theirs):
    before = masked(theirs.get())
    mine.ready()
    row = Ready.objects.get().pk
    response = mine.close()
    assert response["Location"] == mine.path
    assert mine.says("Taken back. Nothing of it is left.", "I am ready") == [True, True]
    assert (Ready.objects.count(), ReadyPin.objects.count()) == (0, 0)
    assert list(ledger.read(settings.LEDGER)) == [("ready", row)]
    theirs.ready()
    assert theirs.says(MINE) == [False]
    theirs.close()
    theirs.get()  # what was said about it is said once
    assert masked(theirs.get()) == before


def test_either_closes_it_for_both_at_the_next_request(mine, theirs):
    for closing, other in ((mine, theirs), (theirs, mine)):
        alone = masked(other.get())
        mine.ready()
        theirs.ready()
        assert other.says(MINE, YOURS) == [True, True]
        assert closing.close(was_open=True).status_code == 302
        assert states() == []
        assert masked(other.get()) == alone
        assert closing.says("It is closed again, for both of you.") == [True]


def test_withdrawn_in_the_moment_in_which_it_opened(mine, theirs):
    mine.ready()
    theirs.ready()  # the writer's page still says that nothing is shown
    mine.close(was_open=False)
    assert mine.says(HONEST, "your partner may have seen your text") == [True, True]
    assert (states(), theirs.says(MINE)) == ([], [False])


@pytest.mark.parametrize("was_open", [True, False])
def test_closing_again_does_no_harm(mine, theirs, was_open):
    mine.ready()
    theirs.ready()
    theirs.close(was_open=True)
    for _ in range(2):
        assert mine.close(was_open=was_open).status_code == 302
    assert states() == []
    assert mine.says(HONEST) == [False]


def test_ready_again_in_two_tabs_and_replayed(mine, theirs):
    seen = mine.seen(mine.get())
    for _ in range(2):
        assert mine.ready(seen).status_code == 302
    row = Ready.objects.get()
    assert row.pins.get().revision.pk == mine.book.answer("moment").head_id
    theirs.ready()
    for _ in range(2):
        assert mine.ready(seen).status_code == 302
    assert states() == [(MOMENT, True)] * 2
    assert Ready.objects.get(person=mine.person).pk == row.pk


def test_a_press_on_an_old_page_opens_nothing_anew(mine, theirs):
    """Closed once, both must choose again."""
    seen = mine.seen(mine.get())
    mine.ready(seen)
    theirs.ready()
    theirs.close(was_open=True)
    mine.ready(seen)
    assert (states(), theirs.says(MINE)) == ([(MOMENT, False)], [False])


def test_what_is_newer_while_it_is_open_stays_private(mine, theirs):
    mine.ready()
    theirs.ready()
    mine.book.saved("moment", LATER, base=str(mine.book.answer("moment").head_id))
    mine.ready(str(mine.book.answer("moment").head_id))
    assert theirs.says(MINE, LATER) == [True, False]


@pytest.mark.parametrize("typed", ["", " \n\t "])
def test_a_blank_answer_is_not_opened(couple, writing, writer, typed):
    page = Reveal(writing, writer)
    page.book.saved("moment", "first")
    page.book.saved("moment", typed, base=str(page.book.answer("moment").head_id))
    assert page.says("You have not answered this yet.", "I am ready") == [True, False]
    response = page.ready(str(page.book.answer("moment").head_id))
    assert response.status_code == 422
    assert "There is nothing to open yet: this is not answered." in response.content.decode()
    assert states() == []


def test_not_answered_at_all_leads_to_the_question(couple, writing, writer):
    page = Reveal(writing, writer)
    assert 'href="/workbook/trial/every-kind/#q-moment"' in page.get()
    assert page.ready("").status_code == 422
    assert not Answer.objects.exists()


def test_a_guess_alone_is_not_opened(couple, writing, writer):
    page = Reveal(writing, writer, THEIRS)
    page.book.saved("theirs", {"guess": "they will say rest"})
    assert page.ready(str(page.book.answer("theirs").head_id)).status_code == 422
    assert page.says("You have not answered this yet.") == [True]


def test_each_answer_stands_beside_the_guess_at_it(couple, writing, writer, beside, partner):
    one, other = Reveal(writing, writer, THEIRS), Reveal(beside, partner, THEIRS)
    one.book.saved("theirs", {"mine": "rest", "guess": "a walk, surely"})
    other.book.saved("theirs", {"mine": "a swim", "guess": ""})
    one.ready()
    other.ready()
    assert cards(one.get()) == [
        ["What you said", "rest", "What your partner guessed", "Left blank."],
        ["What your partner said", "a swim", "What you guessed", "a walk, surely"],
    ]
    assert cards(other.get()) == [
        ["What you said", "a swim", "What your partner guessed", "a walk, surely"],
        ["What your partner said", "rest", "What you guessed", "Left blank."],
    ]


def cards(page: str) -> list[list[str]]:
    """The words of each pair that stands side by side."""
    pairs = re.findall(r'<div class="card both">(.*?)</div></div>\n</div></div>', page, re.DOTALL)
    return [
        [words.strip() for words in re.split(r"<[^>]+>", pair) if words.strip()] for pair in pairs
    ]


def test_there_is_something_to_talk_about_only_once_it_is_open(mine, theirs):
    asked = ["What is alike?", "What is not?", "And now?"]
    assert mine.says(*asked) == [False] * 3
    mine.ready()
    assert mine.says(*asked) == [False] * 3
    theirs.ready()
    assert [mine.says(*asked), theirs.says(*asked)] == [[True] * 3] * 2


@pytest.mark.parametrize("topic", NOWHERE)
def test_what_is_no_topic_is_not_there(couple, writing, writer, topic):
    page = Reveal(writing, writer, topic)
    gone = page.get(404)
    response = page.ready(str(uuid.uuid4()))
    assert (response.status_code, masked(response.content.decode())) == (404, masked(gone))
    assert page.close().status_code == 404
    assert states() == []


@pytest.mark.parametrize("who", ["alone", "left", "erased"])
def test_without_a_couple_there_is_no_such_page(request, writer, writing, who):
    if who != "alone":
        request.getfixturevalue("couple")
        mine, theirs = (request.getfixturevalue(name) for name in ("mine", "theirs"))
        mine.ready()
        theirs.ready()
        if who == "left":
            couples.leave(theirs.person)
        else:
            erasure.erase(theirs.person)
    page = Reveal(writing, writer)
    page.get(404)
    assert [page.ready("").status_code, page.close().status_code] == [404, 404]
    assert states() == []


def test_the_other_account_is_ending_while_it_is_read(mine, theirs):
    mine.ready()
    theirs.ready()
    vault.destroy_key(theirs.person.data_key_id)
    mine.get(404)


def test_a_third_person_is_no_side_of_it(mine, theirs, strange, stranger):
    other = Reveal(strange, stranger)
    other.book.saved("moment", "a stranger's text")
    other.get(404)
    assert other.ready(str(other.book.answer("moment").head_id)).status_code == 404
    mine.ready()
    assert mine.ready(str(theirs.book.answer("moment").head_id)).status_code == 409
    assert states() == [(MOMENT, False)]


def test_another_couple_is_ready_for_itself(mine, theirs, strange, stranger):
    fourth = User.objects.create_user("fourth@example.org", "the fourth password")
    couples.make_couple(stranger, fourth)
    other = Reveal(strange, stranger)
    other.book.saved("moment", "another couple's text")
    other.ready()
    mine.ready()
    theirs.ready()
    last = Reveal(signed_in(fourth), fourth)
    last.book.saved("moment", "the fourth text")
    assert [page.says(MINE, YOURS) for page in (other, last)] == [[False, False]] * 2
    assert states() == [(MOMENT, False), (MOMENT, True), (MOMENT, True)]


@pytest.mark.parametrize("how", ["answer", "course"])
def test_deleting_closes_for_both(mine, theirs, how):
    mine.ready()
    theirs.ready()
    answer = mine.book.answer("moment")
    if how == "answer":
        path = f"/workbook/answers/{answer.pk}/delete/"
        mine.browser.post(path, {"seen": str(answer.head_id)})
    else:
        deletion.delete_lessons(mine.person, ["every-kind"])
    assert states() == []
    assert theirs.says(MINE, "I am ready") == [False, True]


def test_taking_a_deletion_back_over_a_newer_text_leaves_nothing_half_open(mine, theirs):
    """The newer text's row goes when the deleted one comes back; what it had opened is closed."""
    answer = mine.book.answer("moment")
    path = f"/workbook/answers/{answer.pk}/delete/"
    mine.browser.post(path, {"seen": str(answer.head_id)})
    mine.book.saved("moment", LATER)
    mine.ready()
    theirs.ready()
    assert theirs.says(LATER) == [True]
    mine.browser.post(f"/workbook/deleted/{answer.pk}/undo/")
    assert mine.book.value("moment") == LATER
    assert states() == []
    assert theirs.says(LATER, MINE, "I am ready") == [False, False, True]


def test_what_was_open_can_be_read_when_the_lesson_is_gone(mine, theirs, settings, tmp_path):
    mine.ready()
    theirs.ready()
    settings.CONTENT_DIRS = [tmp_path]
    assert theirs.says(MINE, YOURS, "From a lesson that is no longer offered") == [True] * 3
    assert theirs.says("To talk about") == [False]
    response = theirs.close(was_open=True)
    assert (response.status_code, response["Location"]) == (302, "/together/")
    mine.get(404)


def test_what_somebody_is_ready_for_can_be_taken_back_when_the_lesson_is_gone(
    mine, theirs, settings, tmp_path
):
    mine.ready()
    settings.CONTENT_DIRS = [tmp_path]
    theirs.get(404)
    assert theirs.ready("").status_code == 404
    assert mine.says(MINE, "Take this back", "Open together") == [True] * 3
    assert mine.close()["Location"] == "/together/"
    assert states() == []


def test_mails_are_due_once_it_is_open_and_not_before(mine, theirs):
    """To both, also to the one who opened it (``telling`` says why)."""
    for person in (mine.person, theirs.person):
        choose(person.pk, ["partner"])
    mine.ready()
    assert not Notice.objects.exists()
    theirs.ready()
    told = {notice.person_id for notice in Notice.objects.all()}
    assert told == {mine.person.pk, theirs.person.pk}


def test_the_text_is_escaped(couple, writing, writer, theirs):
    page = Reveal(writing, writer)
    page.book.saved("moment", "<script>alert(1)</script>")
    page.ready()
    theirs.ready()
    for one in (page, theirs):
        assert one.says("<script>alert", "&lt;script&gt;alert") == [False, True]


def test_the_title_is_neutral_and_nothing_is_cached(mine):
    response = mine.browser.get(mine.path)
    assert "<title>Together · Workbook</title>" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_where_it_was_asked_otherwise_that_is_told(mine, theirs, settings, tmp_path):
    mine.ready()
    shutil.copytree(settings.CONTENT_DIRS[0], tmp_path / "now")
    lesson = next((tmp_path / "now").rglob("01-every-kind.md"))
    text = lesson.read_text().replace("Which moment comes to mind?", "Which hour do you recall?")
    lesson.write_text(text)
    settings.CONTENT_DIRS = [tmp_path / "now"]
    theirs.book.saved("moment", LATER, base=str(theirs.book.answer("moment").head_id))
    theirs.ready()
    assert mine.says("Which moment comes to mind?", "Asked as: Which hour do you recall?") == [
        True,
        True,
    ]
    assert Workbook(theirs.browser, theirs.person).value("moment") == LATER
