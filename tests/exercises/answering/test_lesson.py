"""The lesson beside the exercise, with one's own answers."""

import re
import shutil

import pytest

from exercises.models import Reading
from tests.exercises.answering.test_save_prompt import TYPED
from tests.exercises.workbook import Workbook
from tests.lessons.kinds.page import posted

OPEN = "/workbook/trial/every-kind/"


def opened(browser, path=OPEN):
    return browser.get(path).content.decode()


@pytest.fixture
def editable(settings, tmp_path):
    """The trial course in a place where its author can change it."""
    root = tmp_path / "content"
    shutil.copytree(settings.CONTENT_DIRS[0], root)
    settings.CONTENT_DIRS = [root]
    return root / "trial" / "01-only" / "01-every-kind.md"


def reword(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_is_shown_can_be_sent_as_it_is(page):
    """Each kind, answered: the form of the page says what is stored, and changes nothing."""
    for prompt, typed in TYPED.items():
        page.saved(prompt, typed)
    before = {prompt: page.history(prompt) for prompt in TYPED}
    exercise = opened(page.browser).partition('<form class="exercise"')[2].partition("</form>")[0]
    form = posted(f"<form {exercise}</form>")
    response = page.post("/workbook/save/every-kind/", dict(form.lists()), script=False)
    assert response.status_code == 200
    assert {prompt: page.history(prompt) for prompt in TYPED} == before


def test_opening_is_noted_once(page, writer):
    for _ in range(2):
        opened(page.browser)
    assert Reading.objects.get(reader=writer).lesson_id == "every-kind"


def test_nobody_elses_answer_is_shown(page, strange):
    page.saved("moment", "a heron stood")
    assert "a heron stood" in opened(page.browser)
    assert "a heron stood" not in opened(strange)


def test_an_earlier_answer_is_shown_again(page):
    looking_back = "/workbook/trial/looking-back/"
    assert opened(page.browser, looking_back).count("There is no answer to look back on.") == 2
    page.saved("moment", "a <heron>")
    page.saved("week", {"safety": "6"})
    shown = opened(page.browser, looking_back)
    assert "a &lt;heron&gt;" in shown
    assert "I felt safe to say what was on my mind.</th><td>6</td>" in shown


def test_what_was_typed_is_escaped(page):
    page.saved("moment", "</textarea><script>alert(1)</script>")
    shown = opened(page.browser)
    assert "<script>alert" not in shown
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in shown


def test_a_reworded_question_starts_fresh_and_shows_the_answer_as_asked(page, editable):
    page.saved("moment", "a heron")
    reword(editable, "Which moment comes to mind?", "Which moment do you think of?")
    shown = opened(page.browser)
    assert "This question has changed since you answered it." in shown
    assert '<p class="asked">Which moment comes to mind?</p>' in shown
    assert "a heron</textarea>" not in shown
    page.saved("moment", "a swan", base=str(page.answer("moment").head_id))
    assert page.history("moment") == ["a heron", "a swan"]
    assert "This question has changed" not in opened(page.browser)


def test_a_reworded_question_left_blank_keeps_the_old_answer(page, editable):
    head = page.saved("moment", "a heron")
    reword(editable, "Which moment comes to mind?", "Which moment do you think of?")
    page.send(page.fields("moment", "", base=head), page.fields("sure", "4"))
    assert page.history("moment") == ["a heron"]


def test_a_question_of_another_kind_starts_fresh(page, editable):
    page.saved("sure", "7")
    kind = "{id: sure, kind: scale"
    text = editable.read_text()
    line = next(line for line in text.splitlines() if kind in line)
    reword(editable, line, '    - {id: sure, kind: text, ask: "How sure are you?"}')
    shown = opened(page.browser)
    assert "This question has changed" in shown
    assert "<b>7</b> of 7" in shown


def test_a_question_that_became_a_pulse_leaves_its_answer_among_all_answers(page, editable):
    page.saved("sure", "7")
    text = editable.read_text()
    line = next(line for line in text.splitlines() if "{id: sure, kind: scale" in line)
    reword(editable, line, "    - {id: sure, kind: pulse}")
    assert '<input type="hidden" name="sure:week"' in opened(page.browser)
    among_all = opened(page.browser, "/workbook/answers/")
    assert "<b>7</b> of 7" in among_all
    assert "How sure are you?" in among_all


def test_an_option_that_went_leaves_the_answer_readable(page, editable):
    page.saved("place", "home")
    reword(editable, "{home: At home, outside", "{park: In the park, outside")
    shown = opened(page.browser)
    assert "<p>At home</p>" in shown


def test_a_renamed_option_is_shown_with_its_new_name(page, editable):
    page.saved("place", "home")
    reword(editable, "home: At home", "home: In my own rooms")
    shown = opened(page.browser)
    assert "This question has changed" not in shown
    assert 'value="home" id="q-place" checked' in shown


def test_a_withdrawn_question_stays_among_the_answers(page, editable):
    page.saved("moment", "a heron")
    reword(editable, "id: moment", "id: another")
    reword(editable.with_name("02-looking-back.md"), "prompt: moment", "prompt: another")
    assert "a heron" not in opened(page.browser)
    assert "a heron" in opened(page.browser, "/workbook/answers/")


def test_a_draft_is_for_development_only(writing, writer, settings, editable):
    reword(editable.with_name("03-last.md"), "minutes: 3", "minutes: 3\ndraft: true")
    last = Workbook(writing, writer, "last")
    settings.SHOW_DRAFTS = True
    assert last.save("one", "x").status_code == 200
    settings.SHOW_DRAFTS = False
    assert writing.get("/workbook/trial/last/").status_code == 404
    assert last.save("one", "y").status_code == 404
    assert "x" in writing.get("/workbook/answers/").content.decode()


def test_the_way_on_is_that_of_the_course_as_it_stands_now(page, editable):
    """Another lesson's file is renamed, one comes before: this one's own file is as it was."""
    opened(page.browser)
    folder = editable.parent
    (folder / "02-looking-back.md").rename(folder / "02-once-more.md")
    first = editable.read_text().replace("id: every-kind", "id: before-all")
    (folder / "00-before.md").write_text(first)
    course = folder.parent / "course.yaml"
    course.write_text(course.read_text().replace("Only", "All"))
    html = opened(page.browser)
    assert "<title>Lesson 2 " in html
    assert "Part 1: All</p>" in html
    assert "Trial, lesson 2 of 4" in html
    assert re.findall(r'href="(\S+)" class="secondary" rel="(\S+)"', html) == [
        ("/workbook/trial/before/", "prev"),
        ("/workbook/trial/once-more/", "next"),
    ]
