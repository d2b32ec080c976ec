"""YAML as an author expects it, with the line of every key.

The scalars of YAML 1.2: only ``true`` and ``false`` are true or false, a date is a text. Keys are
always texts. What hides surprises is refused: a key written twice, anchors, tags, deep nesting.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from lessons.faults import Code, Faults
from lessons.yaml_hints import explain, mark_of

MOST_DEEP = 12
Place = tuple[str | int, ...]
"""The way to a value: keys, and numbers of list items from 0."""

NOTHING = re.compile(r"(?:null|Null|NULL|~|)")
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
EXPONENT = r"[eE][-+]?[0-9]{1,3}"
NUMBER = re.compile(rf"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:{EXPONENT})?|[0-9]+{EXPONENT})")
ESCAPE = re.compile(r"\\U([0-9A-Fa-f]{8})")
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass
class Document:
    """What was read. ``whole`` is false when the YAML broke off and ``data`` means nothing."""

    data: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    whole: bool = False

    def line(self, place: Place) -> int:
        """The line on which ``place`` stands, or else the nearest that encloses it."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def parse(text: str, faults: Faults, first_line: int = 1) -> Document:
    """The document in ``text``, whose first line is ``first_line`` of the file. Never raises."""
    builder = _Builder(text, faults, first_line)
    try:
        builder.read()
    except _TooDeep as error:
        hint = "The front matter needs five levels at most: check the spaces and brackets."
        faults.add(error.line, f"The YAML is nested more than {MOST_DEEP} deep.", hint, Code.YAML)
    except yaml.reader.ReaderError as error:
        line = builder.line_at(error.position)
        hint = "Delete it; it was probably pasted along with something else."
        message = f"An invisible character (U+{int(error.character):04X}) stands here."
        faults.add(line, message, hint, Code.YAML)
    except yaml.MarkedYAMLError as error:
        mark = mark_of(error)
        index = mark.index if mark else 0
        message, hint = explain(error, builder.text_at(index))
        faults.add(builder.line_at(index), message, hint, Code.YAML)
    except (ValueError, OverflowError):  # PyYAML's own chr() of "\UFFFFFFFF"
        wrong = (m.start() for m in ESCAPE.finditer(text) if int(m[1], 16) > sys.maxunicode)
        hint = r"In double quotes a backslash is special: write \\ or use single quotes."
        line = builder.line_at(next(wrong, 0))
        faults.add(line, r"A \U escape names no character.", hint, Code.YAML)
    return builder.document


class _TooDeep(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


class _Builder:
    """Turns PyYAML's events into plain values, noting the line of each."""

    def __init__(self, text: str, faults: Faults, first_line: int) -> None:
        self.text, self.faults, self.first_line = text, faults, first_line
        self.starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        self.document = Document(lines={(): first_line})

    def line_at(self, index: int) -> int:
        return self.first_line + bisect_right(self.starts, min(index, len(self.text))) - 1

    def line_of(self, event: yaml.Event) -> int:
        return self.line_at(event.start_mark.index if event.start_mark else 0)

    def text_at(self, index: int) -> str:
        """The line of text around ``index``."""
        return self.text[self.starts[self.line_at(index) - self.first_line] :].partition("\n")[0]

    def read(self) -> None:
        self.events: Iterator[yaml.Event] = yaml.parse(self.text, Loader=yaml.SafeLoader)
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
            elif isinstance(event, NodeEvent) and documents == 1:
                self.document.data = self.value(event, ())
            elif isinstance(event, StreamEndEvent):
                self.document.whole = True
            if documents > 1:
                line = self.line_of(event)
                hint = "Keep only the first part, or put the line in quotes."
                return self.faults.add(line, 'A second "---" begins here.', hint, Code.YAML)
        return None

    def value(self, event: NodeEvent, place: Place) -> object:
        line = self.line_of(event)
        self.document.lines.setdefault(place, line)
        if len(place) > MOST_DEEP:
            raise _TooDeep(line)
        self.refuse_tricks(event, line)
        if isinstance(event, MappingStartEvent):
            return self.mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(place)
        return self.scalar(event, line) if isinstance(event, ScalarEvent) else f"*{event.anchor}"

    def refuse_tricks(self, event: NodeEvent, line: int) -> None:
        tag = getattr(event, "tag", None)
        if isinstance(event, AliasEvent):
            sign, name = "*", str(event.anchor)
        elif event.anchor is not None:
            sign, name = "&", str(event.anchor)
        elif tag is not None:
            sign, name = "!", str(tag).removeprefix("tag:yaml.org,2002:").removeprefix("!")
        else:
            return
        message = (
            f'A text cannot begin with "{sign}": "{sign}{name}" has a special meaning in YAML.'
        )
        self.faults.add(line, message, "Put the whole text in quotes.", Code.YAML)

    def sequence(self, place: Place) -> list[object]:
        items: list[object] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            assert isinstance(event, NodeEvent)  # noqa: S101 - the grammar of events
            items.append(self.value(event, (*place, len(items))))
        return items

    def mapping(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            assert isinstance(event, NodeEvent)  # noqa: S101 - the grammar of events
            self.pair(event, place, found)
        return found

    def pair(self, event: NodeEvent, place: Place, found: dict[str, object]) -> None:
        line = self.line_of(event)
        if isinstance(event, ScalarEvent):
            self.refuse_tricks(event, line)
            key = event.value
        else:
            self.value(event, (*place, ""))
            key = ""
            hint = "Write a word before the colon, or put the whole text in quotes."
            self.faults.add(line, "A list or a block cannot be a key.", hint, Code.YAML)
        value_event = next(self.events)
        assert isinstance(value_event, NodeEvent)  # noqa: S101 - the grammar of events
        if key in found:
            first = self.document.lines[*place, key]
            hint = f"It stands on line {first} already: keep one of the two."
            self.faults.add(line, f'The key "{key}" is written twice.', hint, Code.YAML)
            self.value(value_event, (*place, ""))
            return
        self.document.lines[*place, key] = line
        found[key] = self.value(value_event, (*place, key))

    def scalar(self, event: ScalarEvent, line: int) -> object:
        text = str(event.value)
        if hidden := UNPRINTABLE.search(text):
            message = f"The text holds an invisible character (U+{ord(hidden[0]):04X})."
            self.faults.add(line, message, "Delete it, or its \\ escape.", Code.YAML)
            return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
        return _resolved(text) if event.implicit[0] else text


def _resolved(plain: str) -> object:
    """The value of an unquoted text, by the core schema of YAML 1.2 (chapter 10.3)."""
    if NOTHING.fullmatch(plain):
        return None
    if plain in TRUTH:
        return TRUTH[plain]
    if WHOLE.fullmatch(plain):
        return int(plain)
    return float(plain) if NUMBER.fullmatch(plain) else plain
