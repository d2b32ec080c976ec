"""The whole page, as a browser without scripts sends it."""

import uuid

import pytest

from exercises.models import Reading

pytestmark = pytest.mark.postgres

OPEN = "/workbook/trial/every-kind/"


def test_all_prompts_are_kept_with_one_press(page):
    response = page.send(
        page.fields("moment", "a"), page.fields("place", "home"), page.fields("sure", "")
    )
    assert response.status_code == 200
    assert (page.value("moment"), page.value("place")) == ("a", "home")
    assert '<p class="notice" role="status">Saved.</p>' in response.content.decode()


def test_sending_it_again_changes_nothing(page):
    fields = page.fields("moment", "a")
    page.send(fields)
    assert page.send(fields).status_code == 200
    assert page.history("moment") == ["a"]


def test_what_was_left_as_it_was_is_no_conflict(page):
    """Another tab saved one prompt; this page, older, changes only the other."""
    first = page.saved("moment", "a")
    page.saved("moment", "b", base=first)
    response = page.send(page.fields("moment", "a", base=first), page.fields("place", "home"))
    assert response.status_code == 200
    assert (page.value("moment"), page.history("moment")) == ("b", ["a", "b"])


def test_a_conflict_shows_both_texts_and_keeps_both(page):
    first = page.saved("moment", "a")
    page.saved("moment", "mine", base=first)
    response = page.send(page.fields("moment", "theirs", base=first), finish="1")
    shown = response.content.decode()
    assert response.status_code == 409
    assert "<p>mine</p>" in shown
    assert "theirs</textarea>" in shown
    assert page.history("moment") == ["a", "mine", "theirs"]
    assert Reading.objects.get().finished_at is None


def test_finishing(page, writing):
    writing.get(OPEN)
    page.send(page.fields("moment", "a"), finish="1")
    finished = Reading.objects.get().finished_at
    assert finished is not None
    page.send(finish="1")
    assert Reading.objects.get().finished_at == finished


def test_finishing_what_was_never_opened_here(page):
    page.send(finish="1")
    assert Reading.objects.get().finished_at is not None


def test_a_row_more(page):
    plain = page.send(page.fields("signs", {"1.line": "a"})).content.decode()
    more = page.send(page.fields("signs", {"1.line": "a"}), more="signs").content.decode()
    rows = [shown.count('<li data-row-item><textarea id="q-signs') for shown in (plain, more)]
    assert rows[1] == rows[0] + 1


def test_one_refusal_keeps_the_rest_and_gives_the_text_back(page):
    long = "x" * 20_001
    response = page.send(page.fields("moment", "a"), page.fields("theirs", {"mine": long}))
    assert response.status_code == 422
    assert f"{long}</textarea>" in response.content.decode()
    assert "“What do you say?”" in response.content.decode()
    assert page.value("moment") == "a"


def test_after_a_refusal_the_page_can_be_changed_and_sent_again(page):
    """It was refused for one prompt; its writer then shortens that one and changes another."""
    tokens = {"first": str(uuid.uuid4()), "second": str(uuid.uuid4())}
    page.send(
        page.fields("moment", "a", token=tokens["first"]),
        page.fields("theirs", {"mine": "x" * 20_001}, token=tokens["second"]),
    )
    response = page.send(
        page.fields("moment", "a, and more", token=tokens["first"]),
        page.fields("theirs", {"mine": "short"}, token=tokens["second"]),
    )
    assert response.status_code == 200
    assert page.value("moment") == "a, and more"
    assert page.value("theirs") == {"mine": "short", "guess": ""}


def test_a_text_without_its_token_is_refused_not_dropped(page):
    fields = page.fields("moment", "a text")
    del fields["moment:token"]
    response = page.send(fields, page.fields("place", "home"))
    assert response.status_code == 422
    assert "a text</textarea>" in response.content.decode()
    assert page.value("place") == "home"


def test_a_text_to_a_question_that_left_the_lesson_is_refused_not_dropped(page):
    response = page.send(page.fields("gone", "a text"), page.fields("place", "home"))
    assert response.status_code == 422
    assert "a text</textarea>" in response.content.decode()
    assert "no longer part of the lesson" in response.content.decode()
    assert page.value("place") == "home"


def test_a_question_that_left_the_lesson_and_was_not_answered_is_no_matter(page):
    assert page.send(page.fields("gone", ""), page.fields("place", "home")).status_code == 200
