import pytest
from django.utils.safestring import SafeString

from tests.lessons.kinds.examples import faults_of, make
from tests.lessons.kinds.page import Page


def test_nothing_is_asked_or_kept():
    assert not make("recall").answered
    assert make("recall").form(None) == ""
    assert make("recall").empty() is None
    assert not make("recall").fits("")


def test_the_earlier_answer_is_shown_to_read():
    html = make("recall").shows(
        SafeString("<p>Late.</p>"), "What <then>?", "Trust & <us>", "/w/?a&b"
    )
    page = Page(html)
    assert page.fields() == []
    assert page.root.words == "From Trust & <us> What <then>? Late."
    assert [link.get("href") for link in page.all("a")] == ["/w/?a&b"]


@pytest.mark.parametrize("answer", [None, SafeString("")])
def test_without_an_answer_there_is_a_way_to_it(answer):
    page = Page(make("recall").shows(answer, "What then?", "Trust", "/workbook/"))
    assert [(link.get("href"), link.words) for link in page.all("a")] == [("/workbook/", "Trust")]
    assert "What then?" not in page.root.words
    assert len(page.root.words) > len("Trust")


def test_a_lesson_that_is_gone_is_named_without_a_link():
    for answer in (None, SafeString("<p>Late.</p>")):
        html = make("recall").shows(answer, "What then?", "An <earlier> lesson", "")
        assert "<a" not in html
        assert "An &lt;earlier&gt; lesson" in html


def test_a_text_that_is_not_marked_safe_is_escaped():
    assert "<script>" not in make("recall").shows("<script>", "a", "b", "/")


def test_both_ids_are_needed():
    assert faults_of("recall", lesson=None, prompt="") == ["lesson", "prompt"]
