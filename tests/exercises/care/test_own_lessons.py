"""A therapist writes lessons: saved as versions, refused with messages at the field, withdrawn."""

import json
import uuid

import pytest
from django.core.cache import cache

from exercises import access
from exercises.care import lesson_versions
from exercises.care.lesson_forms import KINDS, prompt_of, with_ids
from exercises.models import Answer, Assignment, OwnLesson, OwnLessonVersion
from exercises.own_lessons import lesson_of, source_of
from lessons import apart
from tests.conftest import a_therapist, at_the_desk
from tests.exercises.own import ASKED, STEP, TITLE, WORDS, Desk, given, rewritten, typed, written
from tests.exercises.workbook import Workbook

REFUSED = '<ul class="errorlist" id="id_{}_error"><li>{}</li></ul>'


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def at(desk, therapist):
    """The therapist at their desk."""
    return Desk(desk, therapist)


@pytest.fixture
def quick(monkeypatch):
    """The text is not rendered: these tests are about what stands around it."""
    html = apart.Rendered(f'<p id="b1">{WORDS}</p>', "", [], [])
    monkeypatch.setattr(apart, "render", lambda text, intro: html)


def only(therapist):
    """The only lesson that a therapist has, and the source of its newest version."""
    [row] = access.written_lessons(therapist)
    return row, source_of(row.head, therapist)


def test_a_lesson_is_written_saved_and_found_again(at, desk, therapist):
    empty = desk.get("/care/lessons/").content.decode()
    assert "There is none yet." in empty
    assert desk.get("/care/lessons/new/").status_code == 200
    saved = at.save_new(typed(intro="Do **it**.", text="## One\n\nA *word*."))
    row, source = only(therapist)
    assert (saved.status_code, saved["Location"]) == (302, f"/care/lessons/{row.pk}/")
    assert source["title"] == TITLE
    lesson = lesson_of(row.head, therapist)
    assert lesson.html == '<h2 id="one">One</h2>\n<p id="b1">A <em>word</em>.</p>'
    assert lesson.exercise.intro_html == "<p>Do <strong>it</strong>.</p>"
    assert [prompt.ask for prompt in lesson.exercise.prompts] == ["Which lantern did you see?"]
    page = desk.get(f"/care/lessons/{row.pk}/").content.decode()
    assert "Saved as version 1." in page
    assert "A *word*." in page
    assert TITLE in desk.get("/care/lessons/").content.decode()


def test_nothing_of_it_stands_in_the_database(at, therapist, quick):
    at.save_new(typed())
    assert TITLE.encode() not in bytes(OwnLessonVersion.objects.get().sealed)


SPECIAL = {
    "list": {"rows": "4"},
    "table": {"parts": "I said\nI did"},
    "choice": {"parts": "At home\nOut"},
    "choices": {"parts": "A talk\nA walk\n\n", "most": "1"},
    "scale": {"low": "Not at all", "high": "Very", "steps": "5"},
    "sequence": {"parts": "When\nThen"},
    "letter": {"parts": "What I did\nChecked", "checklist": "It says what I did"},
    "recall": {"recalls": "every-kind/moment"},
    "pulse": {"ask": ""},
    "text": {"size": "short", "help": "A quiet line."},
}


def test_every_kind_is_asked_and_comes_back_into_its_form(at, desk, therapist, quick):
    asked = [{"kind": kind, "ask": f"{kind}?"} | SPECIAL[kind] for kind in KINDS]
    assert at.save_new(typed(*asked)).status_code == 302
    row, source = only(therapist)
    prompts = source["exercise"]["prompts"]
    assert [prompt["kind"] for prompt in prompts] == list(KINDS)
    by_kind = {prompt["kind"]: prompt for prompt in prompts}
    assert by_kind["choice"]["options"] == {"at-home": "At home", "out": "Out"}
    assert by_kind["letter"]["steps"] == {"what-i-did": "What I did", "part": "Checked"}
    assert by_kind["scale"]["steps"] == 5
    assert (by_kind["recall"]["lesson"], by_kind["recall"]["prompt"]) == ("every-kind", "moment")
    page = desk.get(f"/care/lessons/{row.pk}/")
    fields = {"title": TITLE, "summary": "One evening.", "minutes": 5, "text": WORDS, "intro": ""}
    for question in page.context["editor"].questions:
        fields |= {bound.html_name: bound.value() or "" for bound in question}
    again = at.save(row, fields | {"questions": len(KINDS)})
    assert (again.status_code, only(therapist)[1]) == (302, source)
    assert OwnLessonVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "field", "message"),
    [
        ({"ask": ""}, "q0-ask", "Write the question, or take it out."),
        ({"kind": "choice", "parts": "One"}, "q0-parts", "Write at least 2 options, one a line."),
        ({"kind": "choice", "parts": "A\nA"}, "q0-parts", "Two of these lines are the same."),
        ({"kind": "table", "parts": "\n".join("abcdefg")}, "q0-parts",
         "A table can have six columns at most."),
        ({"kind": "choices", "parts": "A\nB", "most": "3"}, "q0-most",
         "There are fewer options than that."),
        ({"kind": "scale", "low": "", "high": "b"}, "q0-low",
         "Say what this end of the scale means."),
        ({"kind": "recall"}, "q0-recalls", "Choose the answer that is shown again."),
        ({"kind": "letter", "parts": "A"}, "q0-checklist", "Write at least one line."),
        ({"ask": "a\x07b"}, "q0-ask",
         "An invisible character stands in it, probably pasted along. Type it anew."),
    ],
)  # fmt: skip
def test_what_a_question_lacks_is_said_at_its_field(at, quick, question, field, message):
    refused = at.save_new(typed(question, title="Kept as typed"))
    assert refused.status_code == 422
    html = refused.content.decode()
    assert REFUSED.format(field, message) in html
    assert 'value="Kept as typed"' in html
    assert not OwnLesson.objects.exists()


@pytest.mark.parametrize("kind", ["predict", "promises", "nonsense"])
def test_what_is_for_two_cannot_be_asked(at, quick, kind):
    refused = at.save_new(typed({"kind": kind, "ask": "?", "guess": "?"}))
    assert refused.status_code == 422
    assert not OwnLesson.objects.exists()


def test_nothing_but_the_courses_is_recalled(at, therapist, quick):
    row = written(therapist)
    wanted = {"kind": "recall", "ask": "?", "recalls": f"{row.lesson_id}/{ASKED['id']}"}
    assert at.save_new(typed(wanted)).status_code == 422
    assert OwnLesson.objects.count() == 1


def test_what_may_not_stand_in_the_text_is_said_with_its_line(at):
    refused = at.save_new(
        typed(text="One.\n\n<script>alert(1)</script>\n\n![x](https://e.org/x.png)")
    )
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Line 3: Raw HTML cannot be used: &lt;script&gt; stands here." in html
    assert "Line 5: A picture cannot stand here. Describe it in words." in html
    assert "<script>alert" not in html


def test_raw_html_never_reaches_a_client(at, therapist, quick, monkeypatch):
    """Nor does it by way of a title, a question or an option."""
    bad = "<script>alert(1)</script>"
    asked = {"ask": bad, "kind": "choice", "parts": f"{bad}\nb", "help": bad}
    assert at.save_new(typed(asked, title=bad, summary=bad)).status_code == 302
    row, _ = only(therapist)
    page = at.browser.get(f"/care/lessons/{row.pk}/versions/?version=1").content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5


def test_what_takes_too_long_is_said_at_the_text(at, monkeypatch):
    def never(text, intro):
        raise apart.TakesTooLong

    monkeypatch.setattr(apart, "render", never)
    refused = at.save_new(typed())
    assert refused.status_code == 422
    assert "The text could not be laid out within two seconds." in refused.content.decode()
    assert not OwnLesson.objects.exists()


@pytest.mark.parametrize("text", ["x" * 32_769, "€" * 11_000, "x" * 32_600])
def test_a_lesson_has_32_kb(at, monkeypatch, text):
    rendered = []

    def render(*texts):
        rendered.append(texts)
        return apart.Rendered("", "", [], [])

    monkeypatch.setattr(apart, "render", render)
    refused = at.save_new(typed(text=text))
    assert refused.status_code == 422
    assert "32 KB large; at most 32 KB can be kept. Divide it into two lessons." in (
        refused.content.decode()
    )
    assert text in refused.content.decode()
    assert not OwnLesson.objects.exists()
    assert len(rendered) == (len(text) < 32_769 and text[0] == "x")


def test_a_lesson_asks_something(at, quick):
    refused = at.save_new(typed() | {"questions": "0"})
    assert refused.status_code == 422
    assert "Ask at least one question." in refused.content.decode()


@pytest.mark.parametrize("count", ["-1", "x", "41", "", "²"])
def test_the_number_of_questions_is_what_it_can_be(at, quick, count):
    sent = at.save_new(typed() | {"questions": count, "do": "add"})
    assert sent.status_code == 200
    assert len(sent.context["editor"].questions) == {"41": 40}.get(count, 1)


def test_questions_are_added_moved_and_taken_out_with_all_that_was_typed(at, quick):
    fields = typed({"ask": "First"}, {"ask": "Second"}, title="", text="")
    orders = {"add": ["First", "Second", ""], "up-1": ["Second", "First"]}
    orders |= {"down-0": ["Second", "First"], "out-0": ["Second"], "up-0": ["First", "Second"]}
    orders |= {"out-7": ["First", "Second"], "nonsense": ["First", "Second"]}
    for wish, order in orders.items():
        page = at.save_new(fields | {"do": wish})
        assert page.status_code == 200
        questions = page.context["editor"].questions
        assert [form["ask"].value() or "" for form in questions] == order
    assert not OwnLesson.objects.exists()


def test_sent_twice_it_is_kept_once(at, therapist, quick):
    fields = typed() | {"lesson:token": str(uuid.uuid4())}
    first, second = at.save_new(fields), at.save_new(fields)
    assert first["Location"] == second["Location"]
    assert OwnLessonVersion.objects.count() == 1
    # The same page, changed and sent again, goes on from what it has sent.
    third = at.save_new(fields | {"text": "More."})
    assert third["Location"] == first["Location"]
    assert [version.number for version in access.versions_of(therapist, only(therapist)[0].pk)] == [
        1,
        2,
    ]


def test_two_tabs_keep_both_texts(at, desk, therapist, quick):
    row = written(therapist)
    old = str(row.head_id)
    assert at.save(row, typed(text="From the first tab"), lesson_base=old).status_code == 302
    stale = at.save(row, typed(text="From the second tab"), lesson_base=old)
    assert stale.status_code == 409
    html = stale.content.decode()
    assert "Another page saved version 2 after you began, so this is not saved yet." in html
    assert "From the first tab" in html
    assert "From the second tab" in html
    row, source = only(therapist)
    assert source["text"] == "From the first tab"
    assert stale.context["base"] == str(row.head_id)
    assert at.save(row, typed(text="From the second tab")).status_code == 302
    texts = [source_of(one, therapist)["text"] for one in access.versions_of(therapist, row.pk)]
    assert texts == [WORDS, "From the first tab", "From the second tab"]


def test_a_question_keeps_its_id_unless_its_kind_changes(at, therapist, quick):
    row = written(therapist)
    text = {"id": ASKED["id"], "kind": "text", "ask": "Reworded"}
    other = {"id": STEP["id"], "kind": "choices", "ask": "Where?", "parts": "At home\nOut"}
    forged = {"id": "somebody-elses", "ask": "New"}
    twice = {"id": ASKED["id"], "ask": "Copied"}
    assert at.save(row, typed(text, other, forged, twice)).status_code == 302
    ids = [prompt["id"] for prompt in only(therapist)[1]["exercise"]["prompts"]]
    assert ids[0] == ASKED["id"]
    assert len({*ids, STEP["id"], "somebody-elses"}) == 6


def test_a_question_that_was_taken_out_comes_back_as_itself(at, therapist, quick):
    row = written(therapist)
    kept = {"id": ASKED["id"], "kind": "text", "ask": ASKED["ask"]}
    at.save(row, typed(kept))
    row, _ = only(therapist)
    back = {"id": STEP["id"], "kind": "choice", "ask": "Where?", "parts": "Out\nAt home"}
    at.save(row, typed(kept, back))
    prompts = only(therapist)[1]["exercise"]["prompts"]
    assert prompts[1]["id"] == STEP["id"]
    assert prompts[1]["options"] == {"out": "Out", "home": "At home"}


@pytest.mark.parametrize(
    ("lines", "before", "found"),
    [
        (["Out"], {}, {"out": "Out"}),
        (["Anew", "Out"], {"home": "At home", "out": "Out"}, {"home": "Anew", "out": "Out"}),
        (["Out", "At home"], {"home": "At home", "out": "Out"}, {"out": "Out", "home": "At home"}),
        (["New", "At home", "Out"], {"home": "At home", "out": "Out"},
         {"new": "New", "home": "At home", "out": "Out"}),
        (["Out!", "Out?"], {}, {"out": "Out!", "out-2": "Out?"}),
        (["Out!", "a", "b"], {"out": "Far", "c": "C"}, {"out-2": "Out!", "a": "a", "b": "b"}),
        (["日本"], {}, {"part": "日本"}),
        (["checked"], {}, {"part": "checked"}),
    ],
)  # fmt: skip
def test_ids_of_options_are_permanent(lines, before, found):
    assert with_ids(lines, before) == found


def test_a_preview_shows_what_is_there_and_saves_nothing(at):
    seen = at.send(
        "/care/lessons/preview/",
        typed({"ask": "Which lantern?"}, {"ask": ""}, title="", text="A *word* <b>here</b>"),
        script=True,
    )
    assert seen.status_code == 200
    said = json.loads(seen.content)
    assert said["message"] == "Not ready to be saved: Title: Give the lesson a title."
    assert "<em>word</em> &lt;b&gt;here&lt;/b&gt;" in said["html"]
    assert "Which lantern?" in said["html"]
    assert not OwnLesson.objects.exists()


def test_the_button_previews_without_a_script(at, quick):
    page = at.save_new(typed() | {"preview": "1"})
    assert page.status_code == 200
    assert f'<h3 class="as-title">{TITLE}</h3>' in page.content.decode()
    assert not OwnLesson.objects.exists()


def test_so_many_previews_and_saves_a_minute(at, quick):
    for _ in range(40):
        assert at.send("/care/lessons/preview/", typed(), script=True).status_code == 200
    refused = at.send("/care/lessons/preview/", typed(), script=True)
    assert (refused.status_code, set(refused.json())) == (429, {"message"})
    for n in range(20):
        assert at.save_new(typed(title=f"{n}")).status_code == 302
    refused = at.save_new(typed(title="Kept as typed"))
    assert refused.status_code == 429
    assert 'value="Kept as typed"' in refused.content.decode()
    assert OwnLesson.objects.count() == 20


def test_versions_are_read_and_brought_back(at, desk, therapist, quick):
    row = rewritten(therapist, written(therapist), "Renamed")
    page = desk.get(f"/care/lessons/{row.pk}/versions/").content.decode()
    assert TITLE in page
    assert "Renamed" in page
    first = desk.get(f"/care/lessons/{row.pk}/versions/?version=1").content.decode()
    assert WORDS in first
    back = {"lesson:base": str(row.head_id)}
    done = at.send(f"/care/lessons/{row.pk}/versions/1/bring-back/", back)
    assert (done.status_code, done["Location"]) == (302, f"/care/lessons/{row.pk}/versions/")
    row, source = only(therapist)
    assert (row.head.number, source["title"]) == (3, TITLE)
    stale = at.send(f"/care/lessons/{row.pk}/versions/2/bring-back/", back)
    assert stale.status_code == 302
    assert only(therapist)[0].head.number == 3
    for number in ("0", "9", "x", "99999999999"):
        wanted = f"/care/lessons/{row.pk}/versions/?version={number}"
        assert desk.get(wanted).status_code == 404


def test_withdrawn_it_takes_no_answer_from_anybody(at, desk, care, therapist, writing, writer):
    row = written(therapist)
    given(care, row)
    book = Workbook(writing, writer, row.lesson_id)
    first = book.saved(ASKED["id"], "before")
    asks = desk.get(f"/care/lessons/{row.pk}/withdraw/").content.decode()
    assert "1 client has it." in asks
    assert OwnLesson.objects.get().withdrawn_on is None
    done = desk.post(f"/care/lessons/{row.pk}/withdraw/")
    assert (done.status_code, done["Location"]) == (302, "/care/lessons/")
    assert OwnLesson.objects.get().withdrawn_on is not None
    assert writing.get(f"/workbook/own/{row.pk}/").status_code == 200
    book.saved(ASKED["id"], "after", base=first)
    assert (Answer.objects.count(), Assignment.objects.count()) == (1, 1)
    assert book.history(ASKED["id"]) == ["before", "after"]
    again = desk.get(f"/care/lessons/{row.pk}/withdraw/").content.decode()
    assert "Offer" in again
    desk.post(f"/care/lessons/{row.pk}/withdraw/", {"again": "1"})
    assert OwnLesson.objects.get().withdrawn_on is None


def test_what_clients_wrote_changes_nothing_here(desk, care, therapist, writing, writer):
    """Whether it was opened or answered, nothing on these pages tells."""
    row = written(therapist)
    given(care, row)
    paths = ["", f"{row.pk}/versions/", f"{row.pk}/versions/?version=1", f"{row.pk}/withdraw/"]

    def seen():
        pages = [desk.get(f"/care/lessons/{path}").content.decode() for path in paths]
        return [page.partition("<main")[2].split("csrfmiddlewaretoken")[0] for page in pages]

    before = seen()
    writing.get(f"/workbook/own/{row.pk}/")
    Workbook(writing, writer, row.lesson_id).saved(ASKED["id"], "a heron")
    assert seen() == before


def test_another_therapist_finds_nothing(at, therapist, quick):
    row = written(therapist)
    other = a_therapist("other@example.org")
    theirs = Desk(at_the_desk(other), other)
    for path in ("", "versions/", "versions/?version=1", "withdraw/"):
        assert theirs.browser.get(f"/care/lessons/{row.pk}/{path}").status_code == 404
    assert theirs.browser.post(f"/care/lessons/{row.pk}/withdraw/").status_code == 404
    for path in ("save/", "versions/1/bring-back/"):
        sent = typed() | {"lesson:base": str(row.head_id)}
        gone = theirs.send(f"/care/lessons/{row.pk}/{path}", sent)
        assert gone.status_code == 404
        assert "This lesson is not there" in gone.content.decode()
    assert OwnLessonVersion.objects.count() == 1
    assert theirs.browser.get("/care/lessons/").content.count(TITLE.encode()) == 0


def test_a_first_save_never_meets_another_therapists_lesson(therapist):
    other, token = a_therapist("other@example.org"), uuid.uuid4()
    assert lesson_versions.new_id(therapist, token) != lesson_versions.new_id(other, token)


def test_the_page_of_another_account_saves_nothing(at, quick):
    refused = at.save_new(typed() | {"owner": "0" * 32})
    assert refused.status_code == 403
    assert TITLE in refused.content.decode()
    assert not OwnLesson.objects.exists()


def test_a_question_is_what_its_kind_says():
    said = {"kind": "text", "ask": "?", "help": "", "size": "long", "parts": "left over"}
    assert prompt_of(said, "q-1", {}) == {"id": "q-1", "kind": "text", "ask": "?"}


def test_an_assignment_is_moved_to_the_newest_version(desk, care, therapist, writing, writer):
    row = written(therapist)
    assignment = given(care, row)
    page = f"/care/assignments/{assignment.pk}/"
    assert "A newer version" not in desk.get(page).content.decode()
    rewritten(therapist, row, "Renamed")
    assert "Give them version 2" in desk.get(page).content.decode()
    Workbook(writing, writer, row.lesson_id).saved(ASKED["id"], "a heron")
    moved = desk.post(f"{page}newest/")
    assert (moved.status_code, moved["Location"]) == (302, page)
    read = writing.get(f"/workbook/own/{row.pk}/").content.decode()
    assert "Renamed" in read
    assert "a heron" in read


@pytest.mark.parametrize("how", ["done", "withdrawn", "another therapist", "of the course"])
def test_what_cannot_be_moved(desk, care, therapist, how):
    row = written(therapist)
    days = {"done": {"done_on": "2026-05-04"}, "withdrawn": {"withdrawn_on": "2026-05-04"}}
    assignment = given(care, row, **days.get(how, {}))
    if how == "of the course":
        Assignment.objects.update(version=None, lesson_id="every-kind")
    rewritten(therapist, row, "Renamed")
    browser = at_the_desk(a_therapist("other@example.org")) if how[0] == "a" else desk
    assert browser.post(f"/care/assignments/{assignment.pk}/newest/").status_code == 404
    assert Assignment.objects.get().version_id == (None if "course" in how else row.head_id)
