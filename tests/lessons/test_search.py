"""Search over the lessons: what is found, in which order, how it is marked."""

import pytest

from lessons.search import Passage, fold, search, words


@pytest.fixture
def found(content):
    """Searches in the content as it is then: for each lesson its id, title and excerpts."""

    def look(query):
        return [
            (one.lesson.id, str(one.title), [str(text) for text in one.excerpts])
            for one in search(content.load(), query)
        ]

    return look


def test_the_title_the_summary_the_text_and_the_questions_are_searched(found):
    text = "The <mark>text</mark>."
    assert found("text") == [("first", "A lesson", [text])]
    assert found("lesson") == [("first", "A <mark>lesson</mark>", ["One sentence."])]
    assert found("sentence") == [("first", "A lesson", ["One <mark>sentence</mark>."])]
    assert found("ten minutes") == [
        ("first", "A lesson", ["Take <mark>ten</mark> <mark>minutes</mark>."])
    ]
    assert found("think") == [("first", "A lesson", ["What do you <mark>think</mark>?"])]


def test_help_lines_are_searched(found, content):
    content.lesson(
        "01-first/01-first.md", "first", ("kind: text", "kind: text\n      help: Briefly")
    )
    assert found("briefly")[0][2] == ["<mark>Briefly</mark>"]


@pytest.mark.parametrize("query", ["CAFÉ", "cafe", "café", "cafe\u0301", "caf", "  Café,"])
def test_neither_case_nor_accents_matter_and_a_beginning_is_enough(found, content, query):
    content.lesson("01-first/01-first.md", "first", ("The text.", "In the Café. Elsewhere."))
    assert [text for _, _, text in found(query)] == [["In the <mark>Café</mark>."]]


def test_accents_written_as_signs_of_their_own_are_found_too(found, content):
    content.lesson("01-first/01-first.md", "first", ("The text.", "A cafe\u0301."))
    assert found("cafe")[0][2] == ["A <mark>caf\u00e9</mark>."]


@pytest.mark.parametrize("query", ["don't", "don’t", "dont"])
def test_apostrophes_do_not_matter(found, content, query):
    content.lesson("01-first/01-first.md", "first", ("The text.", "I don’t know."))
    assert found(query)[0][2] == ["I <mark>don’t</mark> know."]


def test_only_the_beginning_of_a_word_counts(found):
    assert found("ext") == []


def test_all_words_are_needed_wherever_they_stand(found, content):
    content.lesson("02-second/01-second.md", "second", ("The text.", "A heron."))
    assert [id_ for id_, _, _ in found("heron minutes")] == ["second"]
    assert found("heron zebra") == []


def test_the_closest_lesson_comes_first_and_reading_order_decides_the_rest(found, content):
    content.lesson("01-first/02-second.md", "second", ("One sentence", "A text in the summary"))
    content.lesson("01-first/03-third.md", "third", ("A lesson", "Text"))
    content.lesson("01-first/04-fourth.md", "fourth")
    assert [id_ for id_, _, _ in found("text")] == ["third", "second", "first", "fourth"]


def test_three_sentences_with_the_most_words_in_reading_order(found, content):
    body = "One heron. A swan. Two herons. A swan and a heron. The heron! A last heron."
    content.lesson("01-first/01-first.md", "first", ("The text.", body))
    assert found("heron swan")[0][2] == [
        "One <mark>heron</mark>.",
        "A <mark>swan</mark>.",
        "A <mark>swan</mark> and a <mark>heron</mark>.",
    ]


def test_each_word_is_shown_where_it_stands(found, content):
    content.lesson("01-first/01-first.md", "first", ("The text.", "Heron. Heron. Heron. Swan."))
    marked = [f"<mark>{bird}</mark>." for bird in ("Heron", "Heron", "Swan")]
    assert found("heron swan")[0][2] == found("swan heron")[0][2] == marked


def test_no_more_sentences_than_match(found, content):
    content.lesson("01-first/01-first.md", "first", ("The text.", "A heron. A swan."))
    assert found("heron")[0][2] == ["A <mark>heron</mark>."]


def test_what_looks_like_html_stays_text(found, content):
    content.lesson("01-first/01-first.md", "first", ("A lesson", "Tom & Leila's <b>"))
    assert found("leila")[0][1] == "Tom &amp; <mark>Leila&#x27;s</mark> &lt;b&gt;"
    assert "&amp;" in found("b")[0][1]
    assert found("amp") == found("lt") == []


def test_a_long_sentence_is_cut_around_the_first_match():
    text = f"{'before ' * 40}heron {'after ' * 60}end"
    marked = str(Passage.of(text).marked(["heron"]))
    assert "<mark>heron</mark> after" in marked
    assert marked.startswith("… before ")
    assert marked.endswith("after …")
    assert len(marked) < 280
    unmarked = str(Passage.of(text).marked(["zebra"]))
    assert unmarked.startswith("before before")
    assert unmarked.endswith("before …")
    tail = str(Passage.of(text).marked(["end"]))
    assert tail.startswith("… after")
    assert tail.endswith("<mark>end</mark>")


def test_one_endless_word_is_shown_whole():
    assert str(Passage.of("a" * 500).marked(["a"])) == f"<mark>{'a' * 500}</mark>"


@pytest.mark.parametrize("query", ["", "   ", "…", "'", "?!"])
def test_a_query_without_a_word_finds_nothing(found, query):
    assert words(query) == found(query) == []


def test_the_words_of_a_query():
    assert words("Tom's tea, tea & CAKE-shop") == ["toms", "tea", "cake", "shop"]
    assert fold("Straße") == "strasse"


def test_a_changed_lesson_is_found_by_its_new_words(found, content):
    assert found("heron") == []
    content.lesson("01-first/01-first.md", "first", ("The text.", "A heron."))
    assert [id_ for id_, _, _ in found("heron")] == ["first"]
    assert found("text") == []


def test_the_content_is_divided_once(content, monkeypatch):
    courses = content.load()
    first = search(courses, "text")
    monkeypatch.setattr("lessons.search.blocks", None)
    assert search(courses, "text") == first
