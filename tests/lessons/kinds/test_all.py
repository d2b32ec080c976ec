"""What holds for each of the twelve kinds."""

import json
from copy import deepcopy

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.kinds import Fields, Refused, RowsPrompt, prompt_from
from lessons.schema import kinds
from tests.lessons.kinds.examples import ANSWERS, ASKED, make
from tests.lessons.kinds.page import Page, name_of, posted

KINDS = pytest.mark.parametrize("kind", ASKED)
FORMS = pytest.mark.parametrize("kind", [kind for kind in ASKED if kind != "recall"])


def test_all_kinds_are_here():
    assert set(kinds()) == set(ASKED) == set(ANSWERS)
    assert len(ASKED) == 12


@KINDS
def test_a_snapshot_asks_the_same_again(kind):
    prompt = make(kind, help="A <hint>.", joint=True, reveal="together")
    stored = json.loads(json.dumps(prompt.snapshot()))
    assert prompt_from(stored) == prompt
    assert stored["ask"] == prompt.ask
    assert stored["kind"] == kind


@KINDS
def test_what_fits(kind):
    prompt = make(kind)
    assert prompt.fits(prompt.empty())
    assert prompt.fits(ANSWERS[kind])


@FORMS
def test_nothing_posted_is_the_empty_answer(kind):
    prompt = make(kind)
    assert prompt.read(Fields(QueryDict(), "mine")) == prompt.empty()


@FORMS
@pytest.mark.parametrize("answered", [True, False])
def test_what_the_form_shows_is_what_it_posts(kind, answered):
    prompt = make(kind)
    value = ANSWERS[kind] if answered else prompt.empty()
    before = deepcopy(value)
    post = posted(prompt.form(value))
    assert prompt.read(Fields(post, "mine")) == before
    assert value == before
    assert all(name.partition(".")[0] == "mine" for name in post)


@FORMS
@pytest.mark.parametrize("answered", [True, False])
def test_what_a_browser_would_post_is_read_as_what_it_was(kind, answered):
    prompt = make(kind)
    value = ANSWERS[kind] if answered else prompt.empty()
    post = QueryDict(mutable=True)
    for part, texts in prompt.posted(value).items():
        post.setlist(f"mine.{part}" if part else "mine", texts)
    fields = Fields(post, "mine")
    assert prompt.read(fields) == value
    assert fields.unread() == []
    # Blank parts, and the rows that wait to be filled in, are posted by a form alone.
    said = {name: texts for name, texts in posted(prompt.form(value)).lists() if any(texts)}
    made = {name: texts for name, texts in post.lists() if any(texts)}
    assert {name: said.get(name) for name in made} == {
        name: [text.replace("\n", "\r\n") for text in texts] for name, texts in made.items()
    }


@FORMS
def test_every_input_has_a_name_and_the_first_one_the_id(kind):
    prompt = make(kind, help="A hint.")
    page = Page(prompt.form(ANSWERS[kind]))
    fields = page.fields()
    assert fields[0].get("id") == prompt.input_id
    # A prompt that is not grouped has a label around this form, for its first input.
    unnamed = [e for e in fields if not name_of(e, page)]
    assert unnamed == ([] if prompt.grouped else fields[:1])
    assert {e.get("aria-describedby") for e in fields} <= {"", prompt.described_by}


@FORMS
def test_nested_groups_have_names(kind):
    page = Page(make(kind).form(ANSWERS[kind]))
    groups = [e for e in page.root.all if e.get("role") == "group"]
    assert all(name_of(group, page) for group in groups)


@FORMS
def test_ids_are_the_prompts_own_and_unique(kind):
    html = make(kind, help="A hint.").form(ANSWERS[kind])
    ids = [e.get("id") for e in Page(html).root.all if e.get("id")]
    other = [e.get("id") for e in Page(make(kind, id="mine-help").form(ANSWERS[kind])).root.all]
    assert len(ids) == len(set(ids))
    assert all(id_ == "q-mine" or id_.startswith("q-mine--") for id_ in ids)
    assert not {*ids, make(kind, help="A hint.").described_by} & set(filter(None, other))


@KINDS
def test_no_inline_style_or_script_and_no_hole_left(kind):
    prompt = make(kind)
    for html in (prompt.form(ANSWERS[kind]), prompt.show(ANSWERS[kind])):
        for element in Page(html).root.all:
            assert element.tag not in ("script", "style")
            assert not [a for a in element.attributes if a == "style" or a.startswith("on")]
        assert "\x02" not in html
        assert "\x03" not in html


@FORMS
def test_an_answer_is_shown_escaped_and_nothing_of_a_blank_one(kind):
    prompt = make(kind)
    shown = prompt.show(ANSWERS[kind])
    assert Page(shown).root.words
    assert prompt.as_text(ANSWERS[kind])
    for word in ("<six>", "<mornings>", "<seven>", "<wait>", "<late>", "<quiet>"):
        assert word not in shown
    assert prompt.show(prompt.empty()) == ""
    assert (prompt.says(prompt.empty()), prompt.says(ANSWERS[kind])) == (False, True)
    assert prompt.as_text(prompt.empty()) == ""


@FORMS
def test_words_of_a_lesson_are_escaped(kind):
    words = "<b>\"bold\" & 'sly'"
    changes = {
        key: dict.fromkeys(asked, words) if isinstance(asked, dict) else asked
        for key, asked in ASKED[kind].items()
    }
    for key in ("low", "high", "guess"):
        if key in changes:
            changes[key] = words
    prompt = make(kind, **changes)
    assert "<b>" not in prompt.form(ANSWERS[kind])
    assert "<b>" not in prompt.show(ANSWERS[kind]).replace(f"<b>{ANSWERS[kind]}</b>", "")


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", " ", "\r\n", "\x00", "\ud83d", "5", "0", "08", "٣", "99", "x" * 2_001]),
    st.sampled_from(["home", "talk", "walk", "rest", "harm", "responsibility", "me", "kept"]),
)
PARTS = st.sampled_from(
    [
        *("", ".", ".line", ".mine", ".guess", ".when", ".then", ".harm", ".repair", ".checked"),
        *(".openness", ".safety", ".support", ".boundaries", ".reliability"),
        *(
            f".{row}.{column}"
            for row in ("1", "2", "0", "07", "250", "99999", "-1", "²", "x")
            for column in ("line", "said", "did", "next", "id", "what", "by", "until", "state", "")
        ),
        *(":base", ":token", "-other"),
    ]
)
POSTS = st.lists(st.tuples(PARTS, st.lists(TEXTS, max_size=3)), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@KINDS
@settings(max_examples=150, deadline=None)
@given(fields=POSTS)
def test_whatever_is_posted_is_refused_or_kept_whole(kind, fields):
    post = QueryDict(mutable=True)
    for part, texts in fields:
        post.setlist(f"mine{part}", texts)
    prompt = make(kind)
    try:
        value = prompt.read(Fields(post, "mine"))
    except Refused:
        return
    assert prompt.fits(value)
    assert json.loads(json.dumps(value, ensure_ascii=False).encode()) == value
    assert prompt.read(Fields(posted(prompt.form(value)), "mine")) == value
    Page(prompt.show(value))
    prompt.as_text(value)


@KINDS
@settings(max_examples=100, deadline=None)
@given(value=JSON)
def test_any_json_fits_or_not_but_never_fails(kind, value):
    prompt = make(kind)
    if prompt.fits(value):
        prompt.form(value)
        prompt.show(value)
        prompt.as_text(value)
        assert prompt.fits(json.loads(json.dumps(value)))


@KINDS
def test_foreign_values_do_not_fit(kind):
    prompt = make(kind)
    foreign = [[[]], [{}], [None], {"x": []}, {"steps": [], "checked": {}}, True, 0, 1.5, [["a"]]]
    assert [value for value in foreign if prompt.fits(value)] == []


@KINDS
def test_only_kinds_with_rows_offer_more(kind):
    assert isinstance(make(kind), RowsPrompt) == (kind in ("list", "table", "promises"))
