from pathlib import Path

import pytest

from lessons.faults import Code, Faults
from lessons.rendering import render_body, render_intro


@pytest.fixture
def faults():
    return Faults(Path("lesson.md"), Code.BODY)


def body(text, faults):
    rendered = render_body(text, faults)
    assert faults.found == []
    return str(rendered.html)


def test_blocks_are_numbered_and_headings_keep_their_own_ids(faults):
    text = "One\n\n## Two\n\n- a\n- b\n\n> c\n\n---\n\n| d |\n|---|\n| e |\n"
    assert body(text, faults) == (
        '<p id="b1">One</p>\n<h2 id="two">Two</h2>\n'
        '<ul id="b2">\n<li>a</li>\n<li>b</li>\n</ul>\n'
        '<blockquote id="b3">\n<p>c</p>\n</blockquote>\n<hr>\n'
        '<table id="b4">\n<thead>\n<tr>\n<th>d</th>\n</tr>\n</thead>\n'
        "<tbody>\n<tr>\n<td>e</td>\n</tr>\n</tbody>\n</table>"
    )


def test_quotes_dashes_and_signs(faults):
    text = "\"It's\" -- 'so' ... Tom & Leila, 1 < 2 &amp; R&D"
    assert body(text, faults) == (
        '<p id="b1">“It’s” – ‘so’ … Tom &amp; Leila, 1 &lt; 2 &amp; R&amp;D</p>'
    )


def test_headings_are_listed_with_their_text(faults):
    text = '## Why & "how"\n\n### Not listed\n\n## Why & "how"\n\n## *Then*[^1]\n\n[^1]: A.\n'
    assert render_body(text, faults).headings == (
        ("why-how", "Why & “how”"),
        ("why-how_1", "Why & “how”"),
        ("then", "Then"),
    )
    assert faults.found == []


@pytest.mark.parametrize("name", ["B1", "Main", "Q one", "Exercise", "Fn 1", "Help"])
def test_a_heading_takes_no_id_that_the_page_needs(faults, name):
    [(id_, text)] = render_body(f"## {name}\n", faults).headings
    assert (id_, text) == (f"on-{name.lower().replace(' ', '-')}", name)


def test_footnotes_have_numbers_for_ids_whatever_their_labels(faults):
    text = "One[^a b] two[^é] three[^a b].\n\n[^a b]: First.\n\n[^é]: Second *J*.\n"
    html = body(text, faults)
    assert html.count(' id="fn-1"') == html.count(' id="fn-2"') == 1
    assert (
        '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup> two'
        '<sup id="fnref-2"><a class="footnote-ref" href="#fn-2">2</a></sup> three'
        '<sup id="fnref2-1"><a class="footnote-ref" href="#fn-1">1</a></sup>.</p>'
    ) in html
    assert '<div class="footnote">\n<hr>\n<ol>\n<li id="fn-1">' in html


def test_only_links_to_other_sites_are_told_nothing(faults):
    text = "[a](https://example.org/?a=1&b=2) [b](/help/) [c](#x) <tel@example.org>"
    assert body(text, faults) == (
        '<p id="b1"><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">a</a> '
        '<a href="/help/">b</a> <a href="#x">c</a> '
        '<a href="mailto:tel@example.org">tel@example.org</a></p>'
    )


def test_columns_are_aligned_without_a_style_attribute(faults):
    html = body("| a | b |\n|---|--:|\n| 1 | 2 |\n", faults)
    assert '<td align="right">2</td>' in html
    assert "style=" not in html


def test_a_picture_of_our_own(faults):
    assert body("![A line](/static/img/line.svg)", faults) == (
        '<p id="b1"><img alt="A line" src="/static/img/line.svg"></p>'
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div onclick=alert(1)>\n\nx\n\n</div>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "<style>*{display:none}</style>",
        "<!-- x --><iframe src='https://example.org'></iframe>",
    ],
)
def test_nothing_active_gets_through_and_it_is_a_fault(faults, attack):
    html = str(render_body(f"Before {attack} after\n\n{attack}", faults).html)
    assert min(fault.line for fault in faults.found) == 1
    for dangerous in ("<script", "<iframe", "<style", "<div", "<img src=x", 'href="j', 'src="j'):
        assert dangerous not in html.lower()


@pytest.mark.parametrize(
    "text",
    ["[x](https://site.example/?t=&#2;csrf&#3;)", "## &#x2;csrf&#x3;", "`a` &#2;csrf&#3;", "&#1;"],
)
def test_no_hole_of_a_page_can_be_written(faults, text):
    """An entity that stands for a control character would be filled with what is the reader's."""
    rendered = render_body(f"{text}\n", faults)
    told = f"{rendered.html}{rendered.headings}{render_intro(text.removeprefix('## '), faults)}"
    assert {mark for mark in told if mark < " " and mark != "\n"} == set()


def test_code_is_shown_as_it_is(faults):
    assert body("`<b>` and\n\n    <script>\n", faults) == (
        '<p id="b1"><code>&lt;b&gt;</code> and</p>\n'
        '<pre id="b2"><code>&lt;script&gt;\n</code></pre>'
    )


def test_the_line_of_a_fault_is_not_that_of_the_same_text_in_code(faults):
    render_body("`<b>` is code\n\nbut <b> is not", faults, first_line=10)
    assert [fault.line for fault in faults.found] == [12]


def test_deep_nesting_is_no_trouble(faults):
    assert "x" in body("> " * 5_000 + "x", faults)


def test_an_intro_has_no_ids_and_takes_paragraphs_and_lists(faults):
    html = render_intro("Take *ten* minutes.\n\n- [help](/help/)\n- “b”", faults)
    assert html == (
        "<p>Take <em>ten</em> minutes.</p>\n"
        '<ul>\n<li><a href="/help/">help</a></li>\n<li>“b”</li>\n</ul>'
    )
    assert faults.found == []


def test_an_empty_intro(faults):
    assert render_intro("", faults) == ""
