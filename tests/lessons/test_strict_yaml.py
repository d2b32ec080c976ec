from itertools import pairwise
from pathlib import Path

import pytest

from lessons.faults import Code, Faults
from lessons.strict_yaml import parse


def read(text, first_line=1):
    faults = Faults(Path("x.yaml"), Code.YAML)
    return parse(text, faults, first_line), [(fault.line, fault.message) for fault in faults.found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("012", 12),
        ("1.5", 1.5),
        (".5e3", 500.0),
        ("9" * 16, "9" * 16),
        *((word, word) for word in ["yes", "no", "on", "off", "y", "n", "NO", "0x1F", "1_000"]),
        *((word, word) for word in ["2026-11-23", "12:30", ".inf", ".nan", "1.2.3", "<<"]),
        ('"12"', "12"),
        ("'true'", "true"),
        ("'it''s'", "it's"),
        ("It’s “so” – 🌱", "It’s “so” – 🌱"),
    ],
)
def test_scalars(text, value):
    document, faults = read(f"key: {text}\n")
    assert document.data == {"key": value}
    assert faults == []


def test_keys_are_always_texts():
    document, _ = read("1: a\nno: b\nnull: c\n2.50: d\n")
    assert document.data == {"1": "a", "no": "b", "null": "c", "2.50": "d"}


def test_folded_and_literal_texts():
    document, _ = read("a: >-\n  one\n  two\nb: |\n  one\n  two\n")
    assert document.data == {"a": "one two", "b": "one\ntwo\n"}


def test_the_line_of_every_key_and_item():
    document, faults = read("a: 1\nb:\n  - c: 2\n    d: >-\n      text\n  - {e: 3}\n", first_line=2)
    assert faults == []
    assert document.lines == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "c"): 4,
        ("b", 0, "d"): 5,
        ("b", 1): 7,
        ("b", 1, "e"): 7,
    }
    assert document.line(("b", 1, "missing", "deeper")) == 7


def test_lines_are_those_of_an_editor_whatever_else_yaml_takes_for_one():
    document, _ = read("a: 'one\u2028two\u0085three'\nb: 2\n")
    assert document.line(("b",)) == 2


def test_a_key_that_is_written_twice_keeps_its_first_value():
    document, faults = read("a: 1\nb: 2\na: [3]\n")
    assert document.data == {"a": 1, "b": 2}
    assert faults == [(3, 'The key "a" is written twice.')]


def test_a_key_that_is_no_text():
    document, faults = read("{a: b}: c\nd: e\n")
    assert document.whole
    assert faults == [(1, "A list or a block cannot be a key.")]


def test_two_documents():
    document, faults = read("a: 1\n---\nb: 2\n")
    assert document.data == {"a": 1}
    assert faults == [(2, 'A second "---" begins here.')]


def test_what_breaks_off_is_not_whole():
    document, faults = read('a: "open\n')
    assert not document.whole
    assert faults == [(1, "A quote that was opened is never closed.")]


def test_nothing_at_all():
    document, faults = read("# only a remark\n")
    assert (document.data, document.whole, faults) == (None, True, [])


def test_an_alias_cannot_grow_into_a_bomb():
    bomb = "a: &a [x, x, x, x]\n" + "".join(
        f"{to}: &{to} [*{of}, *{of}, *{of}, *{of}]\n" for of, to in pairwise("abcdefghi")
    )
    document, faults = read(bomb)
    assert document.data["i"] == ["*h"] * 4
    assert len(faults) == 9 + 8 * 4
