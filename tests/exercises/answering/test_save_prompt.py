"""One answer, kept while it is typed."""

import uuid

import pytest

from exercises.models import Answer, AnswerRevision, Pulse
from tests.exercises.workbook import Workbook

pytestmark = pytest.mark.postgres

TYPED = {
    "moment": "On the stairs.",
    "place": "home",
    "helps": ["talk", "rest"],
    "sure": "5",
    "signs": {"1.line": "Silence", "3.line": "Short answers"},
    "said": {"2.said": "six", "2.did": "seven"},
    "plan": {"when": "it rains", "then": "I call"},
    "sorry": {"harm": "I was late", "checked": "owned"},
    "theirs": {"mine": "Rest", "guess": "A walk"},
    "given": {"1.what": "Call", "1.by": "me", "1.state": "open", "1.id": "0" * 32},
}
KEPT = {
    "moment": "On the stairs.",
    "place": "home",
    "helps": ["talk", "rest"],
    "sure": 5,
    "signs": ["Silence", "Short answers"],
    "said": [{"said": "six", "did": "seven"}],
    "plan": {"when": "it rains", "then": "I call"},
    "sorry": {"steps": {"harm": "I was late"}, "checked": ["owned"]},
    "theirs": {"mine": "Rest", "guess": "A walk"},
    "given": [{"id": "0" * 32, "what": "Call", "by": "me", "until": "", "state": "open"}],
}


@pytest.mark.parametrize("prompt", TYPED)
def test_each_kind_is_kept(page, prompt):
    page.saved(prompt, TYPED[prompt])
    assert page.value(prompt) == KEPT[prompt]


def test_the_reply_names_the_revision_and_the_way_to_its_history(page):
    response = page.save("moment", "a")
    answer = page.answer("moment")
    assert response.json() == {
        "revision": str(answer.head_id),
        "state": response.json()["state"],
        "history": f"/workbook/answers/{answer.pk}/",
        "who": '<span class="visually-hidden">Who can see this: </span>Only you',
    }
    assert response.json()["state"].startswith("Saved ")


def test_going_on_from_what_was_saved(page):
    first = page.saved("moment", "a")
    second = page.saved("moment", "ab", base=first)
    assert (second != first, page.history("moment")) == (True, ["a", "ab"])


def test_the_same_save_twice_is_one_revision(page):
    token = str(uuid.uuid4())
    first = page.saved("moment", "a", token=token)
    assert page.saved("moment", "a", token=token) == first
    assert page.history("moment") == ["a"]


def test_the_same_save_again_after_others_is_no_news(page):
    token = str(uuid.uuid4())
    first = page.saved("moment", "a", token=token)
    second = page.saved("moment", "b", base=first)
    assert page.saved("moment", "a", token=token) == first
    assert page.history("moment") == ["a", "b"]
    assert str(page.answer("moment").head_id) == second


def test_a_token_used_for_another_text_loses_neither(page):
    """A page that came back after a refusal still has its token, but may hold another text."""
    token = str(uuid.uuid4())
    page.saved("moment", "a", token=token)
    second = page.saved("moment", "b", token=token)
    assert page.saved("moment", "b", token=token) == second
    assert page.history("moment") == ["a", "b"]
    assert page.value("moment") == "b"


def test_what_is_stored_already_makes_no_revision(page):
    first = page.saved("moment", "a")
    assert page.saved("moment", "a", base=first) == first
    assert page.saved("moment", "a") == first
    assert page.history("moment") == ["a"]


def test_an_untouched_prompt_makes_no_row(page):
    response = page.save("moment", "")
    assert response.json() == {"revision": "", "state": "Not answered yet"}
    assert page.nothing_saved()


def test_emptying_an_answer_is_an_answer(page):
    first = page.saved("moment", "a")
    page.saved("moment", "", base=first)
    assert page.history("moment") == ["a", ""]


def test_two_pages_both_keep_their_text(page):
    first = page.saved("moment", "a")
    head = page.saved("moment", "mine", base=first)
    response = page.save("moment", "<i>theirs</i>", base=first)
    assert response.status_code == 409
    assert page.history("moment") == ["a", "mine", "<i>theirs</i>"]
    assert page.value("moment") == "mine"
    reply = response.json()
    assert (reply["error"], reply["head"], reply["shown"]) == ("conflict", head, "<p>mine</p>")
    assert "mine</textarea>" in reply["form"]


def test_the_page_that_was_slower_can_go_on_with_its_text(page):
    first = page.saved("moment", "a")
    page.saved("moment", "mine", base=first)
    head = page.save("moment", "theirs", base=first).json()["head"]
    page.saved("moment", "theirs", base=head)
    assert page.history("moment") == ["a", "mine", "theirs", "theirs"]
    assert page.value("moment") == "theirs"


def test_two_first_saves_both_keep_their_text(page):
    page.saved("moment", "mine")
    assert page.save("moment", "theirs").status_code == 409
    assert page.history("moment") == ["mine", "theirs"]


def test_the_pulse_is_kept_by_the_week(page, writer):
    page.saved("week", {"openness": "7", "safety": "1"})
    pulse = Pulse.objects.get(author=writer)
    value = pulse.open(pulse.head, writer).value
    assert (value["openness"], value["safety"], value["support"]) == (7, 1, None)
    assert not Answer.objects.exists()


def test_a_lesson_that_was_renamed_still_takes_the_text(page, settings, tmp_path):
    """Answers go to permanent ids, so nobody's page grows stale with the slug."""
    course = tmp_path / "trial"
    (course / "01-only").mkdir(parents=True)
    trial = settings.CONTENT_DIRS[0] / "trial"
    (course / "course.yaml").write_text((trial / "course.yaml").read_text())
    lesson = (trial / "01-only" / "03-last.md").read_text()
    (course / "01-only" / "07-called-otherwise.md").write_text(lesson)
    settings.CONTENT_DIRS = [tmp_path]
    last = Workbook(page.browser, page.person, "last")
    last.saved("one", "kept")
    assert last.value("one") == "kept"


def test_everybody_has_an_answer_of_their_own(page, strange, stranger):
    page.saved("moment", "the writer's")
    Workbook(strange, stranger).saved("moment", "the stranger's")
    assert page.history("moment") == ["the writer's"]
    assert AnswerRevision.objects.count() == 2


def test_the_reply_comes_from_no_cache(page):
    control = page.save("moment", "a").headers["Cache-Control"]
    assert {"private", "no-store"} <= set(control.split(", "))
