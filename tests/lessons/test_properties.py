"""Whatever a file holds, reading it ends in a catalogue and a list of faults."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lessons.faults import Code, Faults
from lessons.loading import load
from lessons.rendering import render_body
from lessons.strict_yaml import parse
from tests.lessons.conftest import COURSE, LESSON

QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
YAML_TEXT = st.text("ab:-?!&*#|>%@`'\"\\{}[],. \n\t\x00\x07\x85\u2028\ufeff\U0001f331éU0d8x1~")
MARKDOWN = st.text("ab#*_-=`~<>/![]()^:&;|\"'\\. \n\t\x02\x03\x00é0123")


def damaged(text: str) -> st.SearchStrategy[bytes]:
    """``text`` with a piece of it replaced by any bytes."""
    raw = text.encode()
    places = st.integers(0, len(raw))
    return st.builds(
        lambda at, length, piece: raw[:at] + piece + raw[at + length :],
        places,
        st.integers(0, 40),
        st.binary(max_size=20) | YAML_TEXT.map(lambda piece: piece.encode()),
    )


@QUICK
@given(raw=st.binary(max_size=300) | damaged(LESSON.format(id="second")))
@example(raw=b'---\n"\\UFFFFFFFF"\n---\n')
@example(raw=b"---\n\xc2\x85\n---\nx")
def test_no_lesson_file_makes_loading_raise(content, raw):
    content.write("trust/02-second/02-second.md", raw)
    catalogue, faults = load([content.root])
    assert catalogue.lesson_by_id("first") is not None
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(1 <= fault.line <= lines for fault in faults)
    assert all(fault.message and fault.hint for fault in faults)


@QUICK
@given(raw=st.binary(max_size=300) | damaged(COURSE))
def test_no_course_file_makes_loading_raise(content, raw):
    content.write("trust/course.yaml", raw)
    catalogue, faults = load([content.root])
    assert catalogue.courses or faults


@QUICK
@given(text=YAML_TEXT)
def test_no_yaml_makes_parsing_raise(text):
    faults = Faults(Path("x"), Code.YAML)
    document = parse(text, faults)
    assert document.whole or faults.found


@QUICK
@given(text=MARKDOWN)
def test_no_markdown_makes_rendering_raise_or_gets_a_script_through(text):
    html = render_body(text, Faults(Path("x"), Code.BODY)).html
    assert "\x02" not in html
    assert "<a0" not in html


@pytest.mark.parametrize("name", ["course.yaml", "02-second/02-second.md"])
def test_nesting_beyond_all_measure(content, name):
    content.write(f"trust/{name}", "---\na: " + "[" * 100_000)
    assert len(load([content.root])[1]) >= 1
